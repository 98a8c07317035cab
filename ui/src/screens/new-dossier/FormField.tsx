import type { ReactNode } from "react";
import { Field } from "../../design/components/Field";
import { useMessages } from "../../i18n/language";
import type { DraftForm } from "./draft";
import { inputId, LABELS, type TextName } from "./fields";
import { problemSentence, type Problem } from "./problems";

export interface FormProps {
  form: DraftForm;
  problems: Problem[];
  onChange: (change: Partial<DraftForm>) => void;
}

/** One text field of the form, wired to its value and its problem. */
export function FormField({ name, form, problems, onChange, hint, type, autoFocus }: FormProps & { name: TextName; hint?: ReactNode; type?: "email" | "tel"; autoFocus?: boolean }) {
  const m = useMessages();
  const problem = problems.find(({ field }) => field === name);
  return (
    <Field
      label={LABELS[name](m)}
      value={form[name]}
      onChange={(value) => onChange({ [name]: value })}
      hint={hint}
      problem={problem && problemSentence(m, problem)}
      id={inputId(name)}
      testId={`field-${name}`}
      inputMode={type}
      autoComplete="off"
      spellCheck="false"
      // eslint-disable-next-line jsx-a11y/no-autofocus -- only the first field of a screen made for typing
      autoFocus={autoFocus ?? false}
    />
  );
}
