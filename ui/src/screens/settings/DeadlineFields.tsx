import { Button, FieldError, Group, Input, Label, NumberField } from "react-aria-components";
import type { DeadlinePolicy } from "../../backend/generated/DeadlinePolicy";
import { useMessages } from "../../i18n/language";

/** The three windows, in whole days. */
export function DeadlineFields({ value, onChange }: { value: DeadlinePolicy; onChange: (value: DeadlinePolicy) => void }) {
  const m = useMessages();
  const names: [keyof DeadlinePolicy, string][] = [
    ["documents_days", m.deadlines_documents()],
    ["report_application_days", m.deadlines_report_application()],
    ["report_user_days", m.deadlines_report_user()],
  ];
  return (
    <fieldset>
      <legend className="field-label">{m.deadlines_title()}</legend>
      <div className="form-grid">
        {names.map(([name, label]) => (
          <NumberField key={name} className="field" value={value[name]} minValue={1} maxValue={3650} onChange={(days) => Number.isFinite(days) && onChange({ ...value, [name]: days })}>
            <Label className="field-hint">{label}</Label>
            <Group className="number">
              <Button slot="decrement" className="number-button">
                −
              </Button>
              <Input className="field-input" data-testid={`deadline-${name}`} />
              <Button slot="increment" className="number-button">
                +
              </Button>
            </Group>
            <FieldError className="field-problem" />
          </NumberField>
        ))}
      </div>
    </fieldset>
  );
}
