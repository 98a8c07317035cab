import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { click, open } from "../../test/desk";

const rows = () => screen.findAllByTestId("capture");

describe("the screen of evidence", () => {
  it("counts how many captures stand where, and shows exactly those of a count", async () => {
    const { user } = open({ count: 120 }, "/evidence");
    const lost = await screen.findByTestId("captures-lost");
    const count = Number(lost.querySelector("strong")?.textContent);
    expect(count).toBeGreaterThan(0);
    await user.click(lost);
    await waitFor(async () => expect((await rows()).map((row) => row.dataset["state"])).toEqual(Array(count).fill("lost")));
  });

  it("says why a capture failed, when it is tried again, and tries at a press", async () => {
    const { calls, user } = open({ count: 120 }, "/evidence?state=troubled");
    const first = (await rows())[0];
    if (!first) throw new Error("no troubled capture in the fake");
    expect(first.textContent).toContain("nouvel essai");
    await user.click(within(first).getByTestId("capture-one"));
    await waitFor(() => expect(calls("captureNow").map(([, id]) => id)).toEqual([first.dataset["id"]]));
    await waitFor(() => expect(screen.getByTestId("long-act-said").textContent).toContain("gardée"));
  });

  it("pauses the queue and lets it go on", async () => {
    const { user } = open({ count: 40 }, "/evidence");
    await click(user, "pause-captures");
    await waitFor(() => expect(screen.getByTestId("capture-activity").dataset["state"]).toBe("paused"));
    await click(user, "resume-captures");
    await waitFor(() => expect(screen.getByTestId("capture-activity").dataset["state"]).not.toBe("paused"));
  });

  it("says how much waits and until when, while nothing is captured", async () => {
    const { user } = open({ count: 120 }, "/evidence?state=waiting");
    await rows();
    expect(screen.queryByTestId("first-deadline")).toBeNull();
    await click(user, "pause-captures");
    const said = (await screen.findByTestId("first-deadline")).textContent;
    const waiting = Number(screen.getByTestId("captures-waiting").querySelector("strong")?.textContent);
    expect(said).toContain(`${waiting} dossiers ne sont pas encore capturés. Échéance la plus proche\u202f:`);
    const [first] = (await rows()).flatMap((row) => row.querySelector("time")?.dateTime ?? []).sort();
    if (!first) throw new Error("no deadline in the fake");
    expect(said).toContain(new Intl.DateTimeFormat("fr-FR", { day: "2-digit", month: "2-digit", year: "numeric" }).format(new Date(first)));
  });

  it("verifies every file and names those that changed", async () => {
    const { user } = open({ count: 120 }, "/evidence");
    await click(user, "verify-evidence");
    await waitFor(() => expect(screen.getByTestId("verification").dataset["state"]).toBe("damaged"));
    expect(within(await screen.findByTestId("damaged-found")).getAllByRole("listitem").length).toBeGreaterThan(0);
    await click(user, "see-damaged");
    await waitFor(async () => expect((await rows()).every((row) => /abîmé/.test(row.textContent))).toBe(true));
  });

  it("ends a verification on the person's word", async () => {
    const { calls, user } = open({ count: 40, steps: 400, step: 20 }, "/evidence");
    await click(user, "verify-evidence");
    await click(user, "long-act-stop");
    expect((await screen.findByTestId("long-act-said")).textContent).toMatch(/^$|arrêté/);
    await waitFor(() => expect(calls("cancel")).toHaveLength(1));
    await waitFor(() => expect(screen.getByTestId("long-act").dataset["state"]).toBe("stopped"));
  });

  it("seals the chosen ones into one file and says what it lacks", async () => {
    const { calls, user } = open({ count: 40 }, "/evidence?state=complete");
    const boxes = await screen.findAllByTestId("choose-capture");
    for (const box of boxes.slice(0, 2)) await user.click(box);
    await click(user, "pack-chosen");
    const ids = (await rows()).slice(0, 2).map((row) => row.dataset["id"]);
    await waitFor(() => expect(calls("makePacks")[0]?.[1]).toEqual({ kind: "some", ids }));
    const lacking = await screen.findByTestId("pack-lacking");
    expect(lacking.textContent).toContain("ID360 ne le donne plus");
  });

  it("lets go of what was chosen when another filter is shown, for good", async () => {
    const { user } = open({ count: 120 }, "/evidence?state=complete");
    await user.click((await screen.findAllByTestId("choose-capture"))[0] as HTMLElement);
    await screen.findByTestId("chosen-bar");
    await click(user, "captures-all");
    await waitFor(async () => expect((await rows()).some((row) => row.dataset["state"] !== "complete")).toBe(true));
    expect(screen.queryByTestId("chosen-bar")).toBeNull();
    await click(user, "captures-complete");
    await waitFor(async () => expect((await rows()).every((row) => row.dataset["state"] === "complete")).toBe(true));
    expect(screen.queryByTestId("chosen-bar")).toBeNull();
  });

  it("goes back to the last page where the queue has emptied those behind it", async () => {
    const { history } = open({ count: 120 }, "/evidence?page=7");
    expect((await rows()).length).toBeGreaterThan(0);
    expect(screen.getByTestId("captures-count").textContent).toMatch(/^1\s/u);
    expect(history.location.search).not.toContain("page=7");
  });

  it("numbers the rows in view by where they stand while the next ones are on their way", async () => {
    let arrive: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (arrive = resolve));
    const { user } = open({ count: 1000 }, "/evidence", (backend) => {
      const list = backend.listCaptures.bind(backend);
      backend.listCaptures = async (state, offset, limit) => {
        if (offset > 0) await held;
        return list(state, offset, limit);
      };
    });
    const count = await screen.findByTestId("captures-count");
    const first = count.textContent;
    await click(user, "captures-after");
    await waitFor(() => expect(screen.getByTestId("captures-before").getAttribute("disabled")).toBeNull());
    expect(count.textContent).toBe(first);
    arrive();
    await waitFor(() => expect(count.textContent).toMatch(/^101\s/u));
  });

  it("gives the focus to its title when the button that had it is gone with the choice", async () => {
    const { user } = open({ count: 40 }, "/evidence");
    await user.click((await screen.findAllByTestId("choose-capture"))[0] as HTMLElement);
    const bar = within(await screen.findByTestId("chosen-bar"));
    const [clear] = bar.getAllByRole("button") as [HTMLElement];
    await user.click(clear);
    await waitFor(() => expect(screen.queryByTestId("chosen-bar")).toBeNull());
    await waitFor(() => expect(document.activeElement?.tagName).toBe("H1"));
  });

  it("tells nothing yet from nothing of that kind, and a failure from both", async () => {
    open({ count: 0 }, "/evidence");
    await waitFor(() => expect(screen.getByTestId("captures-state").dataset["state"]).toBe("empty"));
  });

  it("shows why the captures could not be read", async () => {
    open({ failing: { listCaptures: "register_closed" } }, "/evidence");
    await waitFor(() => expect(screen.getByTestId("captures-state").dataset["state"]).toBe("error"));
  });
});
