import type { EnrollmentPages } from "../../../backend/generated/EnrollmentPages";
import type { ProcessSettings } from "../../../backend/generated/ProcessSettings";
import { Check } from "../../../design/components/Check";
import { Select } from "../../../design/components/Select";
import { useMessages } from "../../../i18n/language";

interface EnrollmentPagesFieldsProps {
  process: ProcessSettings;
  onChange: (part: Partial<ProcessSettings>) => void;
}

/** Where the pages of a process open on this computer; La Poste's digital identity leaves no choice. */
export function EnrollmentPagesFields({ process, onChange }: EnrollmentPagesFieldsProps) {
  const m = useMessages();
  return (
    <>
      <Check isSelected={process.la_poste_identity} onChange={(la_poste_identity) => onChange({ la_poste_identity })} data-testid="process-la-poste">
        {m.process_la_poste()}
      </Check>
      {process.la_poste_identity ? (
        <p className="faint settings-note">{m.process_la_poste_note()}</p>
      ) : (
        <Select
          label={m.process_pages()}
          hint={m.process_pages_hint()}
          value={process.enrollment_pages}
          onChange={(pages) => onChange({ enrollment_pages: pages as EnrollmentPages })}
          options={[
            { id: "browser", label: m.process_pages_browser() },
            { id: "window", label: m.process_pages_window() },
          ]}
          testId="process-pages"
        />
      )}
    </>
  );
}
