import { Input, Label, NumberField, Text } from "react-aria-components";
import type { LaunchMode } from "../../../backend/generated/LaunchMode";
import type { ProcessSettings } from "../../../backend/generated/ProcessSettings";
import { Field } from "../../../design/components/Field";
import { Select } from "../../../design/components/Select";
import { useMessages } from "../../../i18n/language";
import { LAUNCH_MODES, MODES } from "../../../i18n/launch-words";

/** Some 45 days, in minutes. */
const LONGEST = 65_535;

interface LaunchFieldsProps {
  process: ProcessSettings;
  problem: string | null;
  onChange: (part: Partial<ProcessSettings>) => void;
}

/** How dossiers of a process are launched, unless the agent chooses otherwise. */
export function LaunchFields({ process, problem, onChange }: LaunchFieldsProps) {
  const m = useMessages();
  return (
    <div className="form-grid">
      <Select
        label={m.process_launch_mode()}
        value={process.launch_mode}
        onChange={(mode) => onChange({ launch_mode: mode as LaunchMode })}
        options={MODES.map((id) => ({ id, label: LAUNCH_MODES[id].name(m) }))}
        testId="process-launch-mode"
      />
      <Field label={m.process_return_page()} hint={m.process_return_page_hint()} value={process.return_page ?? ""} onChange={(text) => onChange({ return_page: text || null })} problem={problem} mono spellCheck="false" testId="process-return-page" />
      <NumberField
        className="field"
        value={process.link_minutes ?? NaN}
        minValue={1}
        maxValue={LONGEST}
        onChange={(minutes) => onChange({ link_minutes: Number.isFinite(minutes) ? minutes : null })}
      >
        <Label className="field-label">{m.process_link_minutes()}</Label>
        <Input className="field-input" data-testid="process-link-minutes" />
        <Text slot="description" className="field-hint">
          {m.process_link_minutes_hint()}
        </Text>
      </NumberField>
    </div>
  );
}
