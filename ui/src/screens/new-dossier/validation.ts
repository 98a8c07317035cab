import { z } from "zod";
import type { Messages } from "../../i18n/language";
import type { DraftForm, ExpectedRow } from "./draft";

const PHONE = /^\+?[\d\s().-]{6,24}$/;
const PHONE_INTERNATIONAL = /^\+[1-9][\d\s().-]{6,22}$/;
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

const SENTENCES = {
  process: (m: Messages) => m.problem_process_missing(),
  email: (m: Messages) => m.problem_email(),
  phone: (m: Messages) => m.problem_phone(),
  international: (m: Messages) => m.problem_phone_international(),
  expected_name: (m: Messages) => m.problem_expected_name(),
  expected_value: (m: Messages) => m.problem_expected_value(),
  expected_twice: (m: Messages) => m.problem_expected_twice(),
  birth_date: (m: Messages) => m.problem_birth_date(),
  refused: (m: Messages) => m.problem_refused(),
};

export type ProblemKind = keyof typeof SENTENCES;

/** One field to mend: `email`, `expected.3.value` (by the row's key). */
export interface Problem {
  field: string;
  kind: ProblemKind;
}

const kind = (name: ProblemKind) => ({ message: name });
const optional = (shape: RegExp, name: ProblemKind) => z.string().refine((text) => text.trim() === "" || shape.test(text.trim()), kind(name));

const schema = z.object({
  process_id: z.string().min(1, kind("process")),
  email: z.string().refine((text) => text.trim() === "" || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim()), kind("email")),
  phone_number: optional(PHONE, "phone"),
  authenticator_phone_number: optional(PHONE_INTERNATIONAL, "international"),
});

/** Everything to mend, in the order of the screen. */
export function problemsOf(form: DraftForm): Problem[] {
  const read = schema.safeParse(form);
  const problems: Problem[] = read.success
    ? []
    : read.error.issues.map(({ path, message }) => ({ field: String(path[0]), kind: message as ProblemKind }));
  return [...problems, ...dataProblems(form.expected)];
}

/** What is to be mended of data to compare. */
export function dataProblems(rows: ExpectedRow[]): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const { key, name, value } of rows) {
    const known = name.trim();
    if (known === "" && value === "") continue;
    if (known === "") problems.push({ field: `expected.${key}.name`, kind: "expected_name" });
    else if (seen.has(known)) problems.push({ field: `expected.${key}.name`, kind: "expected_twice" });
    if (value === "") problems.push({ field: `expected.${key}.value`, kind: "expected_value" });
    else if (known === "birth_date" && !DAY.test(value)) problems.push({ field: `expected.${key}.value`, kind: "birth_date" });
    seen.add(known);
  }
  return problems;
}

export function problemSentence(m: Messages, problem: Problem): string {
  return SENTENCES[problem.kind](m);
}
