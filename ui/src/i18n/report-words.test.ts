import { describe, expect, it } from "vitest";
import { documentNameWord, stepWord, whereWord } from "./report-words";

describe("the word of a document", () => {
  it.each([
    ["idd", "Pièce d’identité"],
    ["ar24_in_front", "Pièce d’identité, recto"],
    ["ar24_in_back", "Pièce d’identité, verso"],
    ["id_document_mandate", "Pièce d’identité du mandataire"],
    ["id_document_mandat_image", "Pièce d’identité du mandataire"],
    ["income_tax_notice_image", "Avis d’impôt sur le revenu"],
    ["property_tax_notice_image", "Taxe foncière"],
    ["liveness_video$1", "Preuve de vie"],
  ])("is known for %s wherever it stands", (name, expected) => {
    expect(stepWord(name)).toBe(expected);
    expect(whereWord(name)).toBe(expected);
  });

  it("is that of its own name, then of its family, then ID360's", () => {
    expect(documentNameWord("idd", "other")).toBe("Pièce d’identité");
    expect(documentNameWord("scan_7", "kbis")).toBe("Kbis");
    expect(documentNameWord("scan_7", "scans")).toBe("scans");
    expect(documentNameWord("constructor", "toString")).toBe("toString");
  });
});
