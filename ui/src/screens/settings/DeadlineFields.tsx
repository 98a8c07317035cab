import type { DeadlinePolicy } from "../../backend/generated/DeadlinePolicy";
import { useSettings } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { Callout } from "../../design/components/Callout";
import { useMessages } from "../../i18n/language";
import { NumberInput } from "./NumberInput";

const NAMES = ["documents_days", "report_application_days", "report_user_days"] as const;

/** The three windows, in whole days, and what the published ones are. */
export function DeadlineFields({ value, onChange, fixed = false }: { value: DeadlinePolicy; onChange: (value: DeadlinePolicy) => void; fixed?: boolean }) {
  const m = useMessages();
  const settings = useSettings().data;
  if (!settings) return null;
  const { least, most } = settings.bounds.window_days;
  const published = settings.new_environment.deadlines;
  const labels = { documents_days: m.deadlines_documents(), report_application_days: m.deadlines_report_application(), report_user_days: m.deadlines_report_user() };
  const days = (n: number) => m.deadlines_unit_days({ n });
  const changed = NAMES.some((name) => value[name] !== published[name]);
  return (
    <fieldset className="windows">
      <legend className="field-label">{m.deadlines_title()}</legend>
      <p className="faint settings-note">
        {m.deadlines_note({ documents: days(published.documents_days), application: days(published.report_application_days), user: days(published.report_user_days) })}
      </p>
      <div className="windows-row">
        {NAMES.map((name) => (
          <NumberInput key={name} label={labels[name]} value={value[name]} least={least} most={most} onChange={(typed) => onChange({ ...value, [name]: typed })} testId={`deadline-${name}`} fixed={fixed} />
        ))}
        {!fixed && (
          <Button small onPress={() => onChange(published)} isDisabled={!changed} data-testid="deadlines-published">
            {m.deadlines_published()}
          </Button>
        )}
      </div>
      {NAMES.some((name) => value[name] > published[name]) && (
        <Callout tone="attention" live="status" data-testid="deadlines-longer">
          {m.deadlines_longer()}
        </Callout>
      )}
    </fieldset>
  );
}
