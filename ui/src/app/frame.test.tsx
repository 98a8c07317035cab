import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { click, dossierId, open } from "../test/desk";

type User = ReturnType<typeof open>["user"];

describe("the frame", () => {
  it.each([
    ["production", "PRODUCTION"],
    ["pre_production", "PRÉ-PRODUCTION"],
    ["sandbox", "BAC À SABLE"],
  ] as const)("wears the word of %s in the header and in the title", async (signed_in, word) => {
    open({ signed_in });
    expect((await screen.findByTestId("environment-word")).textContent).toBe(word);
    await waitFor(() => expect(document.title.startsWith(word)).toBe(true));
  });

  it("changes language at once, without losing what was typed", async () => {
    const { user, calls } = open({}, "/new");
    await user.type(await screen.findByTestId("field-last_name"), "VALMONTEL");
    await click(user, "language-en");
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("New dossier");
    expect(screen.getByTestId("environment-word").textContent).toBe("SANDBOX");
    expect(document.documentElement.lang).toBe("en");
    expect(screen.getByTestId("field-last_name")).toHaveProperty("value", "VALMONTEL");
    await click(user, "language-fr");
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Nouveau dossier");
    await waitFor(() => expect(calls("setLanguage")).toEqual([["en"], ["fr"]]));
  });

  it.each([
    ["the language that was chosen", "setLanguage", (user: User) => click(user, "language-en")],
    [
      "the language that was changed from the palette",
      "setLanguage",
      async (user: User) => {
        await user.keyboard("{Control>}k{/Control}");
        await user.type(await screen.findByTestId("palette-input"), "anglais{Enter}");
      },
    ],
    ["the size of the text", "setTextSize", (user: User) => user.keyboard("{Control>}+{/Control}")],
  ] as const)("says why %s could not be kept", async (_what, method, choose) => {
    const { user } = open({ failing: { [method]: "internal" } }, "/journal");
    await screen.findByTestId("export-journal");
    await choose(user);
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("internal");
  });

  it.each([
    ["/", "listDossiers", "dossier-row"],
    ["/deadlines", "getRadar", "lane-documents"],
    ["/journal", "listJournal", "journal-table"],
  ] as const)("reads what %s shows again by F5", async (place, method, shown) => {
    const { user, calls } = open({}, place);
    await screen.findAllByTestId(shown);
    const before = calls(method).length;
    await user.keyboard("{F5}");
    await waitFor(() => expect(calls(method).length).toBeGreaterThan(before));
  });

  it("leaves F5 to a dossier, and says there what it does", async () => {
    const { user, calls } = open({}, `/dossiers/${dossierId(2)}`);
    await screen.findByTestId("refresh");
    await user.keyboard("{F5}");
    await waitFor(() => expect(calls("refreshDossier")).toHaveLength(1));
    await user.keyboard("{F1}");
    const sheet = within(await screen.findByTestId("key-sheet"));
    expect(sheet.getAllByText("F5")).toHaveLength(1);
    expect(sheet.getByText("Actualiser")).toBeTruthy();
  });

  it("says before the sign-in too why the language could not be kept", async () => {
    const { user } = open({ signed_in: null, failing: { setLanguage: "internal" } });
    await click(user, "language-en");
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("internal");
  });

  it("asks for a code over the same screen when a user session lapses, and keeps the form", async () => {
    const { user, backend, calls } = open({ signed_in: "production", account: "user" }, "/new");
    await user.type(await screen.findByTestId("field-reference"), "REF-42");
    act(() => backend.control.lapse());
    const dialog = await screen.findByRole("alertdialog");
    await user.type(within(dialog).getByTestId("code-field"), "654321");
    await click(user, "code-submit");
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    expect(calls("resumeSession")).toEqual([["654321"]]);
    expect(screen.getByTestId("field-reference")).toHaveProperty("value", "REF-42");
  });

  it("keeps asking when the code is refused", async () => {
    const { user } = open({ signed_in: "production", account: "user", code_wanted: true, failing: { resumeSession: "code_refused" } });
    await user.type(await screen.findByTestId("code-field"), "000000");
    await click(user, "code-submit");
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("code_refused");
    expect(screen.getByRole("alertdialog")).toBeTruthy();
  });

  it("says that nothing is kept when there is no keychain", async () => {
    open({ keychain: "missing" });
    expect((await screen.findByTestId("session-only-banner")).textContent).toContain("n’a pas de trousseau");
  });

  it("drops the typed form at sign-out", async () => {
    const { user } = open({}, "/new");
    await user.type(await screen.findByTestId("field-last_name"), "VALMONTEL");
    await click(user, "sign-out");
    await click(user, "enter-sandbox-application");
    expect(await screen.findByTestId("field-last_name")).toHaveProperty("value", "");
  });

  it("forgets a decision that was begun, and what had ended, at sign-out", async () => {
    const { user, history } = open({}, `/dossiers/${dossierId(0)}?tab=evidence`);
    await click(user, "open-decision");
    await user.type(screen.getByTestId("decision-note"), "Vue au guichet.");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.getByTestId("capture-now").getAttribute("disabled")).toBeNull());
    await click(user, "capture-now");
    await waitFor(() => expect(screen.getByTestId("long-act").dataset["state"]).toBe("done"));
    await click(user, "sign-out");
    await click(user, "open-verify");
    await screen.findByTestId("choose-file");
    expect(screen.queryByTestId("long-act")).toBeNull();
    await click(user, "leave-verify");
    await click(user, "enter-sandbox-application");
    act(() => history.push(`/dossiers/${dossierId(0)}`));
    await click(user, "open-decision");
    expect(screen.getByTestId("decision-note")).toHaveProperty("value", "");
  });

  it("gives the focus to the content where a screen went with what had it", async () => {
    const { user, history } = open({}, "/today");
    (await screen.findByTestId("count-to_treat")).focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(history.location.pathname).toBe("/"));
    await waitFor(() => expect(document.activeElement?.id).toBe("content"));
  });

  it("leaves the focus where the screen that comes put it, or where it was", async () => {
    const { user, history } = open({}, "/today");
    await user.click(await screen.findByTestId("nav-journal"));
    await waitFor(() => expect(history.location.pathname).toBe("/journal"));
    await screen.findByTestId("export-journal");
    expect(document.activeElement).toBe(screen.getByTestId("nav-journal"));
    act(() => history.push(`/dossiers/${dossierId(1)}`));
    await waitFor(() => expect(document.activeElement?.tagName).toBe("H1"));
  });

  it("presses the main button of the upper of two dialogs with Ctrl+Enter", async () => {
    const { user, backend, calls } = open({ signed_in: "production", account: "user" }, `/dossiers/${dossierId(0)}`);
    await click(user, "open-decision");
    await click(user, "decision-refused");
    act(() => backend.control.lapse());
    await user.type(await screen.findByTestId("code-field"), "654321");
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(calls("resumeSession")).toEqual([["654321"]]));
    expect(calls("decide")).toEqual([]);
  });

  it("goes to a new dossier with Ctrl+N", async () => {
    const { user, history } = open();
    await screen.findByTestId("dossier-table");
    await user.keyboard("{Control>}n{/Control}");
    await waitFor(() => expect(history.location.pathname).toBe("/new"));
  });

  it("opens at the place of the address", async () => {
    open({}, `/dossiers/${dossierId(1)}?tab=technical`);
    expect(await screen.findByTestId("masked-json")).toBeTruthy();
  });

  it("says so when the address leads nowhere, and leads back", async () => {
    const { user } = open({}, "/nulle-part");
    const error = await screen.findByTestId("error");
    expect(error.dataset["code"]).toBe("screen_missing");
    await user.click(within(error).getByRole("button"));
    expect(await screen.findByTestId("dossier-table")).toBeTruthy();
  });

  it("says why it could not be locked, and stays open", async () => {
    const { user } = open({ failing: { lock: "keychain_refusing" } }, "/today");
    await click(user, "lock");
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("keychain_refusing");
    expect(screen.queryByTestId("lock-screen")).toBeNull();
  });

  it("warns before it locks itself, and any input puts that off at once", async () => {
    const { user, backend, calls } = open({}, "/journal");
    await screen.findByTestId("export-journal");
    act(() => backend.control.lockComing(new Date(Date.now() + 30_000).toISOString()));
    expect((await screen.findByTestId("lock-warning")).textContent).toMatch(/Verrouillage dans (30|29) s/);
    const before = calls("noteInput").length;
    await user.keyboard("{Shift}");
    await waitFor(() => expect(screen.queryByTestId("lock-warning")).toBeNull());
    expect(calls("noteInput").length).toBeGreaterThan(before);
    act(() => backend.control.lockComing(new Date(Date.now() + 30_000).toISOString()));
    await screen.findByTestId("lock-warning");
    act(() => backend.control.lockComing(null));
    await waitFor(() => expect(screen.queryByTestId("lock-warning")).toBeNull());
  });
});
