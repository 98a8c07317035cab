import type { ProcessLine } from "../../backend/generated/ProcessLine";
import type { ProcessVerdict } from "../../backend/generated/ProcessVerdict";
import { Icon, type IconName } from "../../design/components/Icon";
import { useFormats } from "../../i18n/format";
import { useMessages, type Messages } from "../../i18n/language";
import { PROCESS_RULE_WORD } from "../../i18n/setup-words";

const ICON: Record<ProcessVerdict["kind"], IconName> = { new: "check", known: "info", repeated: "copy", heading: "info", invalid: "stop" };

/** One pasted line as it was understood. */
export function ProcessLineItem({ line }: { line: ProcessLine }) {
  const m = useMessages();
  const f = useFormats();
  const { verdict, deadlines } = line;
  const days = (n: number) => m.deadlines_unit_days({ n });
  return (
    <li className="setup-line" data-verdict={verdict.kind} data-testid="setup-line">
      <span className="faint setup-line-number">{m.setup_line({ n: f.number(line.number) })}</span>
      <span className="setup-line-words">
        <strong>{line.name || "–"}</strong>
        {line.process_uuid && <span className="mono soft setup-line-uuid">{line.process_uuid}</span>}
        {verdict.kind === "new" && (
          <span className="faint">
            {deadlines ? m.setup_processes_windows({ documents: days(deadlines.documents_days), application: days(deadlines.report_application_days), user: days(deadlines.report_user_days) }) : m.setup_processes_usual()}
          </span>
        )}
      </span>
      <span className="setup-verdict">
        <Icon name={ICON[verdict.kind]} size={14} /> {words(m, verdict)}
      </span>
    </li>
  );
}

function words(m: Messages, verdict: ProcessVerdict): string {
  switch (verdict.kind) {
    case "new": return m.setup_line_new();
    case "known": return m.setup_line_known({ name: verdict.name });
    case "repeated": return m.setup_line_repeated({ line: verdict.first });
    case "heading": return m.setup_line_heading();
    case "invalid": return PROCESS_RULE_WORD[verdict.rule]();
  }
}
