import { ActButton } from "../../app/acts/ActButton";
import { useLongAct } from "../../app/long-acts/use-long-act";
import { useTitle } from "../../app/title";
import { useBackend } from "../../backend/context";
import type { ExportOutcome } from "../../backend/generated/ExportOutcome";
import { useChain, useJournalPage } from "../../backend/register-queries";
import { Button } from "../../design/components/Button";
import { Icon } from "../../design/components/Icon";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { Chain } from "./Chain";
import { EntryTable } from "./EntryTable";
import { Filters } from "./Filters";
import { EVERYTHING, isFiltered, queryOf, type JournalPlace } from "./place";
import "./Journal.css";

const PAGE = 100;

/** Everything done on this computer, and whether that record can be relied on. */
export function JournalScreen({ place, onMove }: { place: JournalPlace; onMove: (change: Partial<JournalPlace>) => void }) {
  const m = useMessages();
  const f = useFormats();
  const backend = useBackend();
  const chain = useChain();
  const { run, running } = useLongAct();
  const query = queryOf(place);
  const page = useJournalPage(query, place.page * PAGE, PAGE);
  useTitle(m.journal_title());

  const words = {
    title: () => m.journal_export_title(),
    outcome: (done: ExportOutcome | null) => done && m.journal_export_done({ count: done.rows, n: f.number(done.rows), file: done.file_name, folder: done.folder }),
  };
  const data = page.data;
  return (
    <div className="journal">
      <div className="journal-head">
        <h1>{m.journal_title()}</h1>
        <p className="soft">{m.journal_lead()}</p>
        <ActButton act="export-journal" icon="save" onPress={() => void run(words, (intentId) => backend.exportJournal(intentId, query))} isPending={running} data-testid="export-journal">
          {m.journal_export()}
        </ActButton>
      </div>
      {chain.error ? <ErrorBlock error={chain.error} acts={{ retry: () => void chain.refetch() }} /> : chain.data && <Chain chain={chain.data} />}
      <Filters place={place} actors={data?.actors ?? []} onMove={onMove} />
      {page.error && !data && (
        <section className="journal-state" data-testid="journal-state" data-state="error">
          <h2>{m.journal_error_title()}</h2>
          <ErrorBlock error={page.error} acts={{ retry: () => void page.refetch() }} />
        </section>
      )}
      {/* The entries in view are of before. */}
      {page.error && data && <ErrorBlock error={page.error} acts={{ retry: () => void page.refetch() }} />}
      {!data && !page.error && (
        <p className="journal-state soft" role="status" data-testid="journal-state" data-state="loading">
          <Icon name="clock" /> {m.journal_loading()}
        </p>
      )}
      {data?.total === 0 && (
        <section className="journal-state" data-testid="journal-state" data-state={isFiltered(place) ? "nothing" : "empty"}>
          <Icon name={isFiltered(place) ? "search" : "journal"} size={28} />
          <h2>{isFiltered(place) ? m.journal_nothing_title() : m.journal_empty_title()}</h2>
          <p className="soft">{isFiltered(place) ? m.journal_nothing_lead() : m.journal_empty_lead()}</p>
          {isFiltered(place) && <Button onPress={() => onMove(EVERYTHING)}>{m.journal_filter_clear()}</Button>}
        </section>
      )}
      {data && data.total > 0 && (
        <>
          <EntryTable entries={data.entries} chain={chain.data} onOnly={place.dossier === null ? (dossier) => onMove({ dossier, page: 0 }) : null} />
          <nav className="journal-pages" aria-label={m.journal_pages()}>
            <span role="status" className="soft" data-testid="journal-count">
              {(data.exact ? m.journal_page_of : m.journal_page_of_least)({
                first: f.number(data.offset + 1),
                last: f.number(Math.min(data.offset + PAGE, data.total)),
                all: f.number(data.total),
              })}
            </span>
            <Button small icon="back" isDisabled={place.page === 0} onPress={() => onMove({ page: place.page - 1 })} data-testid="journal-before">
              {m.journal_page_before()}
            </Button>
            <Button small isDisabled={(place.page + 1) * PAGE >= data.total} onPress={() => onMove({ page: place.page + 1 })} data-testid="journal-after">
              {m.journal_page_after()}
            </Button>
          </nav>
        </>
      )}
    </div>
  );
}
