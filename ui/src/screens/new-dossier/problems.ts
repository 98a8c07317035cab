import type { FieldProblem } from "../../backend/generated/FieldProblem";
import type { FieldRule } from "../../backend/generated/FieldRule";
import type { Messages } from "../../i18n/language";
import type { ExpectedRow } from "./draft";

/** One field to mend: `email`, `expected.3.value` (by the row's key). */
export type Problem = Omit<FieldProblem, "rule"> & { rule: FieldRule | "refused" };

const SENTENCES: Record<Problem["rule"], (m: Messages, most: string) => string> = {
  process_missing: (m) => m.problem_process_missing(),
  too_long: (m, most) => m.problem_too_long({ most }),
  control_characters: (m) => m.problem_control_characters(),
  email: (m) => m.problem_email(),
  phone: (m) => m.problem_phone(),
  phone_international: (m) => m.problem_phone_international(),
  data_name: (m) => m.problem_expected_name(),
  data_name_spelling: (m) => m.problem_expected_spelling(),
  data_twice: (m) => m.problem_expected_twice(),
  data_locked: (m) => m.problem_expected_locked(),
  data_value: (m) => m.problem_expected_value(),
  birth_date: (m) => m.problem_birth_date(),
  refused: (m) => m.problem_refused(),
};

export function problemSentence(m: Messages, { rule, most }: Problem): string {
  return SENTENCES[rule](m, String(most ?? ""));
}

/** Named by the rows' keys instead of their places: rows come and go while their problems are in view. */
export function ofRows(problems: FieldProblem[], rows: ExpectedRow[]): Problem[] {
  return problems.map((problem) => {
    const [all, at, part] = problem.field.split(".");
    const row = all === "expected" ? rows[Number(at)] : undefined;
    return row ? { ...problem, field: `expected.${row.key}.${part ?? ""}` } : problem;
  });
}
