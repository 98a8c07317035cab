import type { ProcessSettings } from "../../backend/generated/ProcessSettings";
import type { DraftForm, ExpectedRow } from "./draft";

/** The field of the form that a datum repeats. */
const REPEATS = { name: "last_name", first_name: "first_name", phone_number: "phone_number" } as const;

function repeated(form: DraftForm, name: string): string {
  return name in REPEATS ? form[REPEATS[name as keyof typeof REPEATS]] : "";
}

/** A further row, which begins with what was typed already. */
export function rowFor(form: DraftForm, name: string): ExpectedRow {
  const key = 1 + Math.max(0, ...form.expected.map((row) => row.key));
  return { key, name, value: repeated(form, name), locked: true, auto: null };
}

/** What the process asks for takes the place of what another one asked for, and of nothing that was typed. */
export function underTemplate(form: DraftForm, process: ProcessSettings | undefined, language: string): DraftForm {
  if (!process) return form;
  const { group, expected, lang } = process.template;
  const proposed = { ...form.proposed, group, lang: lang ?? language, expected };
  const untouched = (row: ExpectedRow) => form.proposed.expected.includes(row.name) && row.value === repeated(form, row.name);
  const next = {
    ...form,
    group: form.group === form.proposed.group ? group : form.group,
    lang: form.lang === form.proposed.lang ? proposed.lang : form.lang,
    expected: form.expected.filter((row) => !untouched(row) || expected.includes(row.name)),
    proposed,
  };
  for (const name of expected) {
    if (!next.expected.some((row) => row.name === name)) next.expected = [...next.expected, rowFor(next, name)];
  }
  return next;
}

/** A reference by the process's pattern, where the person typed none. */
export function withReference(form: DraftForm, reference: string | null): DraftForm {
  if (form.reference !== form.proposed.reference) return form;
  return { ...form, reference: reference ?? "", proposed: { ...form.proposed, reference: reference ?? "" } };
}

/** What was typed; a datum that repeated a field goes on repeating it. */
export function typedInto(form: DraftForm, change: Partial<DraftForm>): DraftForm {
  const next = { ...form, ...change };
  if (change.expected) return next;
  const expected = next.expected.map((row) => (row.name in REPEATS && row.value === repeated(form, row.name) ? { ...row, value: repeated(next, row.name) } : row));
  return { ...next, expected };
}
