import { useEffect, useMemo, useRef, useState } from "react";
import { dialogOpen } from "../../app/keys";
import { useTitle } from "../../app/title";
import type { ListColumn } from "../../backend/generated/ListColumn";
import type { ListQuery } from "../../backend/generated/ListQuery";
import { useListRows, useListShown } from "../../backend/list-context";
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
import { countOf, useSelection, wire } from "./selection/use-selection";
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
  const shown = useListShown();
  const left = useListLeft();
  const views = useViews();
  const count = useCountWords();
  useTitle(m.dossiers_title());

  const [search, setSearch] = useTyped(place, onMove);
  const heading = useRef<HTMLHeadingElement>(null);
  const now = useMemo(() => listed({ ...place, search }, views.data), [place, search, views.data]);
  const { view, query } = now;
  const known = views.data !== undefined || views.error !== null;
  useEffect(() => {
    if (known) rows.ask(query);
  }, [rows, query, known]);

  const [backTo] = useState(JSON.stringify(left.place) === JSON.stringify(place) ? (left.opened?.index ?? null) : null);
  const choosing = useSelection(query, left.chosen, left.keepChosen);
  const [exporting, setExporting] = useState(false);
  const [said, setSaid] = useState("");

  const change = (part: Partial<ListQuery>) => onMove({ ...place, search, ...part });
  const onSort = (column: ListColumn, second: boolean) => change({ sort: sortedBy(query.sort, column, second) });
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

  const total = shown.total ?? 0;
  const chosenCount = countOf(choosing.chosen, total);
  const anyChosen = choosing.chosen.all || chosenCount > 0;
  return (
    <div className="dossiers">
      <div className="dossiers-head">
        <h1 ref={heading} tabIndex={-1}>
          {m.dossiers_title()}
        </h1>
        <span className="faint">{m.dossiers_scope()}</span>
        {shown.total !== null && (
          <span className="faint" role="status" data-testid="dossier-count">
            {count.shown(shown)}
          </span>
        )}
        <div className="dossiers-acts">
          <Button icon="import" onPress={onImport} data-testid="import">
            {m.dossiers_import()}
          </Button>
          <Button icon="export" onPress={() => setExporting(true)} isDisabled={total === 0} data-testid="export">
            {m.bulk_export()}
          </Button>
          <Button look="primary" icon="plus" onPress={onNew}>
            {m.nav_new()}
          </Button>
        </div>
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
        <ViewMenu
          views={views.data ?? [view]}
          listed={now}
          onView={(id) => onMove({ view: id })}
        />
        <FilterBar filters={query.filters} onChange={(filters) => change({ filters })} />
        <Columns key={view.id} view={view} />
      </div>
      <ListState onNew={onNew} onClear={clear}>
        <Grid
          columns={view.columns}
          sort={query.sort}
          onSort={onSort}
          choosing={choosing}
          onRangeCut={() => setSaid(m.dossiers_range_least({ n: f.number(MOST_IN_RANGE) }))}
          backTo={backTo}
          onOpen={(id, index) => {
            left.leave(listPlace.parse({ ...place, search }), id, index);
            onOpen(id);
          }}
        />
      </ListState>
      <BulkBar choosing={choosing} query={query} onExport={() => setExporting(true)} onGone={focusList} />
      {exporting && (
        <ExportDialog
          count={anyChosen ? count.chosen(choosing.chosen, shown) : count.all(shown)}
          selection={anyChosen ? wire(choosing.chosen, query) : { kind: "matching", query, except: [] }}
          columns={view.columns}
          onClose={() => setExporting(false)}
        />
      )}
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </div>
  );
}
