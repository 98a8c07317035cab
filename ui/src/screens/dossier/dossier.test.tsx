import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { DossierView } from "../../backend/generated/DossierView";
import { click, dossierId, open } from "../../test/desk";

const KO = `/dossiers/${dossierId(0)}`;
const OK = `/dossiers/${dossierId(1)}`;
const STARTED = `/dossiers/${dossierId(2)}`;
const UNKNOWN = `/dossiers/${dossierId(5)}`;

describe("a dossier", () => {
  it("opens on «Pourquoi» when it is KO, most decisive cause first", async () => {
    open({}, KO);
    expect((await screen.findByTestId("tab-why")).getAttribute("aria-selected")).toBe("true");
    const [first, second] = screen.getAllByTestId("finding");
    expect(first?.textContent).toContain("La pièce d’identité est périmée");
    expect(second?.textContent).toContain("Le prénom saisi diffère");
  });

  it("tells level and method before its other facts, as a reviewer has to record them", async () => {
    const { container } = open({}, KO);
    await screen.findByTestId("say");
    const terms = Array.from(container.querySelectorAll(".facts dt"), ({ textContent }) => textContent);
    expect(terms.slice(0, 3)).toEqual(["Niveau", "Méthode", "Parcours"]);
  });

  it("keeps what compliance reads apart from what the customer may hear", async () => {
    open({}, KO);
    const say = await screen.findByTestId("say");
    expect(say.textContent).toContain("Avez-vous un passeport");
    expect(say.textContent).not.toMatch(/score|seuil|règle|VLD_|KO/);
  });

  it("shows an undocumented code verbatim, with ID360's words and the path", async () => {
    const { user } = open({}, KO);
    await screen.findByTestId("say");
    const finding = screen.getAllByTestId("finding").find(({ dataset }) => dataset["code"] === "XYZ_NEW_CODE") as HTMLElement;
    expect(finding.textContent).toContain("n’est pas documenté");
    await user.click(within(finding).getByRole("button", { name: /D’où vient/ }));
    expect(within(finding).getByText("Some new wording")).toBeTruthy();
    expect(within(finding).getByText("$.all_status_codes[1]")).toBeTruthy();
  });

  it("lists the values, every place and the rule of a cause", async () => {
    const { user } = open({}, KO);
    await screen.findByTestId("say");
    const [expired] = screen.getAllByTestId("finding") as [HTMLElement];
    await user.click(within(expired).getByRole("button", { name: /D’où vient/ }));
    for (const part of ["IDENTITY_DOCUMENT.expired", "expiration_date: 2023-03-10", "$.documents.identity[0].status"]) expect(expired.textContent).toContain(part);
  });

  it("copies the customer's sentence alone", async () => {
    const { user } = open({}, KO);
    const say = await screen.findByTestId("say");
    const [copy] = within(say).getAllByRole("button", { name: "Copier la phrase" }) as [HTMLElement];
    await user.click(copy);
    expect(await navigator.clipboard.readText()).toBe("Votre pièce n’est plus valable. Avez-vous un passeport ou une autre pièce\u202f?");
  });

  it("says what to do next, most decisive first, and leads to a new dossier", async () => {
    const { user, history } = open({}, KO);
    const steps = await screen.findByTestId("next-steps");
    expect(steps.textContent).toMatch(/autre pièce.*Comparez.*photos.*support/);
    await click(user, "why-again");
    await waitFor(() => expect(history.location.pathname).toBe("/new"));
  });

  it("asks before the form that was begun for somebody else is written over", async () => {
    const { user, history, calls } = open({}, "/new");
    await user.type(await screen.findByLabelText(/^Nom/), "Begun");
    act(() => history.push(KO));
    await click(user, "why-again");
    expect(await screen.findByRole("alertdialog")).toBeTruthy();
    await click(user, "cancel");
    expect(history.location.pathname).toBe(KO);
    expect(calls("getLaunchForm")).toEqual([]);
    await click(user, "why-again");
    await click(user, "confirm");
    await waitFor(() => expect(history.location.pathname).toBe("/new"));
    expect((await screen.findByLabelText<HTMLInputElement>(/^Nom/)).value).not.toBe("Begun");
  });

  it("asks before a form that was begun before a restart is written over, though nobody has opened it since", async () => {
    const { user, history, calls } = open({ draft: true }, KO);
    await click(user, "why-again");
    expect((await screen.findByRole("alertdialog")).textContent).toContain("Remplacer le dossier commencé");
    expect(calls("getLaunchForm")).toEqual([]);
    await click(user, "cancel");
    act(() => history.push("/new"));
    expect(await screen.findByTestId("field-last_name")).toHaveProperty("value", "NUÑEZ");
  });

  it.each([
    ["interrupted", 10, "DISCONTINUED"],
    ["whose time ran out", 7, "CANCELED"],
  ])("%s is done again with the same data", async (_how, index, status) => {
    const { user, history } = open({}, `/dossiers/${dossierId(index)}`);
    expect((await screen.findByTestId("dossier-status")).dataset["status"]).toBe(status);
    await click(user, "again");
    await waitFor(() => expect(history.location.pathname).toBe("/new"));
    expect(await screen.findByTestId("field-reference")).toHaveProperty("value", `REF-${1000 + index}-2`);
  });

  it("that ID360 let pass, that goes on, or whose form is not known, is not done again", async () => {
    const { backend, history } = open({}, OK);
    await screen.findByTestId("dossier-status");
    expect(screen.queryByTestId("again")).toBeNull();
    act(() => history.push(STARTED));
    await screen.findByTestId("redo");
    expect(screen.queryByTestId("again")).toBeNull();
    act(() => history.push(KO));
    await screen.findByTestId("again");
    act(() => backend.control.edit(dossierId(0), (view) => ({ ...view, mode: null })));
    await waitFor(() => expect(screen.queryByTestId("again")).toBeNull());
  });

  it("says why the desk could not read it, and reads it on a word", async () => {
    const { user, backend, calls } = open({}, STARTED);
    await screen.findByTestId("refresh");
    expect(screen.queryByTestId("dossier-trouble")).toBeNull();
    act(() => backend.control.edit(dossierId(2), (view) => ({ ...view, row: { ...view.row, trouble: "provider_incident" } })));
    const trouble = await screen.findByTestId("dossier-trouble");
    expect(trouble.textContent).toContain("ID360 rencontre un incident");
    await user.click(within(trouble).getByRole("button", { name: "Actualiser" }));
    await waitFor(() => expect(calls("refreshDossier")).toEqual([[dossierId(2)]]));
  });

  it("leaves the focus on the button whose act goes on, and gives it to the title when the button is gone", async () => {
    const { user } = open({ delay: 150 }, STARTED);
    const refresh = await screen.findByTestId("refresh");
    await user.click(refresh);
    expect(refresh.getAttribute("aria-disabled")).toBe("true");
    expect(refresh.hasAttribute("disabled")).toBe(false);
    expect(document.activeElement).toBe(refresh);
    await click(user, "interrupt");
    await click(user, "confirm");
    await waitFor(() => expect(screen.queryByTestId("interrupt")).toBeNull());
    await waitFor(() => expect(document.activeElement?.tagName).toBe("H1"));
  });

  it("does not propose a new dossier where Rust says that compliance must look first", async () => {
    const { backend } = open({}, KO);
    await screen.findByTestId("next-steps");
    act(() =>
      backend.control.edit(dossierId(0), (view) => ({ ...view, acts: { ...view.acts, again: false }, report: view.report && { ...view.report, explanation: { ...view.report.explanation, sayings: ["other_way"], next_steps: ["alert_compliance"] } } })),
    );
    await waitFor(() => expect(screen.getByTestId("next-steps").textContent).toContain("prévenez d’abord la conformité"));
    expect(screen.queryByTestId("why-again")).toBeNull();
    expect(screen.queryByTestId("again")).toBeNull();
  });

  it("lists what passed, what nobody explains and what nobody knows, apart from the causes", async () => {
    const { user } = open({}, KO);
    for (const [id, part] of [
      ["why-passed", "IDENTITY_DOCUMENT.mrz"],
      ["why-unexplained", "$.device_report.checks[0].is_single_device"],
      ["why-unknown", "$.device_report"],
      ["why-previous", "$.previous_reports.validator_report.validations[0]"],
    ] as const) {
      const part_of = await screen.findByTestId(id);
      await user.click(within(part_of).getByRole("button"));
      expect(part_of.textContent).toContain(part);
    }
  });

  it("says so when a KO names no cause", async () => {
    const { backend } = open({}, KO);
    await screen.findByTestId("next-steps");
    act(() =>
      backend.control.edit(dossierId(0), (view) => ({ ...view, report: view.report && { ...view.report, explanation: { ...view.report.explanation, findings: [], sayings: [], next_steps: [] } } })),
    );
    expect(await screen.findByText(/sans motif lisible/)).toBeTruthy();
  });

  it("sets what was typed over what was read, letter by letter, and says what only changes in writing", async () => {
    open({}, `${KO}?tab=comparison`);
    const rows = await screen.findAllByTestId("compared");
    expect(rows.map(({ dataset }) => dataset["agreement"])).toEqual(["same", "writing", "differs", "differs", "not_read", "differs"]);
    expect(rows[1]?.textContent).toContain("Seul change\u202f: les accents, les majuscules, les tirets.");
    const letters = Array.from(rows[2]?.querySelectorAll(".letters") ?? [], (line) => line.children.length);
    expect(letters).toEqual([13, 13]);
    expect(screen.getByTestId("mrz-checks").textContent).toContain("Clé générale fausse");
  });

  it("names both documents that ID360 compared, and says of none of them that it was typed or sent", async () => {
    open({}, `${KO}?tab=comparison`);
    const terms = (row: HTMLElement | undefined) => Array.from(row?.querySelectorAll("dt") ?? [], ({ textContent }) => textContent);
    const rows = await screen.findAllByTestId("compared");
    expect(terms(rows[3])).toEqual(["Saisi", "Lu"]);
    expect(rows[3]?.textContent).toContain("envoyé à ID360");
    expect(terms(rows[5])).toEqual(["Bulletin de paie", "Pièce d’identité"]);
    expect(rows[5]?.textContent).not.toContain("envoyé à ID360");
  });

  it("has no «Pourquoi» when it is OK", async () => {
    open({}, OK);
    await screen.findByTestId("tab-summary");
    expect(screen.queryByTestId("tab-why")).toBeNull();
  });

  it("moves to the verdict by itself when the customer ends", async () => {
    const { backend } = open({}, STARTED);
    await screen.findByText(/Pas encore de verdict/);
    act(() => void backend.control.finish(dossierId(2), "KO"));
    await waitFor(() => expect(screen.getByTestId("dossier-status").dataset["status"]).toBe("KO"));
    expect(screen.getAllByRole("status").some(({ textContent }) => textContent === "REF-1002\u202f: Non conforme")).toBe(true);
    expect(screen.getByTestId("say")).toBeTruthy();
  });

  it("interrupts only after one confirmation that names it", async () => {
    const { user, calls } = open({}, STARTED);
    await click(user, "interrupt");
    const dialog = await screen.findByRole("alertdialog");
    expect(dialog.textContent).toContain("REF-1002");
    expect(calls("interruptDossier")).toEqual([]);
    await click(user, "confirm");
    await waitFor(() => expect(calls("interruptDossier")).toHaveLength(1));
    await waitFor(() => expect(screen.getByTestId("dossier-status").dataset["status"]).toBe("DISCONTINUED"));
  });

  it("leaves everything as it is when the interruption is cancelled", async () => {
    const { user, calls } = open({}, STARTED);
    await click(user, "interrupt");
    await click(user, "cancel");
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    expect(calls("interruptDossier")).toEqual([]);
  });

  it("warns before reading a temporary report", async () => {
    const { user, calls } = open({}, `/dossiers/${dossierId(3)}`);
    await click(user, "read-draft");
    expect((await screen.findByRole("alertdialog")).textContent).toContain("ralentir ou bloquer le client");
    expect(calls("readDraftReport")).toEqual([]);
    await click(user, "confirm");
    await waitFor(() => expect(calls("readDraftReport")).toHaveLength(1));
  });

  it("shows an error of an act until it is dismissed", async () => {
    const { user } = open({ failing: { refreshDossier: "provider_incident" } }, STARTED);
    await click(user, "refresh");
    const error = await screen.findByTestId("error");
    expect(error.dataset["code"]).toBe("provider_incident");
    await user.click(within(error).getByRole("button", { name: /Détail technique/ }));
    expect(error.textContent).toContain("01JD-3F9K-TRACE");
    await user.click(within(error).getByRole("button", { name: "Fermer" }));
    expect(screen.queryByTestId("error")).toBeNull();
  });
});

describe("a dossier whose outcome is unknown", () => {
  it("says not to start again and what to look for", async () => {
    open({}, UNKNOWN);
    const panel = await screen.findByTestId("unknown-outcome");
    expect(panel.textContent).toContain("Ne recommencez pas tout de suite");
    expect(panel.textContent).toContain("desk-000005-REF-1005");
    expect(screen.queryByTestId("send-again")).toBeNull();
  });

  it("is closed only after a confirmed check in the console", async () => {
    const { user, calls } = open({}, UNKNOWN);
    await click(user, "unknown-not-there");
    expect(calls("settleUnknown")).toEqual([]);
    await click(user, "confirm");
    await waitFor(() => expect(calls("settleUnknown")[0]?.slice(1)).toEqual([dossierId(5), { how: "does_not_exist" }]));
    await waitFor(() => expect(screen.getByTestId("dossier-status").dataset["status"]).toBe("closed"));
    expect(screen.getByTestId("again")).toBeTruthy();
    // The question went with its answer.
    await waitFor(() => expect(document.activeElement?.tagName).toBe("H1"));
  });

  it("is attached to the number found, digits only", async () => {
    const { user, calls } = open({}, UNKNOWN);
    const number = await screen.findByTestId("unknown-number");
    await user.type(number, "REF");
    await click(user, "unknown-attach");
    expect(screen.getByText(/ne contient que des chiffres/)).toBeTruthy();
    await user.clear(number);
    await user.type(number, "900777");
    await click(user, "unknown-attach");
    await waitFor(() => expect(calls("settleUnknown")[0]?.slice(1)).toEqual([dossierId(5), { how: "attach", enrollment_id: "900777" }]));
    expect(await screen.findByText("900777")).toBeTruthy();
  });
});

describe("the documents of a dossier", () => {
  const DOCUMENTS = `${OK}?tab=documents`;
  const image = () => screen.findByTestId<HTMLImageElement>("page-image");

  it("are blank until their own picture is there, and named by the dossier inside the picture's area", async () => {
    open({}, DOCUMENTS);
    const first = await image();
    expect(first.dataset["state"]).toBe("loading");
    expect(screen.getByTestId("page-caption").textContent).toBe("REF-1001 · Pièce d’identité · Recto");
    fireEvent.load(first);
    await waitFor(() => expect(screen.getByTestId("page-image").dataset["state"]).toBe("shown"));
  });

  it("never keep the former picture when another side is asked", async () => {
    const { user } = open({}, DOCUMENTS);
    const recto = await image();
    fireEvent.load(recto);
    await click(user, "view-verso");
    const verso = await image();
    expect(verso).not.toBe(recto);
    expect(verso.dataset["state"]).toBe("loading");
    expect(screen.getByTestId("page-caption").textContent).toContain("Verso");
  });

  it("say what happened when a page cannot be shown, and try again with another address", async () => {
    const { user } = open({}, DOCUMENTS);
    fireEvent.error(await image());
    expect((await screen.findByTestId("error")).textContent).toContain("L’original n’est pas modifié");
    await click(user, "retry-page");
    expect((await image()).dataset["state"]).toBe("loading");
  });

  it("are saved once, with name, size, SHA-256 and what the report says of them", async () => {
    const { user, calls } = open({}, DOCUMENTS);
    await click(user, "save-all");
    const result = await screen.findByTestId("save-result");
    expect(calls("saveEvidence")).toHaveLength(1);
    expect(within(result).getAllByTestId("saved-file").map(({ dataset }) => dataset["hash"])).toEqual(["agrees", "differs", "not_stated"]);
    expect(result.textContent).toContain("2,5\u00a0Mo");
    expect(result.textContent).toContain("9f86d081884c7d659a2feaa0c55ad015");
    expect(result.textContent).toContain("prévenez la conformité");
  });

  it("leave the focus on the button while they are saved", async () => {
    const { user } = open({ delay: 150 }, DOCUMENTS);
    await click(user, "save-all");
    const button = screen.getByTestId("save-all");
    expect(button.getAttribute("aria-disabled")).toBe("true");
    expect(button.hasAttribute("disabled")).toBe(false);
    await screen.findByTestId("save-result");
    expect(document.activeElement).toBe(button);
  });

  it("say nothing when the person closes the save dialog", async () => {
    const { user, calls } = open({}, DOCUMENTS, (fake) => {
      fake.saveEvidence = (intentId, id, subject) => {
        fake.control.calls.push({ method: "saveEvidence", args: [intentId, id, subject] });
        return Promise.resolve(null);
      };
    });
    await click(user, "save-recto");
    await waitFor(() => expect(calls("saveEvidence")).toHaveLength(1));
    expect(screen.queryByTestId("save-result")).toBeNull();
    expect(screen.queryByTestId("error")).toBeNull();
  });

  it("tell what could not be saved beside what was", async () => {
    const { user } = open({}, DOCUMENTS, (fake) => {
      fake.saveEvidence = () => Promise.resolve({ folder: "Preuves", files: [], failed: [{ document: "id_document_image", page_number: 1, code: "truncated_document" }] });
    });
    await click(user, "save-all");
    const failed = await screen.findByTestId("failed-file");
    expect(failed.textContent).toContain("incomplet");
  });

  it("say of those that failed how many, and never that the others are saved where none is", async () => {
    const { user } = open({}, DOCUMENTS, (fake) => {
      fake.saveEvidence = () => Promise.resolve({ folder: "Preuves", files: [], failed: [{ document: "id_document_image", page_number: 1, code: "truncated_document" }] });
    });
    await click(user, "save-all");
    const result = await screen.findByTestId("save-result");
    expect(result.textContent).toContain("Rien n’a été enregistré. 1 page n’a pas pu être enregistrée.");
    expect(result.textContent).not.toContain("les autres");
  });

  it("are told in the dock, with what the report says of them, when their tab was left while they were saved", async () => {
    const { user } = open({ delay: 300 }, DOCUMENTS);
    await click(user, "save-verso");
    await click(user, "tab-summary");
    const told = await screen.findByTestId("saved-file");
    expect(told.closest("[data-testid=long-act]")?.textContent).toContain("1 fichier enregistré dans");
    expect(told.dataset["hash"]).toBe("differs");
    expect(screen.getByTestId("long-act-said").textContent).toContain("1 fichier enregistré dans");
  });

  it("are told in the dock to have failed when their tab was left while they were saved", async () => {
    const { user } = open({ delay: 300, failing: { saveEvidence: "disk_full" } }, DOCUMENTS);
    await click(user, "save-recto");
    await click(user, "tab-summary");
    await waitFor(() => expect(screen.getByTestId("long-act").dataset["state"]).toBe("failed"));
    expect(screen.getByTestId("long-act-said").textContent).toMatch(/REF-1001, Recto.*Plus assez de place/);
  });

  it("leave nothing in the dock when their result is in view", async () => {
    const { user } = open({}, DOCUMENTS);
    await click(user, "save-all");
    await screen.findByTestId("save-result");
    expect(screen.queryByTestId("long-act")).toBeNull();
  });

  it("say of a document without a back what the report gives, not what the document is", async () => {
    const { backend } = open({}, DOCUMENTS);
    await image();
    const fronts = (view: DossierView) => view.report?.documents.map((one) => ({ ...one, pages: one.pages.filter(({ side }) => side !== "verso") })) ?? [];
    act(() => backend.control.edit(dossierId(1), (view) => ({ ...view, report: view.report && { ...view.report, documents: fronts(view) } })));
    expect(await screen.findByText(/^Le rapport ne donne qu’une face de cette pièce\./)).toBeTruthy();
  });

  it("keep the focus on the page when it is asked for again", async () => {
    const { user } = open({}, DOCUMENTS);
    fireEvent.error(await image());
    await click(user, "retry-page");
    await image();
    expect(document.activeElement?.className).toBe("pane-frame");
  });

  it("keep the disk's reason in view when a save fails", async () => {
    const { user } = open({ failing: { saveEvidence: "disk_full" } }, DOCUMENTS);
    await click(user, "save-idclaim");
    expect((await screen.findByTestId("error")).textContent).toContain("Plus assez de place");
  });
});
