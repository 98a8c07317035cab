import { memo, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ActButton } from "../../app/acts/ActButton";
import { useDeskActs } from "../../app/acts/registry";
import { useLatest } from "../../app/latest";
import { RevealNames } from "../../app/RevealNames";
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

const TAKE_ALL = ["Control+Shift+A"];

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

  const [backTo] = useState(() => {
    const { opened } = left;
    if (!opened || JSON.stringify(left.place) !== JSON.stringify(place)) return null;
    // Rows may have come or gone above it while it was looked at.
    return rows.placeOf(opened.id, opened.index) ?? opened.index;
  });
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
  useDeskActs("screen", [
    { id: "take-all", label: m.dossiers_take_all(), icon: "check", keys: TAKE_ALL, run: takeAll },
    { id: "grid-open", label: m.dossiers_key_open(), keys: ["Enter"] },
    { id: "grid-move", label: m.dossiers_key_move(), keys: ["J", "K", "ArrowDown", "ArrowUp"] },
    { id: "grid-take", label: m.dossiers_key_take(), keys: ["X"] },
    { id: "grid-extend", label: m.dossiers_key_extend(), keys: ["Shift+ArrowDown", "Shift+ArrowUp"] },
  ]);

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
        <RevealNames />
      </div>
      <ListState onNew={onNew} onImport={onImport} onClear={clear} onGone={focusList}>
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
      <ActButton act="import" icon="import" onPress={onImport} data-testid="import">
        {m.dossiers_import()}
      </ActButton>
      <ActButton act="export" icon="export" onPress={onExport} isDisabled={!anything} data-testid="export">
        {m.bulk_export()}
      </ActButton>
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
      sort={query.sort}
      columns={columns}
      onClose={onClose}
    />
  );
}
