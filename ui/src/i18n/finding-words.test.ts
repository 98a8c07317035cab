import { describe, expect, it } from "vitest";
import type { FindingView } from "../backend/generated/FindingView";
import { SAYING, statementWords } from "./finding-words";
import { speak } from "./language";

const CHECK: FindingView = {
  code: "KO",
  source: "validation",
  category: "unknown",
  statement: "check_failed",
  saying: "information",
  next: "copy_for_support",
  message: "validation failed",
  description: null,
  where_: "validation",
  of_another_document: false,
  rule: null,
  values: [],
  expired_on: null,
  document_type: null,
  compared: null,
  json_path: "$.finalizer_reports.validator_report.validations[0]",
  also_at: [],
};

describe("the sentence of a cause", () => {
  it("ends with ID360's own words where nothing else tells what was checked", () => {
    speak("fr");
    expect(statementWords(CHECK)).toBe("Un contrôle de cohérence du parcours n’est pas respecté.");
    expect(statementWords({ ...CHECK, description: "Checks that two things agree" })).toBe(
      "Un contrôle de cohérence du parcours n’est pas respecté. Mots d’ID360\u202f: «\u202fChecks that two things agree\u202f».",
    );
  });

  it("says no place where it is the customer's own document", () => {
    speak("fr");
    expect(statementWords({ ...CHECK, statement: "document_expired", where_: "id_document" })).toBe("La pièce d’identité est périmée.");
  });

  it.each([
    ["document_expired", "id_document_mandate", "La pièce d’identité est périmée. Endroit\u202f: Pièce d’identité du mandataire."],
    ["document_refused", "id_document_mandat_image", "La pièce d’identité est écartée (périmée, type ou format non reconnu). Endroit\u202f: Pièce d’identité du mandataire."],
    ["image_unusable", "kbis_image", "Image illisible, abîmée ou du mauvais type (par exemple MRZ non lue). Endroit\u202f: Kbis."],
  ] as const)("of «%s» at %s says which document it is", (statement, where_, expected) => {
    speak("fr");
    expect(statementWords({ ...CHECK, statement, where_, of_another_document: true })).toBe(expected);
  });
});

describe("what the customer hears of a mandate holder's document", () => {
  it.each(["fr", "en"] as const)("never calls it the customer's own, in %s", (language) => {
    speak(language);
    expect(SAYING.mandate_document()).toMatch(language === "fr" ? /du mandataire/ : /mandate holder’s/);
    expect(SAYING.mandate_document()).not.toMatch(/votre|your/i);
  });
});
