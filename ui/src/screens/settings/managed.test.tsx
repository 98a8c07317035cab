import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { click, open } from "../../test/desk";

const FIXED = "Fixé par votre organisation";

describe("what an organisation fixes", () => {
  it("is readable and reachable by the keyboard, and cannot be changed", async () => {
    const { user, calls } = open({ policy: "in_force" }, "/settings?tab=register");
    const minutes = await screen.findByTestId("lock-minutes");
    expect(minutes).toHaveProperty("readOnly", true);
    expect(minutes).toHaveProperty("disabled", false);
    minutes.focus();
    expect(document.activeElement).toBe(minutes);
    await user.keyboard("60{Enter}{ArrowUp}");
    expect(minutes).toHaveProperty("value", "5");
    expect(screen.queryByTestId("save-lock-minutes")).toBeNull();
    const described = (minutes.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "");
    expect(described.join(" ")).toContain(FIXED);
    expect(calls("setLockMinutes")).toEqual([]);
    await click(user, "mask-names");
    expect(screen.getByTestId("mask-names-fixed").textContent).toContain(FIXED);
    expect(calls("setMaskNames")).toEqual([]);
    await click(user, "play-videos");
    expect(screen.getByTestId("play-videos-fixed").textContent).toContain(FIXED);
    expect(calls("setPlayVideos")).toEqual([]);
  });

  it("holds for alerts and the journal", async () => {
    const { user, calls } = open({ policy: "in_force" }, "/settings?tab=journal");
    await click(user, "notifications");
    expect(screen.getByTestId("notifications-fixed").textContent).toContain(FIXED);
    expect(screen.getByTestId("journal-months")).toHaveProperty("readOnly", true);
    expect(calls("setNotifications")).toEqual([]);
  });

  it("shows an environment of the organisation whole, with nothing to save, and no way to add another", async () => {
    const { user } = open({ policy: "in_force" }, "/settings?tab=environments");
    const card = await screen.findByTestId("environment-production");
    await user.click(within(card).getByRole("button", { name: /Voir/ }));
    expect(screen.getByTestId("environment-fixed").textContent).toContain(FIXED);
    for (const id of ["environment-report_pdf_path", "deadline-documents_days", "capture-policy"]) expect(screen.getByTestId(id)).toHaveProperty("readOnly", true);
    expect(screen.queryByTestId("save-environment")).toBeNull();
    expect(screen.queryByTestId("add-environment")).toBeNull();
    expect(screen.getByTestId("no-other-environment")).toBeTruthy();
  });

  it("leaves processes to be read", async () => {
    open({ policy: "in_force" }, "/settings?tab=processes");
    await screen.findByTestId("no-other-process");
    expect(screen.getAllByTestId("process-fixed").length).toBe(4);
    expect(screen.queryByTestId("add-process")).toBeNull();
    expect(screen.queryByRole("button", { name: /Modifier/ })).toBeNull();
  });

  it("is told under «about», with what means nothing and what is wrong", async () => {
    open({ policy: "in_force" }, "/settings?tab=about");
    expect((await screen.findByTestId("policy-state")).textContent).toContain("En vigueur");
    expect(screen.getByText(/Clés sans effet/).textContent).toContain("colour");
  });

  it("says that a file is refused, why, and that nothing opened", async () => {
    open({ policy: "refused" }, "/settings?tab=about");
    const trouble = await screen.findByTestId("policy-trouble");
    expect(trouble.textContent).toContain("lock_minutes, environments[0].base_url");
    expect(trouble.textContent).toContain("reste en vigueur");
  });

  it("offers no other address and no other process in the set-up", async () => {
    const { user } = open({ signed_in: null, setup: true, policy: "in_force" });
    await screen.findByTestId("setup-env-production");
    expect(screen.queryByTestId("setup-env-other")).toBeNull();
    await click(user, "setup-next");
    await click(user, "setup-skip");
    expect((await screen.findByTestId("setup-processes-given")).textContent).toContain("Entrée en relation à distance");
    expect(screen.queryByTestId("setup-processes")).toBeNull();
  });
});
