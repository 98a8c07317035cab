import { parseDate, type CalendarDate } from "@internationalized/date";
import { DateField, DateInput, DateSegment, FieldError, Label } from "react-aria-components";
import "./Field.css";
import "./DayField.css";

interface DayFieldProps {
  label: string;
  /** `YYYY-MM-DD`, or nothing. */
  value: string | null;
  onChange: (day: string | null) => void;
  problem?: string | null;
  testId?: string;
}

function dayOf(text: string | null): CalendarDate | null {
  return text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseDate(text) : null;
}

/** One calendar day, typed part by part in the order of the person's language. */
export function DayField({ label, value, onChange, problem, testId }: DayFieldProps) {
  return (
    <DateField className="field" value={dayOf(value)} onChange={(day) => onChange(day?.toString() ?? null)} isInvalid={Boolean(problem)} validationBehavior="aria" shouldForceLeadingZeros>
      <Label className="field-label">{label}</Label>
      <DateInput className="field-input day" data-testid={testId}>
        {(segment) => <DateSegment segment={segment} className="day-part" />}
      </DateInput>
      <FieldError className="field-problem">{problem}</FieldError>
    </DateField>
  );
}
