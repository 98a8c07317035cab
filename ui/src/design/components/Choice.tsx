import type { ReactNode } from "react";
import { Label, RadioButton, RadioField, RadioGroup } from "react-aria-components";
import "./Choice.css";

export interface ChoiceOption<Id extends string> {
  id: Id;
  content: ReactNode;
  testId?: string;
  className?: string;
}

interface ChoiceProps<Id extends string> {
  label: string;
  /** `null`: nothing is chosen yet. */
  value: Id | null;
  options: ChoiceOption<Id>[];
  onChange: (id: Id) => void;
  columns: 2 | 3 | 4;
}

/** Large choices, side by side: one radio group, one card each. */
export function Choice<Id extends string>({ label, value, options, onChange, columns }: ChoiceProps<Id>) {
  return (
    <RadioGroup className="choice" value={value} onChange={(id) => onChange(id as Id)}>
      <Label className="field-label">{label}</Label>
      <div className={`choice-cards choice-cards-${columns}`}>
        {options.map((option) => (
          <RadioField key={option.id} value={option.id} className="choice-field">
            <RadioButton className={`choice-card ${option.className ?? ""}`} data-testid={option.testId}>
              <span className="choice-dot" />
              <span className="choice-content">{option.content}</span>
            </RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  );
}
