import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { ListPlace, SORTS } from "../../app/router";
import { Icon } from "../../design/components/Icon";
import { useMessages, type Messages } from "../../i18n/language";
import { DossierTableRow } from "./DossierTableRow";
import type { DossierRows } from "./rows";

const ROW = 34;

const COLUMNS: { sort: (typeof SORTS)[number]; word: (m: Messages) => string }[] = [
  { sort: "status", word: (m) => m.dossiers_column_status() },
  { sort: "reference", word: (m) => m.dossiers_column_reference() },
  { sort: "name", word: (m) => m.dossiers_column_name() },
  { sort: "process", word: (m) => m.dossiers_column_process() },
  { sort: "created_at", word: (m) => m.dossiers_column_created() },
  { sort: "finished_at", word: (m) => m.dossiers_column_finished() },
  { sort: "deadline", word: (m) => m.dossiers_column_deadline() },
];

interface DossierTableProps {
  rows: DossierRows;
  place: ListPlace;
  onMove: (change: Partial<ListPlace>) => void;
  backTo: number | null;
  onOpen: (id: string, index: number) => void;
}

/** A grid of rows: one tab stop, arrows move, Enter opens; only the rows in sight are in the page. */
export function DossierTable({ rows, place, backTo, onMove, onOpen }: DossierTableProps) {
  const m = useMessages();
  const total = rows.total ?? 0;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(backTo ?? 0);
  const current = Math.min(active, total - 1);
  const focusWanted = useRef(backTo !== null);
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler in this build
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
    scrollPaddingStart: ROW,
    initialOffset: Math.max(0, (backTo ?? 0) * ROW - 4 * ROW),
    // The row that has the focus stays in the page when it scrolls out of sight.
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      return indexes.includes(current) ? indexes : [...indexes, current].sort((one, other) => one - other);
    },
  });
  const items = virtual.getVirtualItems();
  const first = virtual.range?.startIndex ?? 0;
  const last = virtual.range?.endIndex ?? 0;
  const { want } = rows;
  useEffect(() => want(first, last), [want, first, last]);

  useEffect(() => {
    if (!focusWanted.current) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[aria-rowindex="${current + 2}"]`);
    if (row) {
      focusWanted.current = false;
      row.focus({ preventScroll: true });
    }
  });

  const go = (index: number) => {
    const next = Math.max(0, Math.min(total - 1, index));
    setActive(next);
    focusWanted.current = true;
    virtual.scrollToIndex(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW) - 2);
    const steps: Partial<Record<string, number>> = { ArrowDown: current + 1, ArrowUp: current - 1, PageDown: current + page, PageUp: current - page, Home: 0, End: total - 1 };
    const next = steps[event.key];
    const row = rows.at(current);
    if (next !== undefined) {
      event.preventDefault();
      go(next);
    } else if (event.key === "Enter" && row) onOpen(row.id, current);
  };

  let above = 0;
  return (
    <div className="table-scroller" ref={scroller}>
      {/* A grid in ARIA's sense: its rows take the focus and the arrows. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role */}
      <table className="dossier-table" role="grid" aria-label={m.dossiers_table()} aria-rowcount={total + 1} aria-colcount={COLUMNS.length} data-testid="dossier-table">
        <thead>
          <tr aria-rowindex={1}>
            {COLUMNS.map(({ sort, word }) => (
              <HeaderCell key={sort} label={word(m)} order={place.sort === sort ? (place.descending ? "descending" : "ascending") : "none"} onSort={() => onMove({ sort, descending: place.sort === sort ? !place.descending : false })} />
            ))}
          </tr>
        </thead>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <tbody onKeyDown={onKeyDown}>
          {items.map((item) => {
            const gap = item.start - above;
            above = item.end;
            const row = rows.at(item.index);
            return [
              gap > 0 && <Spacer key={`gap ${item.index}`} size={gap} />,
              <DossierTableRow key={row?.id ?? item.index} row={row} index={item.index} active={item.index === current} onFocus={() => setActive(item.index)} onOpen={onOpen} />,
            ];
          })}
          {virtual.getTotalSize() > above && <Spacer size={virtual.getTotalSize() - above} />}
        </tbody>
      </table>
    </div>
  );
}

function HeaderCell({ label, order, onSort }: { label: string; order: "ascending" | "descending" | "none"; onSort: () => void }) {
  return (
    <th scope="col" aria-sort={order}>
      <button type="button" className="sort" onClick={onSort}>
        {label}
        {order !== "none" && <Icon name={order === "ascending" ? "sortUp" : "sortDown"} size={12} />}
      </button>
    </th>
  );
}

function Spacer({ size }: { size: number }) {
  return (
    <tr aria-hidden="true" className="spacer">
      <td colSpan={COLUMNS.length} style={{ blockSize: size }} />
    </tr>
  );
}
