import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { click, dossierId, open } from "../../test/desk";

describe("a locked desk", () => {
  it("is locked by its key, also over a dialog, and shows nothing of a dossier", async () => {
    const { user, calls, container } = open({}, `/dossiers/${dossierId(2)}`);
    await click(user, "interrupt");
    await screen.findByRole("alertdialog");
    await user.keyboard("{Control>}l{/Control}");
    await screen.findByTestId("lock-screen");
    expect(calls("lock")).toHaveLength(1);
    expect(screen.queryByRole("alertdialog")).toBeNull();
    expect(container.textContent).not.toContain("REF-");
  });

  it("opens with a press where the keychain is proof enough, at the same place, its data read anew", async () => {
    const { user, calls, history } = open({}, `/dossiers/${dossierId(1)}`);
    await screen.findByTestId("make-pack");
    await click(user, "lock");
    await screen.findByTestId("lock-screen");
    const read = calls("getDossier").length;
    await waitFor(() => expect(document.activeElement?.getAttribute("data-testid")).toBe("unlock"));
    await user.keyboard("{Enter}");
    await screen.findByTestId("make-pack");
    expect(history.location.pathname).toBe(`/dossiers/${dossierId(1)}`);
    expect(calls("unlock")).toEqual([[null]]);
    expect(calls("getDossier").length).toBeGreaterThan(read);
  });

  it("asks for the passphrase where one protects the register, and says when it is wrong", async () => {
    const { user } = open({ locked: "passphrase", keychain: "missing" });
    const field = await screen.findByTestId("lock-passphrase");
    await user.click(await screen.findByTestId("unlock"));
    await waitFor(() => expect(field.getAttribute("aria-invalid")).toBe("true"));
    await user.type(field, "fausse");
    await user.keyboard("{Enter}");
    expect((await screen.findByTestId("error")).getAttribute("data-code")).toBe("passphrase_refused");
    await user.type(screen.getByTestId("lock-passphrase"), "phrase de passe");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.queryByTestId("lock-screen")).toBeNull());
  });

  it("keeps what was typed for a new dossier", async () => {
    const { user } = open({}, "/new");
    await user.type(await screen.findByTestId("field-last_name"), "VALMONTEL");
    await user.keyboard("{Control>}l{/Control}");
    await click(user, "unlock");
    expect((await screen.findByTestId<HTMLInputElement>("field-last_name")).value).toBe("VALMONTEL");
  });

  it("keeps the note and the choice of a decision", async () => {
    const { user } = open({}, `/dossiers/${dossierId(0)}`);
    await click(user, "open-decision");
    await click(user, "decision-refused");
    await user.type(screen.getByTestId("decision-note"), "Vue au guichet.");
    await user.keyboard("{Control>}l{/Control}");
    await click(user, "unlock");
    await click(user, "open-decision");
    expect(screen.getByTestId("decision-note")).toHaveProperty("value", "Vue au guichet.");
    expect(within(screen.getByTestId("decision-refused")).getByRole("radio")).toHaveProperty("checked", true);
  });

  it("keeps the data to compare that were being typed", async () => {
    const { user } = open({}, `/dossiers/${dossierId(3)}`);
    await click(user, "push-add");
    await user.type(screen.getByTestId("expected-value"), "Éléonore");
    await user.keyboard("{Control>}l{/Control}");
    await click(user, "unlock");
    expect(await screen.findByTestId("expected-value")).toHaveProperty("value", "Éléonore");
  });

  it("promises to keep nothing else", async () => {
    const { user } = open();
    await click(user, "lock");
    await screen.findByTestId("lock-screen");
    expect(screen.queryByText(/Ce que vous aviez saisi est gardé/)).toBeNull();
    expect(screen.getByText(/Le dossier, la décision et les données à comparer/)).toBeTruthy();
  });

  it("no longer tells of what had ended", async () => {
    const { user } = open({}, `/dossiers/${dossierId(0)}?tab=evidence`);
    await waitFor(() => expect(screen.getByTestId("capture-now").getAttribute("disabled")).toBeNull());
    await click(user, "capture-now");
    await waitFor(() => expect(screen.getByTestId("long-act").dataset["state"]).toBe("done"));
    await click(user, "lock");
    await click(user, "unlock");
    await screen.findByTestId("make-pack");
    expect(screen.queryByTestId("long-act")).toBeNull();
  });

  it("is put off by somebody's keys, told once and without them", async () => {
    const { user, calls } = open();
    await screen.findAllByTestId("dossier-row");
    await user.keyboard("abc");
    await waitFor(() => expect(calls("noteInput")).toEqual([[]]));
  });

  it("locks when Rust says so", async () => {
    const { backend } = open();
    await screen.findAllByTestId("dossier-row");
    await act(() => backend.lock());
    await screen.findByTestId("lock-screen");
    expect(screen.queryAllByTestId("dossier-row")).toEqual([]);
  });
});

describe("the time without activity", () => {
  it("is chosen in the settings, between 1 and 60 minutes", async () => {
    const { user, calls } = open({}, "/settings?tab=register");
    const field = await screen.findByTestId<HTMLInputElement>("lock-minutes");
    await user.clear(field);
    await user.type(field, "15");
    await user.tab();
    await click(user, "save-lock-minutes");
    expect(calls("setLockMinutes")).toEqual([[15]]);
  });
});
