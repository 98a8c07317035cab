import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { FakeBackend } from "../../../backend/fake";
import type { ExplanationView } from "../../../backend/generated/ExplanationView";
import type { FindingView } from "../../../backend/generated/FindingView";
import type { ReportView } from "../../../backend/generated/ReportView";
import { FIRST_NAME_DIFFERS } from "../../../backend/fake/comparison";
import { statusView } from "../../../backend/fake/dossiers";
import { dossierId, open } from "../../../test/desk";

const KO = 0;
const OK = 1;
const why = (index: number) => `/dossiers/${dossierId(index)}?tab=why`;

function edit(backend: FakeBackend, index: number, change: (report: ReportView) => Partial<ReportView>): void {
  act(() => backend.control.edit(dossierId(index), (view) => ({ ...view, report: view.report && { ...view.report, ...change(view.report) } })));
}

const explained = (report: ReportView, change: Partial<ExplanationView>) => ({ explanation: { ...report.explanation, ...change } });

/** The KO dossier with that one cause. */
async function one(change: Partial<FindingView>) {
  const desk = open({}, why(KO));
  await screen.findByTestId("say");
  edit(desk.backend, KO, (report) => {
    const [first] = report.explanation.findings;
    if (!first) throw new Error("the fake has causes");
    return explained(report, { findings: [{ ...first, expired_on: null, document_type: null, rule: null, compared: null, ...change }] });
  });
  await waitFor(() => expect(screen.getAllByTestId("finding")).toHaveLength(1));
  return { ...desk, finding: screen.getByTestId("finding") };
}

/** What is seen without opening anything. */
const visible = (finding: HTMLElement) => Array.from(finding.querySelectorAll(".finding-body > p"), ({ textContent }) => textContent).join("\n");

const SIGN: ExplanationView["unexplained"] = [{ json_path: "$.device_report.is_single_device", value: "false", count: 1 }];

describe("«Pourquoi» of a dossier that is not KO", () => {
  it("never says «non conforme» of a report that passed, or of one that has no verdict", async () => {
    const { backend } = open({}, why(OK));
    await screen.findByTestId("tab-summary");
    for (const [known, word] of [["OK", "Conforme"], ["FAILED", "Incident ID360"], ["STARTED", "Commencé"]] as const) {
      edit(backend, OK, (report) => ({ status: statusView(known), ...explained(report, { unexplained: SIGN }) }));
      await screen.findByTestId("why-unexplained");
      await waitFor(() => expect(screen.getByText(/ne nomme aucune cause/).textContent).toContain(`son statut est «\u202f${word}\u202f»`));
      expect(screen.queryByText(/sans motif lisible/)).toBeNull();
      expect(screen.queryByTestId("next-steps")).toBeNull();
    }
  });

  it("asks nothing of the customer or of the desk for what ID360 let pass", async () => {
    const { backend } = open({}, why(OK));
    await screen.findByTestId("tab-summary");
    const [, differs] = (await backend.getDossier(dossierId(KO))).report?.explanation.findings ?? [];
    if (!differs) throw new Error("the fake has causes");
    edit(backend, OK, (report) => explained(report, { findings: [{ ...differs, saying: null, next: null }] }));
    expect(await screen.findByText(/en dépit de ces écarts/)).toBeTruthy();
    expect(screen.getByText("Rien de particulier à lui dire.")).toBeTruthy();
    expect(screen.getByText("Rien à faire.")).toBeTruthy();
    expect(screen.queryByTestId("why-again")).toBeNull();
    expect(screen.getByTestId("why-decide")).toBeTruthy();
  });
});

describe("a cause", () => {
  it("of an error that ID360 does not name shows its own words and the place at once", async () => {
    const { finding } = await one({ code: "UNKNOWN_ERROR", statement: "unspecified", message: "Unable to read the MRZ", where_: "id_document" });
    expect(visible(finding)).toContain("Cause non documentée\u202f: UNKNOWN_ERROR, Unable to read the MRZ, Pièce d’identité.");
  });

  it.each(["rule_failed", "check_failed", "step_failed", "rules_not_met"] as const)("that is only «%s» shows ID360's words at once", async (statement) => {
    const { finding } = await one({ code: "AGENCE.7", statement, message: "The counter is closed.", where_: "validation" });
    expect(visible(finding)).toContain("«\u202fThe counter is closed\u202f»");
    expect(visible(finding)).toContain("Contrôles de cohérence");
  });

  it("that is only a failed check without a word still shows the place", async () => {
    const { finding } = await one({ code: "KO", statement: "check_failed", message: null, where_: "validation" });
    expect(visible(finding)).toContain("Endroit\u202f: Contrôles de cohérence.");
  });

  it("that our sentence tells does not repeat ID360's words", async () => {
    const { finding } = await one({ statement: "liveness_missed", message: "liveness challenge not met" });
    expect(visible(finding)).not.toContain("liveness challenge not met");
  });

  it("of an expired document shows which, and since when, at once", async () => {
    const { finding } = await one({ statement: "document_expired", expired_on: "2026-02-03", document_type: "ID" });
    expect(visible(finding)).toContain("Carte d’identité, expirée le 03/02/2026");
  });

  it.each([
    ["P", "Passeport, expiré le 03/02/2026"],
    ["XX", "Pièce d’identité, expirée le 03/02/2026"],
    [null, "Pièce d’identité, expirée le 03/02/2026"],
  ])("of an expired document of the kind %s names it as far as that is known", async (document_type, expected) => {
    const { finding } = await one({ statement: "document_expired", expired_on: "2026-02-03", document_type });
    expect(visible(finding)).toContain(expected);
  });

  it("of a name that differs shows both at once, letter over letter, and what alone changes", async () => {
    const { finding } = await one({ statement: "first_name_differs", compared: FIRST_NAME_DIFFERS });
    const compared = within(finding).getByTestId("finding-compared");
    expect(within(compared).getByText("JEAN-MARC", { selector: ".visually-hidden" })).toBeTruthy();
    expect(within(compared).getByText("Jéan Marc", { selector: ".visually-hidden" })).toBeTruthy();
    expect(Array.from(compared.querySelectorAll(".letter-writing"), ({ textContent }) => textContent).join("")).toBe("EAN-ARCéan arc");
    expect(compared.textContent).toContain("Seul change\u202f: les accents, les majuscules, les tirets.");
  });

  it("of two values that are not the same text does not say that only the writing changes", async () => {
    const { finding } = await one({ statement: "values_differ", compared: { ...FIRST_NAME_DIFFERS, declared: "Odile", agreement: "differs", writing: [], columns: [] } });
    const compared = within(finding).getByTestId("finding-compared");
    expect(compared.textContent).toContain("Odile");
    expect(compared.textContent).not.toContain("Seul change");
  });

  it("in a document of an electronic process names that document in words", async () => {
    const { finding } = await one({ statement: "document_set_aside", where_: "ar24_in_back" });
    expect(visible(finding)).toContain("«\u202fPièce d’identité, verso\u202f»");
  });

  it.each(["copy_for_support", "start_again"] as const)("with the step «%s» can be copied for support", async (next) => {
    const { finding, user } = await one({ code: "UNKNOWN_ERROR", statement: "unspecified", next, message: "Unable to read the MRZ", where_: "id_document", json_path: "$.all_status_codes[0]" });
    await user.click(within(finding).getByRole("button", { name: "Copier pour le support" }));
    expect(await navigator.clipboard.readText()).toBe("UNKNOWN_ERROR\nid_document\nUnable to read the MRZ\n$.all_status_codes[0]");
  });
});

describe("what to do next", () => {
  it("has the copy that a step asks for beside it", async () => {
    const { user } = open({}, why(KO));
    const steps = await screen.findByTestId("next-steps");
    await user.click(within(steps).getByRole("button", { name: "Copier pour le support" }));
    const copied = await navigator.clipboard.readText();
    expect(copied).toContain("XYZ_NEW_CODE\nID360\nSome new wording\n$.all_status_codes[1]");
    expect(copied).toContain("VLD_ID_INVALID");
  });

  it("about a KO without a cause: the report to copy, a decision, a new dossier, and a neutral sentence", async () => {
    const { backend, user } = open({}, why(KO));
    await screen.findByTestId("next-steps");
    // As Rust decides it for such a report.
    edit(backend, KO, (report) => explained(report, { findings: [], sayings: ["other_way"], next_steps: ["copy_for_support"] }));
    expect(await screen.findByText(/sans motif lisible/)).toBeTruthy();
    expect(screen.getByTestId("say").textContent).toContain("Nous allons procéder autrement");
    expect(screen.getByTestId("why-again")).toBeTruthy();
    expect(screen.getByTestId("why-decide")).toBeTruthy();
    await user.click(within(screen.getByTestId("next-steps")).getByRole("button", { name: "Copier le rapport, secrets masqués" }));
    expect(JSON.parse(await navigator.clipboard.readText())).toMatchObject({ status: "KO" });
  });
});
