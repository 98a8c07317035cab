import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { FakeBackend } from "../../../backend/fake";
import type { KnownStatus } from "../../../backend/generated/KnownStatus";
import { click, dossierId, open } from "../../../test/desk";

/** NEW, its link not used yet. */
const NEW = `/dossiers/${dossierId(3)}`;

/** From now on it comes to that end just before it is interrupted. */
function endsBefore(backend: FakeBackend, status: KnownStatus): void {
  backend.control.fail("interruptDossier", "already_finished");
  const interrupt = backend.interruptDossier.bind(backend);
  backend.interruptDossier = (...asked) => {
    backend.control.finish(dossierId(3), status);
    return interrupt(...asked);
  };
}

describe("the customer's link", () => {
  it("is opened here at one press, and again without a question", async () => {
    const { user, calls } = open({}, NEW);
    await click(user, "open-link");
    await waitFor(() => expect(screen.getByTestId("open-link").textContent).toContain("Rouvrir"));
    await click(user, "open-link");
    await waitFor(() => expect(calls("openLink")).toHaveLength(2));
    expect(screen.queryByRole("alertdialog")).toBeNull();
  });

  it("asks before a second device, and goes on only with the person's word", async () => {
    const { user, calls } = open({}, NEW);
    await click(user, "open-link");
    await screen.findByText(/Ouvert ici le/);
    await click(user, "show-qr");
    expect((await screen.findByRole("alertdialog")).textContent).toContain("suffire à faire refuser le dossier (KO)");
    expect(screen.queryByTestId("qr")).toBeNull();
    await click(user, "cancel");
    expect(calls("showLink").map(([, form]) => form)).toMatchObject([{ confirmed: false }]);
    await click(user, "show-qr");
    await click(user, "confirm");
    await screen.findByTestId("qr");
    expect(calls("showLink").at(-1)?.[1]).toMatchObject({ confirmed: true });
  });

  it("is shown as a picture with words for who cannot see it, and hidden again", async () => {
    const { user } = open({}, NEW);
    await click(user, "show-qr");
    expect((await screen.findByTestId("qr")).getAttribute("alt")).toContain("QR code du lien du client");
    await click(user, "hide-qr");
    await waitFor(() => expect(screen.queryByTestId("qr")).toBeNull());
    expect(screen.getByTestId("link-uses").textContent).toContain("Montré en QR code");
  });

  it("says that the customer's screen shows it, and closes that screen", async () => {
    const { user, calls } = open({}, NEW);
    await click(user, "open-customer-screen");
    const said = await screen.findByTestId("customer-screen-shown");
    expect(calls("showLink")[0]?.[1]).toMatchObject({ to_customer: true, confirmed: false });
    await user.click(within(said).getByTestId("close-customer-screen"));
    await waitFor(() => expect(screen.queryByTestId("customer-screen-shown")).toBeNull());
    expect(screen.getByTestId("qr")).toBeTruthy();
    // Its button went with the screen.
    await waitFor(() => expect(document.activeElement?.tagName).toBe("H1"));
  });

  it("says for how long a copy stays", async () => {
    const { user, calls } = open({}, NEW);
    await click(user, "copy-sms");
    expect(await screen.findByText(/vidé dans 30 s/)).toBeTruthy();
    expect(calls("copyLink")[0]?.[1]).toEqual({ text: "sms", lang: "fr", confirmed: false });
    expect(screen.getByTestId("link-uses").textContent).toContain("Copié le");
  });

  it("says anew that it was copied when it is copied once more", async () => {
    const { user } = open({}, NEW);
    await click(user, "copy-sms");
    const first = await screen.findByText(/vidé dans 30 s/);
    await click(user, "copy-sms");
    await waitFor(() => expect(first.isConnected).toBe(false));
    expect(screen.getByText(/vidé dans 30 s/)).toBeTruthy();
  });

  it.each([
    ["hideLink", "show-qr", "hide-qr"],
    ["closeCustomerScreen", "open-customer-screen", "close-customer-screen"],
  ] as const)("says so when %s fails and its picture is still shown", async (method, show, end) => {
    const { user } = open({ failing: { [method]: "internal" } }, NEW);
    await click(user, show);
    await click(user, end);
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("internal");
    expect(screen.getByTestId("qr")).toBeTruthy();
  });

  it("says what to do where no mail program answers", async () => {
    const { user } = open({ failing: { mailLink: "mail_did_not_open" } }, NEW);
    await click(user, "mail-link");
    expect((await screen.findByTestId("error")).textContent).toContain("Copiez le texte ou le lien");
  });

  it("is gone with the verdict, its picture too", async () => {
    const { user, backend } = open({}, NEW);
    await click(user, "show-qr");
    await screen.findByTestId("qr");
    backend.control.finish(dossierId(3), "OK");
    await waitFor(() => expect(screen.queryByTestId("link-panel")).toBeNull());
    expect(screen.queryByTestId("qr")).toBeNull();
  });

  it("stops the dossier before the same person's data begin another, and only with the person's word", async () => {
    const { user, calls, history } = open({}, NEW);
    await click(user, "redo");
    expect((await screen.findByRole("alertdialog")).textContent).toContain("d’abord interrompu chez ID360");
    expect(calls("interruptDossier")).toEqual([]);
    await click(user, "confirm");
    await waitFor(() => expect(history.location.pathname).toBe("/new"));
    expect(calls("interruptDossier")).toHaveLength(1);
    expect(await screen.findByTestId("field-last_name")).not.toHaveProperty("value", "");
  });

  it("is asked about the form that was begun before anything is stopped", async () => {
    const { user, calls, history } = open({}, "/new");
    await user.type(await screen.findByTestId("field-last_name"), "Begun");
    act(() => history.push(NEW));
    await click(user, "redo");
    expect((await screen.findByRole("alertdialog")).textContent).toContain("Remplacer le dossier commencé");
    await click(user, "cancel");
    expect(screen.queryByRole("alertdialog")).toBeNull();
    await click(user, "redo");
    await screen.findByText(/Remplacer le dossier commencé/);
    await click(user, "confirm");
    await screen.findByText(/d’abord interrompu chez ID360/);
    expect(calls("interruptDossier")).toEqual([]);
    await click(user, "confirm");
    await waitFor(() => expect(history.location.pathname).toBe("/new"));
    expect(calls("interruptDossier")).toHaveLength(1);
    expect(await screen.findByTestId("field-last_name")).not.toHaveProperty("value", "Begun");
  });

  it("is begun again from the palette", async () => {
    const { user } = open({}, NEW);
    await screen.findByTestId("redo");
    await user.keyboard("{Control>}k{/Control}");
    await screen.findAllByTestId("palette-line");
    await user.keyboard("refaire{Enter}");
    expect((await screen.findByRole("alertdialog")).textContent).toContain("refaire");
  });

  it("is confirmed by the main button's key, and by that key only while it is asked", async () => {
    const { user, calls } = open({}, `/dossiers/${dossierId(2)}`);
    await screen.findByTestId("redo");
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(calls("interruptDossier")).toHaveLength(0);
    await click(user, "redo");
    await screen.findByRole("alertdialog");
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(calls("interruptDossier")).toHaveLength(1));
  });

  it("begins another one when the dossier ended by itself meanwhile, and stays when it cannot be stopped", async () => {
    const { user, backend, history } = open({}, NEW);
    backend.control.fail("interruptDossier", "unreachable");
    await click(user, "redo");
    await click(user, "confirm");
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("unreachable");
    expect(history.location.pathname).toBe(NEW);
    endsBefore(backend, "CANCELED");
    await click(user, "redo");
    await click(user, "confirm");
    await waitFor(() => expect(history.location.pathname).toBe("/new"));
  });

  it("begins none for a customer whom ID360 let pass just before it was to be stopped", async () => {
    const { user, backend, calls, history } = open({}, NEW);
    await click(user, "redo");
    endsBefore(backend, "OK");
    await click(user, "confirm");
    await waitFor(() => expect(screen.getByTestId("dossier-status").dataset["status"]).toBe("OK"));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(history.location.pathname).toBe(NEW);
    expect(calls("getLaunchForm")).toEqual([]);
  });

  it("leaves alone the form that is being filled in for somebody else by the time it is stopped", async () => {
    let stop: () => void = () => undefined;
    const { user, calls, history } = open({}, NEW, (backend) => {
      const interrupt = backend.interruptDossier.bind(backend);
      backend.interruptDossier = async (...asked) => {
        await new Promise<void>((resolve) => (stop = resolve));
        return interrupt(...asked);
      };
    });
    await click(user, "redo");
    await click(user, "confirm");
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    act(() => history.push("/new"));
    await user.type(await screen.findByTestId("field-last_name"), "AUTRE");
    stop();
    await waitFor(() => expect(calls("interruptDossier")).toHaveLength(1));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(screen.getByTestId("field-last_name")).toHaveProperty("value", "AUTRE");
  });

  it("says how long it still opens, and that it does no more, where the process's policy is known", async () => {
    const { backend } = open({}, NEW);
    await screen.findByTestId("link-panel");
    expect(screen.queryByTestId("link-left")).toBeNull();
    const until = (minutes: number) => act(() => backend.control.edit(dossierId(3), (view) => ({ ...view, link_until: new Date(Date.now() + minutes * 60_000).toISOString() })));
    until(22);
    expect((await screen.findByTestId("link-left")).textContent).toMatch(/encore 22\smin/);
    until(-1);
    await waitFor(() => expect(screen.getByTestId("link-left").textContent).toContain("refaites un dossier"));
  });

  it("tells the step that the customer is at, and does not guess whether the pieces were sent", async () => {
    const { backend } = open({}, `/dossiers/${dossierId(2)}`);
    const panel = await screen.findByTestId("link-panel");
    expect(panel.querySelector("[aria-current=step]")?.textContent).toBe("Commencé");
    expect(screen.getByTestId("way-sent").textContent).toContain("dit avec le verdict");
    act(() => backend.control.edit(dossierId(2), (view) => ({ ...view, returned_at: new Date().toISOString() })));
    await waitFor(() => expect(panel.querySelector("[aria-current=step]")?.textContent).toBe("Pièces envoyées"));
    expect(screen.getByTestId("coaching").textContent).toContain("vous pouvez fermer cet écran");
  });

  it("advises by where the customer is", async () => {
    const { user } = open({}, NEW);
    const coaching = await screen.findByTestId("coaching");
    expect(coaching.textContent).toContain("ouvrez les pages ici");
    await click(user, "show-qr");
    await waitFor(() => expect(screen.getByTestId("coaching").textContent).toContain("garde le même téléphone"));
  });

  it("counts down to the next reading by itself, and says when there is none to come", async () => {
    const { backend, calls } = open({}, NEW);
    const look = await screen.findByTestId("next-look");
    expect(look.textContent).toMatch(/^Prochaine lecture dans \d s$/);
    const before = calls("getDossier").length;
    const plan = (at: number) => act(() => backend.control.plan(dossierId(3), { state: "planned", at: new Date(Date.now() + at).toISOString() }));
    plan(-1);
    await waitFor(() => expect(look.textContent).toBe("Lecture en cours…"));
    plan(3_600_000);
    await waitFor(() => expect(look.textContent).toMatch(/^Prochaine lecture dans \d+\smin|1\sh/));
    act(() => backend.control.plan(dossierId(3), { state: "paused" }));
    await waitFor(() => expect(look.textContent).toContain("en pause"));
    expect(calls("getDossier")).toHaveLength(before);
    backend.control.finish(dossierId(3), "OK");
    await waitFor(() => expect(screen.queryByTestId("next-look")).toBeNull());
  });

  it("says when this computer will not hear the browser come back, for a dossier that is done here", async () => {
    const { backend } = open({}, NEW);
    await screen.findByTestId("link-panel");
    expect(screen.queryByTestId("return-not-heard")).toBeNull();
    act(() => backend.control.edit(dossierId(3), (view) => ({ ...view, return_heard: false })));
    expect((await screen.findByTestId("return-not-heard")).textContent).toContain("lu à intervalles");
    act(() => backend.control.edit(dossierId(3), (view) => ({ ...view, mode: "phone" })));
    await waitFor(() => expect(screen.queryByTestId("return-not-heard")).toBeNull());
  });

  it("tells Rust while it is looked at, and when the window or the dossier is left", async () => {
    const { history, calls } = open({}, NEW);
    await screen.findByTestId("link-panel");
    const told = () => calls("watchDossier").map(([, watching]) => watching);
    act(() => void window.dispatchEvent(new Event("focus")));
    expect(told().at(-1)).toBe(true);
    act(() => void window.dispatchEvent(new Event("blur")));
    expect(told().at(-1)).toBe(false);
    act(() => void window.dispatchEvent(new Event("focus")));
    act(() => { history.push("/dossiers"); });
    await waitFor(() => expect(told().at(-1)).toBe(false));
  });

  it("says that no browser opened only until the link was opened here", async () => {
    const { user } = open({}, `${NEW}?warning=browser`);
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("browser_did_not_open");
    await click(user, "open-link");
    await screen.findByText(/Ouvert ici le/);
    expect(screen.queryByTestId("error")).toBeNull();
  });

  it("says that no browser opened when a prepared dossier was sent again", async () => {
    const { user } = open({}, `/dossiers/${dossierId(15)}`, (backend) => {
      const send = backend.sendAgain.bind(backend);
      backend.sendAgain = async (...asked) => ({ ...(await send(...asked)), link_opened: false });
    });
    await click(user, "send-again");
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("browser_did_not_open");
  });

  it("opens in the desk's own window where the process says so, says what that window lacks, and leaves the browser as a way out", async () => {
    const { user, calls, backend } = open({}, NEW);
    await screen.findByTestId("link-panel");
    expect(screen.queryByTestId("open-in-browser")).toBeNull();
    act(() => backend.control.edit(dossierId(3), (view) => ({ ...view, enrollment_pages: "window" })));
    await click(user, "open-link");
    expect((await screen.findByTestId("enrollment-window")).textContent).toContain("Aucune caméra ici");
    await click(user, "open-in-browser");
    await waitFor(() => expect(calls("openLink").map(([, , pages]) => pages)).toEqual([null, "browser"]));
    act(() => backend.control.edit(dossierId(3), (view) => ({ ...view, enrollment_window: { camera: true } })));
    await waitFor(() => expect(screen.getByTestId("enrollment-window").textContent).not.toContain("caméra"));
  });
});
