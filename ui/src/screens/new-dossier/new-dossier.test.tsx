import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Backend } from "../../backend/backend";
import type { FakeBackend } from "../../backend/fake";
import type { ErrorCode } from "../../backend/generated/ErrorCode";
import type { LaunchForm } from "../../backend/generated/LaunchForm";
import { click, dossierId, open } from "../../test/desk";

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

type User = ReturnType<typeof open>["user"];

async function fill(user: User) {
  await user.type(await screen.findByTestId("field-last_name"), "VALMONTEL");
  await user.type(screen.getByTestId("field-first_name"), "Ondine");
  await user.type(screen.getByTestId("field-reference"), "REF-7");
}

const PREPARED = "00000000-0000-7000-8000-000000000015";

interface Leaving {
  failing?: ErrorCode;
  params?: Record<string, string>;
  typing?: (user: User) => Promise<void>;
  button?: string;
}

/** The form filled and launched, then left and come back to, while the launch waits for `end`. */
async function leftWhileLaunching({ failing, params = {}, typing = fill, button = "launch" }: Leaving = {}) {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const opened = open({}, "/new", (backend) => {
    const launch = backend.launchDossier.bind(backend);
    if (failing) backend.control.fail("launchDossier", failing, params);
    backend.launchDossier = async (...form) => {
      const launched = launch(...form);
      await Promise.all([ended, launched.catch(() => undefined)]);
      return launched;
    };
  });
  await typing(opened.user);
  await click(opened.user, button);
  await waitFor(() => expect(opened.calls("launchDossier")).toHaveLength(1));
  await click(opened.user, "nav-settings");
  await screen.findByTestId("settings-about");
  await click(opened.user, "new-dossier");
  await screen.findByTestId("launch-under-way");
  return { ...opened, end };
}

/** What was asked of the backend since it was asked for that: a slow computer saves drafts before it. */
function since(method: keyof Backend, { control }: FakeBackend): (keyof Backend)[] {
  const asked = control.calls.map((call) => call.method);
  return asked.slice(asked.indexOf(method) + 1);
}

describe("a new dossier", () => {
  it("is created and opened with one press, as typed", async () => {
    const { user, calls, history } = open({}, "/new");
    await fill(user);
    await click(user, "launch");
    await waitFor(() => expect(history.location.pathname).toMatch(/^\/dossiers\//));
    const [[intent, form]] = calls("launchDossier") as [[string, LaunchForm]];
    expect(intent).toMatch(UUID);
    expect(form).toMatchObject({ process_id: "process-1", last_name: "VALMONTEL", first_name: "Ondine", reference: "REF-7", mode: "this_pc", open_link: true, lang: "fr", expected: [] });
    expect((await screen.findByTestId("dossier-status")).dataset["status"]).toBe("NEW");
  });

  it("can be created without opening the link", async () => {
    const { user, calls } = open({}, "/new");
    await fill(user);
    await click(user, "launch-without-opening");
    await screen.findByTestId("dossier-status");
    expect(calls("launchDossier")[0]?.[1]).toMatchObject({ open_link: false });
  });

  it("says that a reference was used before, and by which dossier", async () => {
    const { user, history } = open({}, "/");
    const used = (await screen.findAllByTestId("dossier-row")).map((row) => within(row).getByRole("rowheader").textContent).find(Boolean) ?? "";
    history.push("/new");
    await user.type(await screen.findByTestId("field-reference"), `${used} `);
    expect((await screen.findByTestId("same-reference")).textContent).toContain(used);
    await click(user, "earlier-dossier");
    await screen.findByTestId("dossier-status");
    // What was typed waits.
    history.push("/new");
    expect(await screen.findByTestId("field-reference")).toHaveProperty("value", `${used} `);
  });

  it("says that it could not be read whether a reference was used before", async () => {
    const { user, backend } = open({}, "/new");
    backend.control.fail("getSameReference", "register_busy");
    await user.type(await screen.findByTestId("field-reference"), "REF-7");
    expect((await screen.findByTestId("same-reference-unread")).textContent).toContain("REF-7");
    backend.control.fail("getSameReference", null);
    await user.type(screen.getByTestId("field-reference"), "7");
    await waitFor(() => expect(screen.queryByTestId("same-reference-unread")).toBeNull());
  });

  it("says nothing of a reference that is new", async () => {
    const { user, calls } = open({}, "/new");
    await user.type(await screen.findByTestId("field-reference"), "JAMAIS-VU");
    await waitFor(() => expect(calls("getSameReference")).toHaveLength(1));
    expect(screen.queryByTestId("same-reference")).toBeNull();
  });

  it("is launched for the customer's phone, and shows the code at once", async () => {
    const { user, calls } = open({}, "/new");
    await fill(user);
    await click(user, "mode-phone");
    expect(screen.getByTestId("launch").textContent).toContain("QR code");
    await click(user, "launch");
    await screen.findByTestId("qr");
    expect(calls("launchDossier")[0]?.[1]).toMatchObject({ mode: "phone", open_link: true });
  });

  it("goes round the modes by F2 from any field, and back with Shift", async () => {
    const { user, calls } = open({}, "/new");
    await fill(user);
    await user.keyboard("{F2}");
    expect(screen.getByTestId("launch").textContent).toContain("QR code");
    await user.keyboard("{Shift>}{F2}{/Shift}{Shift>}{F2}{/Shift}");
    await user.keyboard("{Control>}{Enter}{/Control}");
    await screen.findByTestId("dossier-status");
    expect(calls("launchDossier")[0]?.[1]).toMatchObject({ mode: "sent" });
    expect(document.activeElement).toBe(await screen.findByTestId("mail-link"));
  });

  it("proposes the mode of the process until the person chooses one", async () => {
    const { user } = open({}, "/new", (fake) => {
      const read = fake.getSettings.bind(fake);
      fake.getSettings = async () => {
        const settings = await read();
        return { ...settings, processes: settings.processes.map((process) => ({ ...process, launch_mode: "sent" as const })) };
      };
    });
    await fill(user);
    await waitFor(() => expect(screen.getByTestId("launch").textContent).toContain("puis envoyer"));
    await click(user, "mode-this_pc");
    expect(screen.getByTestId("launch").textContent).toContain("ouvrir ici");
  });

  it("is launched by Ctrl+Enter from any field", async () => {
    const { user, calls } = open({}, "/new");
    await fill(user);
    await user.keyboard("{Control>}{Enter}{/Control}");
    await screen.findByTestId("dossier-status");
    expect(calls("launchDossier")).toHaveLength(1);
  });

  it("sends one request however often the button is pressed", async () => {
    const { user, calls } = open({ delay: 60 }, "/new");
    await fill(user);
    const launch = screen.getByTestId("launch");
    await user.dblClick(launch);
    await user.keyboard("{Control>}{Enter}{/Control}");
    await screen.findByTestId("dossier-status");
    expect(calls("launchDossier")).toHaveLength(1);
  });

  it("offers no second launch to who left the form and comes back while it goes on", async () => {
    const { calls, history, end } = await leftWhileLaunching();
    expect(screen.queryByTestId("launch")).toBeNull();
    end();
    await waitFor(() => expect(history.location.pathname).toMatch(/^\/dossiers\//));
    expect(calls("launchDossier")).toHaveLength(1);
  });

  it("says why a launch failed to who left the form meanwhile, with everything typed", async () => {
    const { end } = await leftWhileLaunching({ failing: "unknown_process" });
    end();
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("unknown_process");
    expect(screen.getByTestId("field-last_name")).toHaveProperty("value", "VALMONTEL");
  });

  it.each([
    ["as it was typed", fill],
    [
      "with the reference that the process's pattern gave it",
      async (user: User) => {
        await user.type(await screen.findByTestId("field-last_name"), "VALMONTEL");
        await click(user, "field-process_id");
        await user.click(await screen.findByRole("option", { name: /Signature avancée/ }));
        await waitFor(() => expect(screen.getByTestId("field-reference")).toHaveProperty("value", "AG12-20261123-024"));
        await user.type(screen.getAllByTestId("expected-value")[1] as HTMLElement, "1990-02-03");
      },
    ],
  ])("sends the same prepared dossier again to who comes back after it failed, %s", async (_how, typing) => {
    const { user, backend, calls, end } = await leftWhileLaunching({ failing: "unreachable", params: { dossier_id: PREPARED }, typing, button: "launch-without-opening" });
    const asked = calls("proposeReference").length;
    end();
    const error = within(await screen.findByTestId("error"));
    backend.control.fail("launchDossier", null);
    await user.click(error.getByRole("button", { name: "Réessayer" }));
    await screen.findByTestId("dossier-status");
    expect(calls("launchDossier").map(([, form]) => (form as LaunchForm).open_link)).toEqual([false]);
    expect(calls("sendAgain").map(([, id]) => id)).toEqual([PREPARED]);
    expect(calls("proposeReference")).toHaveLength(asked);
  });

  it("leaves the link closed when a launch that was to leave it so is tried again by who comes back", async () => {
    const { user, backend, calls, end } = await leftWhileLaunching({ failing: "unreachable", button: "launch-without-opening" });
    end();
    const error = within(await screen.findByTestId("error"));
    backend.control.fail("launchDossier", null);
    await user.click(error.getByRole("button", { name: "Réessayer" }));
    await waitFor(() => expect(calls("launchDossier")).toHaveLength(2));
    expect(calls("launchDossier").map(([, form]) => (form as LaunchForm).open_link)).toEqual([false, false]);
  });

  it("leaves the choice to the person where the process of the dossier that is done again is gone", async () => {
    const { user, calls, history } = open({}, `/dossiers/${dossierId(10)}`, (backend) => {
      const read = backend.getLaunchForm.bind(backend);
      backend.getLaunchForm = async (id) => ({ ...(await read(id)), process_id: "process-gone" });
    });
    await click(user, "again");
    await waitFor(() => expect(history.location.pathname).toBe("/new"));
    const process = await screen.findByTestId("field-process_id");
    expect(process.textContent).toContain("Choisir un parcours");
    expect(screen.getByText("Choisissez un parcours.")).toBeTruthy();
    await click(user, "launch");
    await screen.findByTestId("error-summary");
    expect(calls("launchDossier")).toEqual([]);
    await user.click(process);
    await user.click(await screen.findByRole("option", { name: /Entrée en relation/ }));
    await waitFor(() => expect(screen.queryByTestId("error-summary")).toBeNull());
    expect(screen.queryByText("Choisissez un parcours.")).toBeNull();
  });

  it("touches nothing of the next person's when who launched has signed out meanwhile", async () => {
    const { user, history, end } = await leftWhileLaunching();
    await click(user, "sign-out");
    await click(user, "enter-sandbox-application");
    await user.type(await screen.findByTestId("field-last_name"), "AUTRE");
    end();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(history.location.pathname).toBe("/new");
    expect(screen.getByTestId("field-last_name")).toHaveProperty("value", "AUTRE");
  });

  it("keeps everything typed when ID360 refuses, and launches again with a fresh intent", async () => {
    const { user, backend, calls } = open({ failing: { launchDossier: "unknown_process" } }, "/new");
    await fill(user);
    await click(user, "launch");
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("unknown_process");
    expect(screen.getByTestId("field-last_name")).toHaveProperty("value", "VALMONTEL");
    backend.control.fail("launchDossier", null);
    await click(user, "launch");
    await screen.findByTestId("dossier-status");
    const intents = calls("launchDossier").map(([intent]) => intent);
    expect(new Set(intents).size).toBe(2);
  });

  it("tries again what was asked for: a link that was not to be opened here stays so", async () => {
    const { user, backend, calls } = open({}, "/new", (fake) => fake.control.fail("launchDossier", "unreachable", { dossier_id: "00000000-0000-7000-8000-000000000015" }));
    await fill(user);
    await click(user, "launch-without-opening");
    const error = within(await screen.findByTestId("error"));
    backend.control.fail("launchDossier", null);
    await user.click(error.getByRole("button", { name: "Réessayer" }));
    await screen.findByTestId("dossier-status");
    expect(calls("launchDossier").map(([, form]) => (form as LaunchForm).open_link)).toEqual([false]);
    expect(calls("sendAgain")).toHaveLength(1);
  });

  it("sends the same prepared dossier again after a failure that sent nothing", async () => {
    const { user, backend, calls } = open({}, "/new", (fake) => fake.control.fail("launchDossier", "unreachable", { dossier_id: "00000000-0000-7000-8000-000000000015" }));
    await fill(user);
    await click(user, "launch");
    await screen.findByTestId("error");
    backend.control.fail("launchDossier", null);
    await click(user, "launch");
    await screen.findByTestId("dossier-status");
    expect(calls("launchDossier")).toHaveLength(1);
    expect(calls("sendAgain").map(([, id]) => id)).toEqual(["00000000-0000-7000-8000-000000000015"]);
  });

  it("goes on with the prepared dossier where sending it again is refused without naming it", async () => {
    const { user, backend, calls } = open({}, "/new", (fake) => fake.control.fail("launchDossier", "unreachable", { dossier_id: PREPARED }));
    await fill(user);
    await click(user, "launch");
    await screen.findByTestId("error");
    backend.control.fail("launchDossier", null);
    backend.control.fail("sendAgain", "unreachable");
    await click(user, "launch");
    await waitFor(() => expect(calls("sendAgain")).toHaveLength(1));
    backend.control.fail("sendAgain", null);
    await click(user, "launch");
    await screen.findByTestId("dossier-status");
    expect(calls("launchDossier")).toHaveLength(1);
    expect(calls("sendAgain").map(([, id]) => id)).toEqual([PREPARED, PREPARED]);
  });

  it("lists what needs a look, each a link to its field, and sends nothing", async () => {
    const { user, calls } = open({}, "/new");
    await user.type(await screen.findByTestId("field-email"), "ondine@");
    await user.type(screen.getByTestId("field-phone_number"), "abc");
    await click(user, "launch");
    const summary = await screen.findByTestId("error-summary");
    expect(within(summary).getByText(/2 champs sont à revoir/)).toBeTruthy();
    await user.click(within(summary).getByRole("link", { name: "Téléphone" }));
    expect(document.activeElement).toBe(screen.getByTestId("field-phone_number"));
    expect(calls("launchDossier")).toEqual([]);
  });

  it("looks at the form again while it is being mended", async () => {
    const { user } = open({}, "/new");
    await user.type(await screen.findByTestId("field-email"), "ondine@");
    await click(user, "launch");
    await screen.findByTestId("error-summary");
    await user.type(screen.getByTestId("field-email"), "exemple.fr");
    await waitFor(() => expect(screen.queryByTestId("error-summary")).toBeNull());
  });

  it("keeps a datum's problem at its row when one above is removed", async () => {
    const { user } = open({}, "/new");
    await click(user, "add-expected");
    await click(user, "add-expected");
    const [first, second] = screen.getAllByTestId("expected-row") as [HTMLElement, HTMLElement];
    await user.type(within(first).getByTestId("expected-value"), "VALMONTEL");
    await click(user, "launch");
    await waitFor(() => expect(second.textContent).toContain("Saisissez la valeur"));
    expect(first.textContent).not.toContain("Saisissez la valeur");
    await user.click(within(first).getByTestId("remove-expected"));
    await waitFor(() => expect(screen.getAllByTestId("expected-row")).toHaveLength(1));
    expect(screen.getByTestId("expected-row").textContent).toContain("Saisissez la valeur");
  });

  it("says why the form cannot be judged, and launches nothing", async () => {
    const { user, calls } = open({ failing: { checkForm: "internal" } }, "/new");
    await fill(user);
    await click(user, "launch");
    await screen.findByTestId("error");
    expect(calls("launchDossier")).toEqual([]);
    expect(screen.getByTestId("field-last_name")).toHaveProperty("value", "VALMONTEL");
  });

  it("points at the field that Rust refuses", async () => {
    const { user } = open({}, "/new", (fake) => fake.control.fail("launchDossier", "invalid_field", { field: "reference", rule: "too_long" }));
    await fill(user);
    await click(user, "launch");
    const summary = await screen.findByTestId("error-summary");
    expect(within(summary).getByRole("link", { name: "Référence" })).toBeTruthy();
  });

  it("sends expected data exactly as typed, accents and spaces included", async () => {
    const { user, calls } = open({}, "/new");
    await fill(user);
    await click(user, "add-expected");
    const row = screen.getByTestId("expected-row");
    const value = within(row).getByTestId("expected-value");
    await user.clear(value);
    await user.type(value, "D’Orsenne-Brézillac ");
    await click(user, "launch");
    await screen.findByTestId("dossier-status");
    expect((calls("launchDossier")[0]?.[1] as LaunchForm).expected).toEqual([{ name: "name", value: "D’Orsenne-Brézillac ", locked: true, auto: null }]);
  });

  it("leaves the focus to the button that adds a datum when one is removed", async () => {
    const { user } = open({}, "/new");
    await click(user, "add-expected");
    await click(user, "remove-expected");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("add-expected")));
  });

  it.each([
    ["by its button", "phone_number", (user: User) => click(user, "confirm")],
    ["by Ctrl+Enter, spaces around the name or not", "phone_number ", (user: User) => user.keyboard("{Control>}{Enter}{/Control}")],
  ])("asks before an SMS may leave, and is answered %s", async (_how, typed, confirm) => {
    const { user, calls } = open({}, "/new");
    await fill(user);
    await click(user, "add-expected");
    const row = screen.getByTestId("expected-row");
    const name = within(row).getByTestId("expected-name");
    await user.clear(name);
    await user.type(name, typed);
    await user.keyboard("{Escape}");
    const value = within(row).getByTestId("expected-value");
    await user.clear(value);
    await user.type(value, "+33639981234");
    await click(user, "launch");
    const dialog = await screen.findByRole("alertdialog");
    expect(dialog.textContent).toContain("+33639981234");
    expect(calls("launchDossier")).toEqual([]);
    await confirm(user);
    await screen.findByTestId("dossier-status");
    expect(calls("launchDossier")).toHaveLength(1);
  });

  it("leads to the settings when there is no process yet", async () => {
    const { user, history } = open({ processes: false }, "/new");
    await user.click(await screen.findByRole("button", { name: "Ajouter un parcours" }));
    await waitFor(() => expect(history.location.pathname).toBe("/settings"));
  });

  it("keeps the form while the person looks elsewhere", async () => {
    const { user } = open({}, "/new");
    await fill(user);
    await click(user, "nav-settings");
    await screen.findByTestId("settings-about");
    await click(user, "new-dossier");
    expect(await screen.findByTestId("field-last_name")).toHaveProperty("value", "VALMONTEL");
  });

  it("begins with what the process's template says, and never over what was typed", async () => {
    const { user } = open({}, "/new");
    const group = async () => (await screen.findByTestId<HTMLInputElement>("field-group")).value;
    const reference = () => screen.getByTestId<HTMLInputElement>("field-reference").value;
    const choose = async (name: string) => {
      await click(user, "field-process_id");
      await user.click(await screen.findByRole("option", { name: new RegExp(name) }));
    };
    await user.type(await screen.findByTestId("field-last_name"), "NUÑEZ");
    await choose("Signature avancée");
    await waitFor(() => expect(reference()).toBe("AG12-20261123-024"));
    const names = () => screen.getAllByTestId<HTMLInputElement>("expected-name").map(({ value }) => value);
    const firstValue = () => screen.getAllByTestId<HTMLInputElement>("expected-value")[0]?.value;
    expect(names()).toEqual(["name", "birth_date"]);
    expect(firstValue()).toBe("NUÑEZ");
    await user.type(screen.getByTestId("field-last_name"), " É");
    expect(firstValue()).toBe("NUÑEZ É");
    await click(user, "more");
    expect(await group()).toBe("agence-12");
    expect(screen.getByTestId("field-lang").textContent).toContain("Italien");

    await user.clear(screen.getByTestId("field-reference"));
    await user.type(screen.getByTestId("field-reference"), "À MOI");
    await choose("Entrée en relation");
    expect(reference()).toBe("À MOI");
    expect(await group()).toBe("");
    expect(screen.getByTestId("field-lang").textContent).toContain("Français");
    expect(screen.queryAllByTestId("expected-row")).toHaveLength(0);
  });

  it("offers another way to launch in one press when ID360 refuses the return address", async () => {
    const { user, calls, backend } = open({}, "/new");
    backend.control.fail("launchDossier", "return_address_refused");
    await user.type(await screen.findByTestId("field-last_name"), "NUÑEZ");
    await click(user, "launch");
    const error = await screen.findByTestId("error");
    expect(error.textContent).toContain("adresse de retour");
    await user.click(within(error).getByRole("button", { name: /Changer de mode/ }));
    backend.control.fail("launchDossier", null);
    await click(user, "launch");
    await waitFor(() => expect(calls("launchDossier")).toHaveLength(2));
    expect(calls("launchDossier").map(([, form]) => (form as { mode: string }).mode)).toEqual(["this_pc", "phone"]);
    expect(calls("launchDossier")[1]?.[1]).not.toHaveProperty("proposed");
  });

  it("has what is typed kept within a moment, and forgotten when it is emptied", async () => {
    const { user, calls } = open({}, "/new");
    await user.type(await screen.findByTestId("field-last_name"), "NUÑEZ");
    await waitFor(() => expect(calls("saveDraft").at(-1)?.[0]).toMatchObject({ form: { last_name: "NUÑEZ" }, mode_chosen: false }), { timeout: 3_000 });
    await user.clear(screen.getByTestId("field-last_name"));
    await waitFor(() => expect(calls("dropDraft")).toHaveLength(1), { timeout: 3_000 });
  });

  it("offers nothing of a person for the next dossier, however slow the launch was", async () => {
    const { user, backend } = open({}, "/new", (backend) => {
      const launch = backend.launchDossier.bind(backend);
      backend.launchDossier = async (...form) => {
        const outcome = await launch(...form);
        await new Promise((resolve) => setTimeout(resolve, 1_300));
        return outcome;
      };
    });
    await fill(user);
    await click(user, "launch");
    await screen.findByTestId("dossier-status", undefined, { timeout: 3_000 });
    expect(since("launchDossier", backend)).not.toContain("saveDraft");
    await click(user, "new-dossier");
    expect(await screen.findByTestId("field-last_name")).toHaveProperty("value", "");
    expect(screen.queryByTestId("kept-draft")).toBeNull();
  });

  it("keeps what is typed again once a launch was refused, and forgets it when the same form is sent again", async () => {
    const { user, backend, calls } = open({}, "/new", (fake) => fake.control.fail("launchDossier", "unreachable", { dossier_id: "00000000-0000-7000-8000-000000000015" }));
    await fill(user);
    await click(user, "launch");
    await screen.findByTestId("error");
    // After the refusal, or before the launch where the typing took longer than a second.
    await waitFor(() => expect(calls("saveDraft")).not.toEqual([]), { timeout: 3_000 });
    backend.control.fail("launchDossier", null);
    await click(user, "launch");
    await waitFor(() => expect(calls("sendAgain")).toHaveLength(1));
    await waitFor(() => expect(since("sendAgain", backend)).toContain("dropDraft"));
  });

  it("keeps nothing of a form that nobody typed into", async () => {
    const { calls } = open({}, "/new");
    await screen.findByTestId("field-last_name");
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(calls("saveDraft")).toEqual([]);
    expect(calls("dropDraft")).toEqual([]);
  });

  it("goes on with what was typed before a restart, says so, and empties it on a word", async () => {
    const { user, calls } = open({ draft: true }, "/new");
    const line = await screen.findByTestId("kept-draft");
    expect(line.textContent).toMatch(/Saisie du .* reprise/);
    expect(screen.getByTestId("field-last_name")).toHaveProperty("value", "NUÑEZ");
    expect(screen.getByTestId("launch").textContent).toContain("QR");
    await click(user, "empty-form");
    expect(screen.getByTestId("field-last_name")).toHaveProperty("value", "");
    expect(screen.queryByTestId("kept-draft")).toBeNull();
    expect(calls("dropDraft")).toHaveLength(1);
  });
});
