import { act, screen, waitFor } from "@testing-library/react";
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
