import { Link } from "@tanstack/react-router";
import type { CaptureRow } from "../../backend/generated/CaptureRow";
import { useSession } from "../../backend/queries";
import { Check } from "../../design/components/Check";
import { EnvironmentMark } from "../../design/components/EnvironmentMark";
import { Icon } from "../../design/components/Icon";
import { StatusPill } from "../../design/components/StatusPill";
import { entryFor } from "../../errors/catalogue";
import { useFormats } from "../../i18n/format";
import { useMessages, type Messages } from "../../i18n/language";
import { dossierName } from "../dossier/names";
import { CaptureButton } from "./CaptureButton";
import { CaptureMark } from "./CaptureMark";

interface CaptureTableProps {
  rows: CaptureRow[];
  chosen: ReadonlySet<string>;
  onChosen: (chosen: ReadonlySet<string>) => void;
}

export function CaptureTable({ rows, chosen, onChosen }: CaptureTableProps) {
  const m = useMessages();
  const whole = rows.every(({ row }) => chosen.has(row.id));
  const some = rows.some(({ row }) => chosen.has(row.id));
  const set = (ids: string[], on: boolean) => {
    const next = new Set(chosen);
    for (const id of ids) if (on) next.add(id); else next.delete(id);
    onChosen(next);
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled region must be reachable by keyboard
    <div className="captures-scroller" tabIndex={0} role="region" aria-label={m.proofs_table()}>
      <table className="captures-table" data-testid="captures-table">
        <caption className="visually-hidden">{m.proofs_table()}</caption>
        <thead>
          <tr>
            <th>
              <Check isSelected={whole} isIndeterminate={some && !whole} onChange={(on) => set(rows.map(({ row }) => row.id), on)} data-testid="choose-all">
                <span className="visually-hidden">{m.proofs_choose_all()}</span>
              </Check>
            </th>
            <th scope="col">{m.proofs_column_dossier()}</th>
            <th scope="col">{m.proofs_column_state()}</th>
            <th scope="col">{m.proofs_column_kept()}</th>
            <th scope="col">{m.proofs_column_deadline()}</th>
            <th scope="col">{m.proofs_column_why()}</th>
            <th scope="col">
              <span className="visually-hidden">{m.proofs_column_act()}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((capture) => (
            <Row key={capture.row.id} capture={capture} chosen={chosen.has(capture.row.id)} onChosen={(on) => set([capture.row.id], on)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Why it stands where it stands. */
function reason(m: Messages, { state, trouble }: CaptureRow): string | null {
  if (trouble) return entryFor({ code: trouble, params: {}, retryable: false, trace_id: "" }).sentence({});
  switch (state) {
    case "incomplete": return m.proofs_why_incomplete();
    case "lost": return m.proofs_why_lost();
    case "archived": return m.proofs_why_archived();
    case "not_wanted": return m.proofs_why_not_wanted();
    case "waiting": case "running": case "complete": return null;
  }
}

function Row({ capture, chosen, onChosen }: { capture: CaptureRow; chosen: boolean; onChosen: (on: boolean) => void }) {
  const m = useMessages();
  const f = useFormats();
  const session = useSession();
  const { row, state, pieces, damaged, deadline, retry_at: retry, ended_at: ended, tries } = capture;
  const name = dossierName(m, row);
  const why = reason(m, capture);
  return (
    <tr data-testid="capture" data-id={row.id} data-state={state} data-trouble={capture.trouble ?? undefined}>
      <td>
        <Check isSelected={chosen} onChange={onChosen} data-testid="choose-capture">
          <span className="visually-hidden">{m.proofs_choose({ name })}</span>
        </Check>
      </td>
      <th scope="row">
        <span className="capture-dossier">
          <Link to="/dossiers/$id" params={{ id: row.id }} search={{ tab: "evidence" }} data-testid="capture-dossier">
            {name}
          </Link>
          <StatusPill creation={row.creation} status={row.status} />
          {row.environment_id !== session.data?.current?.environment_id && <EnvironmentMark kind={row.environment_kind} />}
        </span>
      </th>
      <td>
        <CaptureMark state={state} />
      </td>
      <td>
        {pieces > 0 ? m.proofs_count_pieces({ count: pieces, n: f.number(pieces), size: f.bytes(capture.size) }) : <span className="faint">–</span>}
        {ended && <span className="capture-note faint">{f.dateTime(ended)}</span>}
        {damaged > 0 && (
          <span className="capture-note capture-bad">
            <Icon name="warning" size={12} /> {m.proofs_count_damaged({ count: damaged, n: f.number(damaged) })}
          </span>
        )}
      </td>
      <td>{deadline ? <time dateTime={deadline} title={f.fullDateTime(deadline)}>{f.dateTime(deadline)}</time> : <span className="faint">–</span>}</td>
      <td className="capture-why">
        {why}
        {retry && (
          <span className="capture-note faint">
            {m.proofs_tries({ count: tries, n: f.number(tries) })} · {m.proofs_retry_at({ time: f.dateTime(retry) })}
          </span>
        )}
      </td>
      <td>
        <CaptureButton capture={capture} name={name} />
      </td>
    </tr>
  );
}
