import type { ExpectedDatumForm } from "../generated/ExpectedDatumForm";
import type { FieldProblem } from "../generated/FieldProblem";
import type { FieldRule } from "../generated/FieldRule";
import type { FormCheck } from "../generated/FormCheck";
import type { LaunchForm } from "../generated/LaunchForm";

const problem = (field: string, rule: FieldRule): FieldProblem => ({ field, rule, most: null });

/** One rule of each kind, enough to play with; Rust has them all. */
export function formCheck(form: LaunchForm): FormCheck {
  const problems = [];
  if (form.process_id === "") problems.push(problem("process_id", "process_missing"));
  if (form.email !== "" && !form.email.includes(".")) problems.push(problem("email", "email"));
  if (/[a-z]/i.test(form.phone_number)) problems.push(problem("phone_number", "phone"));
  return withData(problems, form.expected);
}

export function dataCheck(data: ExpectedDatumForm[]): FormCheck {
  return withData([], data);
}

function withData(problems: FieldProblem[], data: ExpectedDatumForm[]): FormCheck {
  const empty = data.flatMap(({ name, value }, at) => (name !== "" && value === "" ? [problem(`expected.${at}.value`, "data_value")] : []));
  const all = [...problems, ...empty];
  const sms = data.find(({ name, auto }) => name.trim() === "phone_number" && auto !== true);
  return { problems: all, sms_to: all.length === 0 ? (sms?.value ?? null) : null };
}
