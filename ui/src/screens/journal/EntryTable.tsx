import { Link } from "@tanstack/react-router";
import type { ChainView } from "../../backend/generated/ChainView";
import type { JournalEntry } from "../../backend/generated/JournalEntry";
import { Button } from "../../design/components/Button";
import { Icon } from "../../design/components/Icon";
import { actWord } from "../../i18n/act-words";
import { detailWords, type Names } from "../../i18n/journal/detail";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { isAfterBreak } from "./chain";
import { useNames } from "./names";

interface EntryTableProps {
  entries: JournalEntry[];
  chain: ChainView | undefined;
  /** Absent while the journal is that of one dossier already. */
  onOnly: ((dossierId: string) => void) | null;
}

export function EntryTable({ entries, chain, onOnly }: EntryTableProps) {
  const m = useMessages();
  const names = useNames();
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled region must be reachable by keyboard
    <div className="journal-scroller" tabIndex={0} role="region" aria-label={m.journal_table()}>
      <table className="journal-table" data-testid="journal-table">
        <caption className="visually-hidden">{m.journal_table()}</caption>
        <thead>
          <tr>
            <th scope="col" className="journal-position">
              {m.journal_column_position()}
            </th>
            <th scope="col">{m.journal_column_at()}</th>
            <th scope="col">{m.journal_column_actor()}</th>
            <th scope="col">{m.journal_column_act()}</th>
            <th scope="col">{m.journal_column_dossier()}</th>
            <th scope="col">{m.journal_column_detail()}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Row key={entry.position} entry={entry} broken={isAfterBreak(chain, entry.position)} names={names} onOnly={onOnly} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ entry, broken, names, onOnly }: { entry: JournalEntry; broken: boolean; names: Names; onOnly: EntryTableProps["onOnly"] }) {
  const m = useMessages();
  const f = useFormats();
  const { dossier_id: dossier } = entry;
  const name = entry.dossier_label ?? dossier ?? "";
  return (
    <tr className={broken ? "journal-broken" : undefined} data-testid="journal-entry" data-act={entry.act}>
      <td className="journal-position mono">
        {broken && (
          <span className="journal-mark">
            <Icon name="stop" size={12} />
            <span className="visually-hidden">{m.journal_after_break()}</span>
          </span>
        )}
        {entry.position}
      </td>
      <td title={f.fullDateTime(entry.at)}>{f.dateTime(entry.at)}</td>
      <td className={entry.actor === null ? "faint" : undefined}>{entry.actor ?? m.journal_desk()}</td>
      <th scope="row">{actWord(entry.act)}</th>
      <td>
        {dossier !== null && (
          <span className="journal-dossier">
            <Link to="/dossiers/$id" params={{ id: dossier }}>
              {name}
            </Link>
            {onOnly && (
              <Button small look="quiet" icon="funnel" iconOnly onPress={() => onOnly(dossier)} data-testid="journal-only">
                {m.journal_filter_dossier_only({ name })}
              </Button>
            )}
          </span>
        )}
      </td>
      <td className="soft">{entry.detail !== "" && <Detail entry={entry} names={names} />}</td>
    </tr>
  );
}

/** In words, with what the chain vouches for behind a press; its own text alone where there are no words. */
function Detail({ entry, names }: { entry: JournalEntry; names: Names }) {
  const f = useFormats();
  const words = detailWords(entry, f, names);
  if (words === null) return <span className="mono">{entry.detail}</span>;
  return (
    <details className="journal-detail" data-testid="journal-detail">
      <summary>{words}</summary>
      <span className="mono">{entry.detail}</span>
    </details>
  );
}
