import type { DossierRow } from "../../backend/generated/DossierRow";
import { DeadlineBar } from "../../design/components/DeadlineBar";
import { EnvironmentMark } from "../../design/components/EnvironmentMark";
import { StatusPill } from "../../design/components/StatusPill";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { useSession } from "../../backend/queries";

interface DossierTableRowProps {
  row: DossierRow | undefined;
  index: number;
  active: boolean;
  onFocus: () => void;
  onOpen: (id: string, index: number) => void;
}

export function DossierTableRow({ row, index, active, onFocus, onOpen }: DossierTableRowProps) {
  const m = useMessages();
  const f = useFormats();
  const session = useSession();
  if (!row) {
    return (
      <tr aria-rowindex={index + 2} className="row row-waiting">
        <td colSpan={7}>
          <span className="visually-hidden">{m.loading()}</span>
        </td>
      </tr>
    );
  }
  const elsewhere = row.environment_id !== session.data?.current?.environment_id;
  return (
    // The row is one stop of the grid: its keys are handled by the table's body.
    <tr
      aria-rowindex={index + 2}
      aria-selected={active}
      className={row.creation === "outcome_unknown" ? "row row-unknown" : "row"}
      tabIndex={active ? 0 : -1}
      onFocus={onFocus}
      onClick={() => onOpen(row.id, index)}
      data-testid="dossier-row"
      data-id={row.id}
    >
      <td>
        <StatusPill creation={row.creation} status={row.status} />
      </td>
      <th scope="row" className="cell-reference">
        {row.reference ?? <span className="faint">{row.enrollment_id ?? m.no_reference()}</span>}
        {elsewhere && <EnvironmentMark kind={row.environment_kind} />}
      </th>
      <td>
        {row.last_name || row.first_name ? [row.last_name, row.first_name].filter(Boolean).join(" ") : <span className="faint">{m.no_name()}</span>}
      </td>
      <td className="soft">{row.process_name}</td>
      <td className="soft">
        <Moment at={row.created_at} f={f} />
      </td>
      <td className="soft">{row.finished_at ? <Moment at={row.finished_at} f={f} /> : "–"}</td>
      <td>{row.deadline ? <DeadlineBar deadline={row.deadline} /> : <span className="faint">–</span>}</td>
    </tr>
  );
}

function Moment({ at, f }: { at: string; f: ReturnType<typeof useFormats> }) {
  return (
    <time dateTime={at} title={f.fullDateTime(at)}>
      {f.dateTime(at)}
    </time>
  );
}
