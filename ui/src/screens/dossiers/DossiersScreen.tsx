import { memo, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { dialogOpen } from "../../app/keys";
import { useLatest } from "../../app/latest";
import { useTitle } from "../../app/title";
import type { ListColumn } from "../../backend/generated/ListColumn";
import type { ListFilter } from "../../backend/generated/ListFilter";
import type { ListQuery } from "../../backend/generated/ListQuery";
import { useListAnything, useListRows, useListShown } from "../../backend/list-context";
import { useViews } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { ExportDialog } from "./export/ExportDialog";
import { FilterBar } from "./filters/FilterBar";
import { Grid, MOST_IN_RANGE } from "./grid/Grid";
import { useListLeft } from "./left";
import { ListState } from "./ListState";
import { listed, listPlace, sortedBy, type ListPlace } from "./place";
import { Search } from "./Search";
import { BulkBar } from "./selection/BulkBar";
import { countOf, useSelection, wire, type Choosing } from "./selection/use-selection";
import { useTyped } from "./typed";
import { Columns } from "./views/Columns";
import { ViewMenu } from "./views/ViewMenu";
import { useCountWords } from "./words";
import "./Dossiers.css";

interface DossiersScreenProps {
  place: ListPlace;
  onMove: (place: ListPlace) => void;
  onOpen: (id: string) => void;
  onNew: () => void;
  onImport: () => void;
}

export function DossiersScreen({ place, onMove, onOpen, onNew, onImport }: DossiersScreenProps) {
  const m = useMessages();
  const f = useFormats();
  const rows = useListRows();
  const left = useListLeft();
  const views = useViews();
  useTitle(m.dossiers_title());

  const [search, setSearch] = useTyped(place, onMove);
  const heading = useRef<HTMLHeadingElement>(null);
  const now = useMemo(() => listed({ ...place, search }, views.data), [place, search, views.data]);
  const { view, query } = now;
  const shownOnly = useMemo(() => [view], [view]);
  const known = views.data !== undefined || views.error !== null;
  useEffect(() => {
    if (known) rows.ask(query);
  }, [rows, query, known]);

  const [backTo] = useState(JSON.stringify(left.place) === JSON.stringify(place) ? (left.opened?.index ?? null) : null);
  const choosing = useSelection(query, left.chosen, left.keepChosen);
  const [exporting, setExporting] = useState(false);
  const [said, setSaid] = useState("");

  // A key redraws what shows it, and nothing else: the rest hangs on what never changes while one types.
  const change = useLatest((part: Partial<ListQuery>) => onMove({ ...place, search, ...part }));
  const onSort = useLatest((column: ListColumn, second: boolean) => change({ sort: sortedBy(query.sort, column, second) }));
  const onFilters = useCallback((filters: ListFilter[]) => change({ filters }), [change]);
  const onView = useLatest((id: string) => onMove({ view: id }));
  const queryNow = useLatest(() => query);
  const onRangeCut = useLatest(() => setSaid(m.dossiers_range_least({ n: f.number(MOST_IN_RANGE) })));
  const onExport = useCallback(() => setExporting(true), []);
  const onOpenRow = useLatest((id: string, index: number) => {
    left.leave(listPlace.parse({ ...place, search }), id, index);
    onOpen(id);
  });
  /** Where the focus goes when what had it is gone. */
  const focusList = () =>
    requestAnimationFrame(() => (document.querySelector<HTMLElement>("[data-testid=dossier-table] .row[tabindex='0']") ?? heading.current)?.focus());
  const clear = () => {
    onMove({ view: "all", search: "", filters: [] });
    focusList();
  };

  const { takeAll } = choosing;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.ctrlKey || !event.shiftKey || event.key.toLowerCase() !== "a" || dialogOpen()) return;
      event.preventDefault();
      takeAll();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [takeAll]);

  return (
    <div className="dossiers">
      <div className="dossiers-head">
        <h1 ref={heading} tabIndex={-1}>
          {m.dossiers_title()}
        </h1>
        <span className="faint">{m.dossiers_scope()}</span>
        <Count />
        <HeadActs onImport={onImport} onNew={onNew} onExport={onExport} />
      </div>
      <div className="dossiers-tools">
        <Search
          search={query.search}
          onSearch={(typed) => {
            setSearch(typed);
            // Before the screen redraws: the rows are what is waited for.
            if (known) rows.ask({ ...query, search: typed });
          }}
        />
        <ViewMenu views={views.data ?? shownOnly} view={view} changed={now.changed} queryNow={queryNow} onView={onView} />
        <FilterBar filters={query.filters} onChange={onFilters} />
        <Columns key={view.id} view={view} />
      </div>
      <ListState onNew={onNew} onClear={clear}>
        <Grid columns={view.columns} sort={query.sort} onSort={onSort} choosing={choosing} onRangeCut={onRangeCut} backTo={backTo} onOpen={onOpenRow} />
      </ListState>
      <BulkBar choosing={choosing} query={query} onExport={onExport} onGone={focusList} />
      {exporting && <Export choosing={choosing} query={query} columns={view.columns} onClose={() => setExporting(false)} />}
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </div>
  );
}

function Count() {
  const shown = useListShown();
  const count = useCountWords();
  if (shown.total === null) return null;
  return (
    <span className="faint" role="status" data-testid="dossier-count">
      {count.shown(shown)}
    </span>
  );
}

interface HeadActsProps {
  onImport: () => void;
  onExport: () => void;
  onNew: () => void;
}

const HeadActs = memo(function HeadActs({ onImport, onExport, onNew }: HeadActsProps) {
  const m = useMessages();
  const anything = useListAnything();
  return (
    <div className="dossiers-acts">
      <Button icon="import" onPress={onImport} data-testid="import">
        {m.dossiers_import()}
      </Button>
      <Button icon="export" onPress={onExport} isDisabled={!anything} data-testid="export">
        {m.bulk_export()}
      </Button>
      <Button look="primary" icon="plus" onPress={onNew}>
        {m.nav_new()}
      </Button>
    </div>
  );
});

interface ExportProps {
  choosing: Choosing;
  query: ListQuery;
  columns: ListColumn[];
  onClose: () => void;
}

/** Of what is chosen, or of the whole list. */
function Export({ choosing: { chosen }, query, columns, onClose }: ExportProps) {
  const shown = useListShown();
  const count = useCountWords();
  const any = chosen.all || countOf(chosen, shown.total ?? 0) > 0;
  return (
    <ExportDialog
      count={any ? count.chosen(chosen, shown) : count.all(shown)}
      selection={any ? wire(chosen, query) : { kind: "matching", query, except: [] }}
      columns={columns}
      onClose={onClose}
    />
  );
}
