import type { CapturePolicy } from "../../backend/generated/CapturePolicy";
import type { CaptureRule } from "../../backend/generated/CaptureRule";
import { Callout } from "../../design/components/Callout";
import { Check } from "../../design/components/Check";
import { Field } from "../../design/components/Field";
import { Fixed } from "../../design/components/Fixed";
import { Select } from "../../design/components/Select";
import { useMessages, type Messages } from "../../i18n/language";

const POLICIES: { id: CapturePolicy; label: (m: Messages) => string; note: (m: Messages) => string }[] = [
  { id: "full", label: (m) => m.capture_rule_full(), note: (m) => m.capture_rule_full_note() },
  { id: "report_only", label: (m) => m.capture_rule_report_only(), note: (m) => m.capture_rule_report_only_note() },
  { id: "references_only", label: (m) => m.capture_rule_references_only(), note: (m) => m.capture_rule_references_only_note() },
];

/** What is taken of a finished dossier before ID360 deletes it. */
export function CaptureFields({ value, onChange, fixed = false }: { value: CaptureRule; onChange: (value: CaptureRule) => void; fixed?: boolean }) {
  const m = useMessages();
  return (
    <fieldset className="windows">
      <legend className="field-label">{m.capture_rule_title()}</legend>
      <p className="faint settings-note">{m.capture_rule_note()}</p>
      <div className="form-grid">
        {fixed ? (
          <Field label={m.capture_rule_policy()} value={POLICIES.find(({ id }) => id === value.policy)?.label(m) ?? ""} onChange={() => undefined} isReadOnly hint={<Fixed testId="capture-policy-fixed" />} testId="capture-policy" />
        ) : (
          <Select
            label={m.capture_rule_policy()}
            value={value.policy}
            onChange={(policy) => onChange({ ...value, policy: policy as CapturePolicy })}
            options={POLICIES.map(({ id, label, note }) => ({ id, label: label(m), note: note(m) }))}
            testId="capture-policy"
          />
        )}
      </div>
      <Check isSelected={value.video} onChange={(video) => onChange({ ...value, video })} isDisabled={!fixed && value.policy !== "full"} isReadOnly={fixed} data-testid="capture-video">
        {m.capture_rule_video()} <span className="faint">{m.capture_rule_video_note()}</span>
      </Check>
      {value.policy !== "full" && (
        <Callout tone="attention" live="status" data-testid="capture-loses">
          {m.capture_rule_loses()}
        </Callout>
      )}
    </fieldset>
  );
}
