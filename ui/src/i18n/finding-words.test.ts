import { describe, expect, it } from "vitest";
import type { FindingView } from "../backend/generated/FindingView";
import { statementWords } from "./finding-words";
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
  rule: null,
  values: [],
  expired_on: null,
  document_type: null,
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
});
