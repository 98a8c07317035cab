import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { FakeBackend } from "../../backend/fake";
import type { ProcessSettings } from "../../backend/generated/ProcessSettings";
import type { SettingsView } from "../../backend/generated/SettingsView";
import { click, dossierId, open } from "../../test/desk";

/** Holds the first request of that method until `arrive` is called. */
function holdFirst(backend: FakeBackend, method: "setTheme" | "setLetterKeys" | "setMaskNames" | "setNotifications" | "setTextSize" | "setClipboardSeconds") {
  let arrive: () => void = () => undefined;
  let held: Promise<void> | null = new Promise<void>((resolve) => (arrive = resolve));
  const keep = backend[method].bind(backend) as (wanted: unknown) => Promise<SettingsView>;
  const slow = async (wanted: unknown) => {
    const waiting = held;
    held = null;
    await waiting;
    return keep(wanted);
  };
  Object.assign(backend, { [method]: slow });
  return () => arrive();
}

describe("the settings", () => {
  it("keep a process under a name once its identifier looks like one", async () => {
    const { user, calls } = open({}, "/settings?tab=processes");
    await click(user, "add-process");
    await user.type(screen.getByTestId("process-name"), "Agence de Villejuste");
    await user.type(screen.getByTestId("process-uuid"), "pas un identifiant");
    await click(user, "save-process");
    expect(screen.getByText(/Copiez-le depuis la console/)).toBeTruthy();
    expect(calls("saveProcess")).toEqual([]);
    await user.clear(screen.getByTestId("process-uuid"));
    await user.type(screen.getByTestId("process-uuid"), " 00000000-0000-4000-8000-0000000000aa ");
    await click(user, "save-process");
    await screen.findAllByText("Agence de Villejuste");
    expect((calls("saveProcess")[0]?.[0] as ProcessSettings).process_uuid).toBe("00000000-0000-4000-8000-0000000000aa");
  });

  it("follow with the focus what takes the place of the button that was pressed", async () => {
    const { user } = open({}, "/settings?tab=processes");
    const edit = await screen.findByRole("button", { name: "Modifier Signature avancée" });
    act(() => edit.focus());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("process-name")));
    await user.click(screen.getByRole("button", { name: "Annuler" }));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "Modifier Signature avancée" })));
    act(() => screen.getByTestId("add-process").focus());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("process-name")));
    await user.click(screen.getByRole("button", { name: "Annuler" }));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("add-process")));
  });

  it("keep the focus at the addresses when one of them, or a header of it, is taken away", async () => {
    const { user } = open({}, "/settings?tab=processes");
    await click(user, "add-process");
    await click(user, "add-endpoint");
    await click(user, "add-header");
    act(() => screen.getByRole("button", { name: "Retirer l’en-tête 1" }).focus());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("add-header")));
    act(() => screen.getByRole("button", { name: "Retirer l’adresse 1" }).focus());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("add-endpoint")));
  });

  it("leave the focus among the environments when one of them is opened and closed", async () => {
    const { user } = open({}, "/settings?tab=environments");
    const card = within(await screen.findByTestId("environment-production"));
    act(() => card.getByRole("button", { name: /Modifier/ }).focus());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("environment-base-url")));
    await user.click(card.getByRole("button", { name: "Annuler" }));
    await waitFor(() => expect(document.activeElement).toBe(card.getByRole("button", { name: /Modifier/ })));
  });

  it("send the value of a callback header once, and keep what was kept", async () => {
    const { user, calls } = open({}, "/settings?tab=processes");
    await click(user, "add-process");
    await user.type(screen.getByTestId("process-name"), "Ouverture");
    await user.type(screen.getByTestId("process-uuid"), "00000000-0000-4000-8000-0000000000aa");
    await click(user, "add-endpoint");
    await user.type(screen.getByTestId("endpoint-url"), "banque.example/id360");
    await click(user, "add-header");
    await user.type(screen.getByTestId("header-name"), "X-Api-Key");
    await user.type(screen.getByTestId("header-value"), "valeur-secrete");
    expect(screen.getByTestId("header-value")).toHaveProperty("type", "password");
    await click(user, "save-process");
    await waitFor(() => expect(calls("saveProcess")).toHaveLength(1));
    const [saved, values] = calls("saveProcess")[0] as [ProcessSettings, unknown];
    expect(saved.callback_endpoints).toEqual([{ url: "https://banque.example/id360", on: [], headers: ["X-Api-Key"] }]);
    expect(values).toEqual([{ url: "https://banque.example/id360", header: "X-Api-Key", value: "valeur-secrete" }]);
    await user.click(await screen.findByRole("button", { name: "Modifier Ouverture" }));
    expect(await screen.findByText(/Gardée dans le trousseau/)).toBeTruthy();
    expect(screen.getByTestId("header-value")).toHaveProperty("value", "");
    await click(user, "save-process");
    await waitFor(() => expect(calls("saveProcess")).toHaveLength(2));
    expect((calls("saveProcess")[1] as [ProcessSettings, unknown])[1]).toEqual([]);
  });

  it("say that a value is to be typed again for another address", async () => {
    const { user, backend } = open({}, "/settings?tab=processes");
    backend.control.fail("saveProcess", "invalid_field", { field: "callback_headers", rule: "required" });
    await user.click(await screen.findByRole("button", { name: "Modifier Signature avancée" }));
    await click(user, "save-process");
    expect((await screen.findByRole("alert")).textContent).toContain("tapez-la de nouveau");
  });

  it("leave no choice of where its pages open to a process with La Poste's digital identity", async () => {
    const { user, calls } = open({}, "/settings?tab=processes");
    await click(user, "add-process");
    await user.type(screen.getByTestId("process-name"), "Ouverture");
    await user.type(screen.getByTestId("process-uuid"), "00000000-0000-4000-8000-0000000000aa");
    await click(user, "process-pages");
    await user.click(await screen.findByRole("option", { name: "Dans une fenêtre d’ID360 Desk" }));
    await user.click(screen.getByRole("checkbox", { name: "Ce parcours propose l’Identité Numérique La Poste" }));
    expect(screen.queryByTestId("process-pages")).toBeNull();
    await click(user, "save-process");
    await waitFor(() => expect(calls("saveProcess")[0]?.[0]).toMatchObject({ enrollment_pages: "window", la_poste_identity: true }));
  });

  it("remove a process only after a confirmation that names it", async () => {
    const { user, calls } = open({}, "/settings?tab=processes");
    await user.click(await screen.findByRole("button", { name: "Retirer Signature avancée" }));
    expect(calls("removeProcess")).toEqual([]);
    await click(user, "confirm");
    await waitFor(() => expect(calls("removeProcess")).toEqual([["process-2"]]));
    await waitFor(() => expect(screen.queryByText("Signature avancée")).toBeNull());
  });

  it("remove a process by Ctrl+Enter, once it is asked", async () => {
    const { user, calls } = open({}, "/settings?tab=processes");
    await user.click(await screen.findByRole("button", { name: "Retirer Signature avancée" }));
    await screen.findByRole("alertdialog");
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(calls("removeProcess")).toEqual([["process-2"]]));
  });

  it("do not let the addresses of a built-in environment be changed, only its paths and windows", async () => {
    const { user, calls } = open({}, "/settings?tab=environments");
    const card = await screen.findByTestId("environment-production");
    await user.click(within(card).getByRole("button", { name: /Modifier/ }));
    expect(screen.getByTestId("environment-base-url")).toHaveProperty("readOnly", true);
    await user.clear(screen.getByTestId("environment-report_pdf_path"));
    await click(user, "save-environment");
    await waitFor(() => expect(calls("saveEnvironment")[0]?.[0]).toMatchObject({ id: "production", report_pdf_path: null }));
  });

  it("add an environment of one's own", async () => {
    const { user, calls } = open({}, "/settings?tab=environments");
    await click(user, "add-environment");
    await user.type(screen.getByTestId("environment-name"), "Recette interne");
    await click(user, "save-environment");
    expect(screen.getAllByText(/Écrivez une adresse entière/).length).toBeGreaterThan(0);
    await user.type(screen.getByTestId("environment-base-url"), "id360.exemple.test");
    await user.type(screen.getByTestId("environment-ui-base-url"), "id360.exemple.test");
    await click(user, "save-environment");
    await screen.findAllByText("Recette interne");
    expect(calls("saveEnvironment")[0]?.[0]).toMatchObject({ base_url: "https://id360.exemple.test", built_in: false });
  });

  it("give a process a capture rule of its own, and say that it loses something", async () => {
    const { user, calls } = open({}, "/settings?tab=processes");
    await click(user, "add-process");
    await user.type(screen.getByTestId("process-name"), "Agence");
    await user.type(screen.getByTestId("process-uuid"), "00000000-0000-4000-8000-0000000000aa");
    await click(user, "own-capture");
    await click(user, "capture-policy");
    await user.click(await screen.findByRole("option", { name: /Rapports seulement/ }));
    expect((await screen.findByTestId("capture-loses")).textContent).toContain("ID360 effacera");
    await click(user, "save-process");
    await waitFor(() => expect((calls("saveProcess")[0]?.[0] as ProcessSettings | undefined)?.capture).toEqual({ policy: "report_only", video: false }));
  });

  it("wear a theme at once", async () => {
    const { user, calls } = open({}, "/settings?tab=display");
    await click(user, "option-dark");
    await waitFor(() => expect(document.documentElement.dataset["theme"]).toBe("dark"));
    expect(calls("setTheme")).toEqual([["dark"]]);
  });

  it("wear the theme that was pressed last, though it was the one before and another is still being kept", async () => {
    let arrive: () => void = () => undefined;
    const { user, calls } = open({}, "/settings?tab=display", (backend) => (arrive = holdFirst(backend, "setTheme")));
    await click(user, "option-dark");
    await click(user, "option-system");
    arrive();
    await waitFor(() => expect(calls("setTheme")).toEqual([["dark"], ["system"]]));
    await waitFor(() => expect(document.documentElement.dataset["theme"]).toBeUndefined());
  });

  it.each([
    ["setLetterKeys", "display", "letter-keys", [false, true]],
    ["setMaskNames", "register", "mask-names", [true, false]],
    ["setNotifications", "journal", "notifications", [false, true]],
  ] as const)("keep by %s what was pressed last, though the first press is still being kept", async (method, tab, box, wanted) => {
    let arrive: () => void = () => undefined;
    const { user, calls } = open({}, `/settings?tab=${tab}`, (backend) => (arrive = holdFirst(backend, method)));
    await click(user, box);
    await click(user, box);
    arrive();
    await waitFor(() => expect(calls(method)).toEqual(wanted.map((one) => [one])));
  });

  it("enlarge the text by two steps where the second press comes before the first is kept", async () => {
    let arrive: () => void = () => undefined;
    const { user, calls } = open({}, "/new", (backend) => (arrive = holdFirst(backend, "setTextSize")));
    await screen.findByTestId("field-last_name");
    await user.keyboard("{Control>}++{/Control}");
    arrive();
    await waitFor(() => expect(calls("setTextSize")).toEqual([[110], [125]]));
  });

  it("enlarge the text from anywhere by Ctrl and +, step by step, and put it back", async () => {
    const { user, calls, history } = open({}, "/new");
    await screen.findByTestId("field-last_name");
    await user.keyboard("{Control>}+{/Control}");
    await waitFor(() => expect(calls("setTextSize")).toEqual([[110]]));
    history.push("/settings?tab=display");
    expect((await screen.findByTestId("text-size")).textContent).toContain("110");
    await user.keyboard("{Control>}={/Control}");
    await waitFor(() => expect(calls("setTextSize")).toEqual([[110], [125]]));
    await waitFor(() => expect(screen.getByTestId("text-size").textContent).toContain("125"));
    await user.keyboard("{Control>}-{/Control}");
    await waitFor(() => expect(screen.getByTestId("text-size").textContent).toContain("110"));
    await user.keyboard("{Control>}0{/Control}");
    await waitFor(() => expect(screen.getByTestId("text-size").textContent).toContain("100"));
    await click(user, "text-size");
    await user.click(await screen.findByRole("option", { name: /200/ }));
    await waitFor(() => expect(calls("setTextSize").at(-1)).toEqual([200]));
  });

  it("keeps a template with its process, and says what of a pattern is wrong", async () => {
    const { user, calls, backend } = open({}, "/settings?tab=processes");
    await click(user, "add-process");
    await user.type(await screen.findByTestId("process-name"), "Guichet");
    await user.type(screen.getByTestId("process-uuid"), "00000000-0000-4000-8000-000000000993");
    await user.type(screen.getByTestId("template-reference"), "AG-{{year}");
    await user.type(screen.getByTestId("template-expected"), "name, birth_date");
    backend.control.fail("saveProcess", "invalid_field", { field: "template.reference", rule: "count" });
    await click(user, "save-process");
    expect(await screen.findByText(/Ajoutez \{count\}/)).toBeTruthy();
    backend.control.fail("saveProcess", null);
    await user.type(screen.getByTestId("template-reference"), "-{{count}");
    await click(user, "save-process");
    await waitFor(() => expect(calls("saveProcess")).toHaveLength(2));
    expect(calls("saveProcess")[1]?.[0]).toMatchObject({ template: { reference: "AG-{year}-{count}", expected: ["name", "birth_date"], group: "", lang: null } });
  });

  it("turns the keys of one letter off, for the sheet of keys too", async () => {
    const { user, history } = open({}, "/settings?tab=display");
    await click(user, "letter-keys");
    await act(async () => {
      await Promise.resolve();
      history.push(`/dossiers/${dossierId(0)}`);
    });
    await screen.findByTestId("tab-summary");
    await user.keyboard("d");
    expect(history.location.search).not.toContain("view");
    await user.keyboard("{F1}");
    const sheet = await screen.findByTestId("key-sheet");
    const keys = [...sheet.querySelectorAll("kbd")].map((key) => key.textContent);
    expect(keys).toContain("F1");
    expect(keys.filter((key) => key.length === 1)).toEqual([]);
  });

  it("lets one choose how long a copied link stays", async () => {
    const { user, calls } = open({}, "/settings?tab=register");
    await click(user, "clipboard-seconds");
    await user.click(await screen.findByRole("option", { name: /10/ }));
    await waitFor(() => expect(calls("setClipboardSeconds")).toEqual([[10]]));
  });

  it("let a copied link stay as long as was chosen last, though another choice is still being kept", async () => {
    let arrive: () => void = () => undefined;
    const { user, calls } = open({}, "/settings?tab=register", (backend) => (arrive = holdFirst(backend, "setClipboardSeconds")));
    for (const seconds of [/10/, /60/]) {
      await click(user, "clipboard-seconds");
      await user.click(await screen.findByRole("option", { name: seconds }));
    }
    expect(screen.getByTestId("clipboard-seconds").textContent).toContain("60");
    arrive();
    await waitFor(() => expect(calls("setClipboardSeconds")).toEqual([[10], [60]]));
  });

  it.each([
    ["an environment", "environments", "add-environment", "environment-name", "processes"],
    ["a process", "processes", "add-process", "process-name", "environments"],
  ])("keep the form of %s that was begun while another tab is looked at", async (_what, tab, add, field, other) => {
    const { user } = open({}, `/settings?tab=${tab}`);
    await click(user, add);
    await user.type(screen.getByTestId(field), "Villejuste");
    await click(user, `settings-${other}`);
    await waitFor(() => expect(screen.getByTestId(`settings-${other}`).getAttribute("aria-selected")).toBe("true"));
    await click(user, `settings-${tab}`);
    await waitFor(() => expect(screen.getByTestId(`settings-${tab}`).getAttribute("aria-selected")).toBe("true"));
    const kept = screen.getByTestId(field);
    expect(kept).toHaveProperty("value", "Villejuste");
    expect(kept.closest("[inert]")).toBeNull();
  });
});
