import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { FakeBackend } from "../../backend/fake";
import type { ReportView } from "../../backend/generated/ReportView";
import { dossierId, open } from "../../test/desk";

const OK = 1;
const tab = (name: string) => `/dossiers/${dossierId(OK)}?tab=${name}`;

function edit(backend: FakeBackend, change: Partial<ReportView>): void {
  act(() => backend.control.edit(dossierId(OK), (view) => ({ ...view, report: view.report && { ...view.report, ...change } })));
}

/** What stands behind a term. */
const said = async (term: string) => (await screen.findByText(term, { selector: "dt" })).parentElement?.textContent;

describe("the summary of a report", () => {
  it("has the verdict and the status of the identity, in words and as ID360 writes them", async () => {
    open({}, tab("summary"));
    expect(await said("Verdict")).toBe("VerdictConforme (OK)");
    expect(await said("Identité")).toBe("IdentitéConforme (OK)");
  });

  it("warns where the identity did not pass and the dossier did", async () => {
    const { backend } = open({}, tab("summary"));
    await said("Identité");
    edit(backend, { identity_status: "KO", identity_contradicts: true });
    await waitFor(async () => expect(await said("Identité")).toContain("Non conforme (KO) ne s’accorde pas avec le verdict"));
  });

  it("has both also where the report gives no identity, and a word that nobody knows as it is", async () => {
    const { backend } = open({}, tab("summary"));
    await said("Identité");
    edit(backend, { identity: [], identity_status: "PENDING" });
    await waitFor(async () => expect(await said("Identité")).toBe("IdentitéPENDING"));
    expect(screen.getByText("Le rapport ne donne pas d’identité.")).toBeTruthy();
  });
});

describe("the technical side of a report", () => {
  it("says that ID360 signed it and that nobody here verified that, only where it is signed", async () => {
    const { backend } = open({}, tab("technical"));
    await screen.findByTestId("masked-json");
    expect(screen.queryByTestId("report-signature")).toBeNull();
    edit(backend, { has_signature: true });
    expect((await screen.findByTestId("report-signature")).textContent).toBe("Signature d’ID360présente, non vérifiée par ce poste");
  });

  it("copies the report as it is shown, secrets masked", async () => {
    const { user } = open({}, tab("technical"));
    const json = await screen.findByTestId("masked-json");
    await user.click(screen.getByRole("button", { name: "Copier le rapport, secrets masqués" }));
    expect(await navigator.clipboard.readText()).toBe(json.textContent);
  });
});

describe("what was read on a document", () => {
  it("is named in words, with its dates in the person's way", async () => {
    const { backend } = open({}, tab("comparison"));
    await screen.findByTestId("tab-comparison");
    const fields = [["type", "ID"], ["id_number", "880692310285"], ["issuing_date", "2013-03-10"], ["expiration_date", "2023-03-10"], ["birthdate", "1978-02-14T00:00:00Z"], ["given_name", "ONDINE"], ["family_name", "VALMONTEL"], ["place_of_birth", "VILLE"], ["document_number", "X4"]];
    edit(backend, { extracted: [{ family: "identity", is_electronic: false, json_path: "$", fields: fields.map(([key = "", value = ""]) => ({ key, value, doubtful: false })) }] });
    const lines = () => {
      const read = within(screen.getByRole("region", { name: /Lu sur/ }));
      return read.getAllByRole("term").map((term) => [term.textContent, term.nextElementSibling?.textContent]);
    };
    await waitFor(() =>
      expect(lines()).toEqual([
        ["Type de pièce", "Carte d’identité (ID)"],
        ["Numéro de la pièce", "880692310285"],
        ["Date de délivrance", "10/03/2013"],
        ["Date d’expiration", "10/03/2023"],
        ["Date de naissance", "14/02/1978"],
        ["Prénom", "ONDINE"],
        ["Nom", "VALMONTEL"],
        ["Lieu de naissance", "VILLE"],
        ["Numéro de la pièce", "X4"],
      ]),
    );
  });
});
