import { FieldError, Label, Text, TextArea, TextField } from "react-aria-components";
import "./Field.css";

interface LongFieldProps {
  label: string;
  hint: string;
  value: string;
  onChange: (value: string) => void;
  /** A sentence, or nothing when the value will do. */
  problem?: string | null;
  rows: number;
  testId?: string;
}

/** A text of several lines. */
export function LongField({ label, hint, value, onChange, problem, rows, testId }: LongFieldProps) {
  return (
    <TextField className="field" value={value} onChange={onChange} isInvalid={Boolean(problem)} validationBehavior="aria">
      <Label className="field-label">{label}</Label>
      <TextArea className="field-input" rows={rows} data-testid={testId} />
      <Text slot="description" className="field-hint">
        {hint}
      </Text>
      <FieldError className="field-problem">{problem}</FieldError>
    </TextField>
  );
}
