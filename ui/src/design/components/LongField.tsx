import type { ReactNode, Ref } from "react";
import { FieldError, Label, Text, TextArea, TextField, type KeyboardEvent } from "react-aria-components";
import "./Field.css";

interface LongFieldProps {
  label: string;
  hint: ReactNode;
  value: string;
  onChange: (value: string) => void;
  /** A sentence, or nothing when the value will do. */
  problem?: string | null;
  rows: number;
  testId?: string;
  inputRef?: Ref<HTMLTextAreaElement>;
  mono?: boolean;
  onKeyDown?: (event: KeyboardEvent) => void;
}

/** A text of several lines. */
export function LongField({ label, hint, value, onChange, problem, rows, testId, inputRef, mono, onKeyDown }: LongFieldProps) {
  return (
    <TextField className="field" value={value} onChange={onChange} isInvalid={Boolean(problem)} validationBehavior="aria" {...(onKeyDown && { onKeyDown })}>
      <Label className="field-label">{label}</Label>
      <TextArea ref={inputRef} className={mono ? "field-input mono" : "field-input"} spellCheck={mono ? "false" : undefined} rows={rows} data-testid={testId} />
      <Text slot="description" className="field-hint">
        {hint}
      </Text>
      <FieldError className="field-problem">{problem}</FieldError>
    </TextField>
  );
}
