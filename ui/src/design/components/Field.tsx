import type { ReactNode, Ref } from "react";
import { FieldError, Input, Label, Text, TextField, type TextFieldProps } from "react-aria-components";
import "./Field.css";

export interface FieldProps extends Omit<TextFieldProps, "className" | "children" | "onChange"> {
  label: string;
  hint?: ReactNode;
  /** A sentence, or nothing when the value will do. */
  problem?: string | null;
  onChange: (value: string) => void;
  inputRef?: Ref<HTMLInputElement>;
  testId?: string;
  mono?: boolean;
  placeholder?: string;
}

export function Field({ label, hint, problem, inputRef, testId, mono, placeholder, ...rest }: FieldProps) {
  return (
    <TextField {...rest} className="field" isInvalid={Boolean(problem)} validationBehavior="aria">
      <Label className="field-label">{label}</Label>
      <Input ref={inputRef} className={mono ? "field-input mono" : "field-input"} data-testid={testId} placeholder={placeholder} />
      {hint && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-problem">{problem}</FieldError>
    </TextField>
  );
}
