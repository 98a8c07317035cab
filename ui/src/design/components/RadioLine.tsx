import type { ReactNode } from "react";
import { RadioButton, RadioField } from "react-aria-components";
import "./RadioLine.css";

/** One choice of a radio group, on one line. */
export function RadioLine({ value, children, testId }: { value: string; children: ReactNode; testId?: string }) {
  return (
    <RadioField value={value} className="radio-field">
      <RadioButton className="radio-line" data-testid={testId}>
        {children}
      </RadioButton>
    </RadioField>
  );
}
