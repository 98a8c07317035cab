import type { DossierRow } from "../../../backend/generated/DossierRow";
import type { ListColumn } from "../../../backend/generated/ListColumn";
import { deadlineBar } from "../../../design/components/DeadlineBar";
import { decisionMark } from "../../../design/components/DecisionMark";
import { environmentLetter, environmentMark } from "../../../design/components/EnvironmentMark";
import { evidenceMark } from "../../../design/components/EvidenceMark";
import { Icon } from "../../../design/components/Icon";
import { statusPill } from "../../../design/components/StatusPill";
import { ERRORS } from "../../../errors/catalogue";
import type { Formats } from "../../../i18n/format";
import type { Messages } from "../../../i18n/language";
import { levelWord } from "../../../i18n/report-words";

/** What a row hands to its cells: they are painted, and listen to nothing by themselves. */
export interface CellWords {
  m: Messages;
  f: Formats;
  now: number;
  /** The dossier is of another environment than the session's. */
  elsewhere: boolean;
}

/** The text of a column that says nothing else; `null`: something is drawn instead. */
export function plain(row: DossierRow, column: ListColumn): string | null {
  switch (column) {
    case "name": return [row.last_name, row.first_name].filter(Boolean).join(" ") || null;
    // An imported dossier may have no process and nobody who made it.
    case "process": return row.process_name || null;
    case "operator": return row.operator || null;
    case "level": return row.level ? levelWord(row.level) : null;
    case "email": return row.email;
    case "phone": return row.phone_number;
    default: return null;
  }
}

/** What one column says of one dossier. */
export function cell(row: DossierRow, column: ListColumn, { m, f, now, elsewhere }: CellWords) {
  switch (column) {
    case "status": {
      const pill = statusPill({ creation: row.creation, status: row.status });
      if (!row.treated && !row.trouble) return pill;
      return (
        <>
          {pill}
          {row.treated && mark("treated", m.row_treated())}
          {row.trouble && mark("trouble", m.row_trouble({ why: ERRORS[row.trouble].sentence({}) }))}
        </>
      );
    }
    case "reference": {
      const name = <span className="cell-text">{row.reference ?? <span className="faint">{row.enrollment_id ?? m.no_reference()}</span>}</span>;
      if (!elsewhere) return name;
      return (
        <>
          {name}
          {environmentLetter(row.environment_kind)}
        </>
      );
    }
    case "name": return <span className="faint">{m.no_name()}</span>;
    case "created_at": return moment(row.created_at, f);
    case "finished_at": return moment(row.finished_at, f);
    case "changed_at": return moment(row.changed_at, f);
    case "deadline": return row.deadline ? deadlineBar(row.deadline, now, m, f) : NOTHING;
    case "evidence": return evidenceMark(row.evidence);
    case "decision": return row.decision ? decisionMark(row.decision) : NOTHING;
    case "enrollment_id": return row.enrollment_id ? <span className="mono">{row.enrollment_id}</span> : NOTHING;
    case "environment": return environmentMark(row.environment_kind);
    case "tags": return row.tags.length > 0 ? tags(row.tags) : NOTHING;
    case "process":
    case "operator":
    case "level":
    case "email":
    case "phone": return NOTHING;
  }
}

/** Its key tells it from other marks: what is painted in place of it is not made of it. */
const NOTHING = <span key="nothing" className="faint">–</span>;

function mark(kind: "treated" | "trouble", words: string) {
  return (
    <span className={`mark mark-${kind}`} title={words}>
      <Icon name={kind === "treated" ? "check" : "warning"} size={14} />
      <span className="visually-hidden">{words}</span>
    </span>
  );
}

function tags(names: string[]) {
  return (
    <span className="tags" title={names.join(", ")}>
      {names.map((name) => (
        <span key={name} className="tag">
          {name}
        </span>
      ))}
    </span>
  );
}

function moment(at: string | null, f: Formats) {
  if (!at) return NOTHING;
  return (
    <time dateTime={at}>
      {f.dateTime(at)}
    </time>
  );
}
