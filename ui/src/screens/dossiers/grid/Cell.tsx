import type { DossierRow } from "../../../backend/generated/DossierRow";
import type { ListColumn } from "../../../backend/generated/ListColumn";
import { DeadlineBar } from "../../../design/components/DeadlineBar";
import { EnvironmentMark } from "../../../design/components/EnvironmentMark";
import { EvidenceMark } from "../../../design/components/EvidenceMark";
import { Icon } from "../../../design/components/Icon";
import { StatusPill } from "../../../design/components/StatusPill";
import { ERRORS } from "../../../errors/catalogue";
import { useFormats } from "../../../i18n/format";
import { useMessages } from "../../../i18n/language";
import { levelWord } from "../../../i18n/report-words";

/** What one column says of one dossier. */
export function Cell({ row, column, elsewhere }: { row: DossierRow; column: ListColumn; elsewhere: boolean }) {
  const m = useMessages();
  switch (column) {
    case "status": return <Status row={row} />;
    case "reference":
      return (
        <>
          <span className="cell-text">{row.reference ?? <span className="faint">{row.enrollment_id ?? m.no_reference()}</span>}</span>
          {elsewhere && <EnvironmentMark kind={row.environment_kind} />}
        </>
      );
    case "name": {
      const name = [row.last_name, row.first_name].filter(Boolean).join(" ");
      return name ? <Text>{name}</Text> : <span className="faint">{m.no_name()}</span>;
    }
    case "process": return <Text>{row.process_name}</Text>;
    case "created_at": return <Moment at={row.created_at} />;
    case "finished_at": return <Moment at={row.finished_at} />;
    case "changed_at": return <Moment at={row.changed_at} />;
    case "deadline": return row.deadline ? <DeadlineBar deadline={row.deadline} /> : <Nothing />;
    case "evidence": return <EvidenceMark state={row.evidence} />;
    case "enrollment_id": return row.enrollment_id ? <span className="mono">{row.enrollment_id}</span> : <Nothing />;
    case "operator": return <Text>{row.operator}</Text>;
    case "environment": return <EnvironmentMark kind={row.environment_kind} />;
    case "level": return row.level ? <Text>{levelWord(row.level)}</Text> : <Nothing />;
    case "tags": return row.tags.length > 0 ? <Tags tags={row.tags} /> : <Nothing />;
    case "email": return row.email ? <Text>{row.email}</Text> : <Nothing />;
    case "phone": return row.phone_number ? <Text>{row.phone_number}</Text> : <Nothing />;
  }
}

function Status({ row }: { row: DossierRow }) {
  const m = useMessages();
  return (
    <>
      <StatusPill creation={row.creation} status={row.status} />
      {row.treated && (
        <span className="mark mark-treated" title={m.row_treated()}>
          <Icon name="check" size={14} />
          <span className="visually-hidden">{m.row_treated()}</span>
        </span>
      )}
      {row.trouble && <Trouble code={row.trouble} />}
    </>
  );
}

function Trouble({ code }: { code: NonNullable<DossierRow["trouble"]> }) {
  const m = useMessages();
  const why = m.row_trouble({ why: ERRORS[code].sentence({}) });
  return (
    <span className="mark mark-trouble" title={why}>
      <Icon name="warning" size={14} />
      <span className="visually-hidden">{why}</span>
    </span>
  );
}

function Text({ children }: { children: string }) {
  return (
    <span className="cell-text" title={children}>
      {children}
    </span>
  );
}

function Nothing() {
  return <span className="faint">–</span>;
}

function Tags({ tags }: { tags: string[] }) {
  return (
    <span className="tags" title={tags.join(", ")}>
      {tags.map((tag) => (
        <span key={tag} className="tag">
          {tag}
        </span>
      ))}
    </span>
  );
}

function Moment({ at }: { at: string | null }) {
  const f = useFormats();
  if (!at) return <Nothing />;
  return (
    <time dateTime={at} title={f.fullDateTime(at)}>
      {f.dateTime(at)}
    </time>
  );
}
