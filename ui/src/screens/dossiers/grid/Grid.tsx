import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from "react";
import { useLatest } from "../../../app/latest";
import { useNow } from "../../../app/now";
import type { ListColumn } from "../../../backend/generated/ListColumn";
import type { SortKey } from "../../../backend/generated/SortKey";
import { useListRows, useListShown } from "../../../backend/list-context";
import { same } from "../../../backend/list-rows";
import { useSession, useSettings } from "../../../backend/queries";
import { useFormats } from "../../../i18n/format";
import { useMessages } from "../../../i18n/language";
import { countOf, type Choosing } from "../selection/use-selection";
import { templateOf } from "./columns";
import { GridHead } from "./GridHead";
import { Roll } from "./Roll";
import { RowPainter } from "./RowPainter";

import "./Grid.css";

/** A range taken at once reaches that far. */
export const MOST_IN_RANGE = 5000;

interface GridProps {
  columns: ListColumn[];
  sort: SortKey[];
  onSort: (column: ListColumn, second: boolean) => void;
  choosing: Choosing;
  onRangeCut: () => void;
  /** Place of the row that was open before, to which the focus returns. */
  backTo: number | null;
  onOpen: (id: string, index: number) => void;
}

/** The focus is on a row, or on a heading. */
type Spot = { at: "row"; index: number } | { at: "head"; column: number };

/** A dossier and its place in the list when it was held; without an id while its row is not here. */
interface Held {
  id: string | undefined;
  index: number;
}

/** A grid of rows: one tab stop, arrows move, Enter opens; only the rows in sight are in the page. */
export const Grid = memo(function Grid({ columns, sort, onSort, choosing, onRangeCut, backTo, onOpen }: GridProps) {
  const m = useMessages();
  const f = useFormats();
  const now = useNow();
  const rows = useListRows();
  const shown = useListShown();
  const environmentId = useSession().data?.current?.environment_id;
  const letters = useSettings().data?.letter_keys ?? true;
  const total = shown.total ?? 0;

  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const [roll] = useState(() => new Roll(backTo ?? 0));
  const [painter] = useState(() => new RowPainter(rows, roll));

  const [spot, setSpot] = useState<Spot>({ at: "row", index: backTo ?? 0 });
  const current = spot.at === "row" ? Math.max(0, Math.min(spot.index, total - 1)) : -1;
  const focusWanted = useRef(backTo !== null);
  const held = useRef<{ id: string; index: number } | null>(null);
  /** Where a run of Shift and arrows began, and the row whose box was pressed last. */
  const runFrom = useRef<Held | null>(null);
  const picked = useRef<Held | null>(null);

  useLayoutEffect(() => {
    if (!scroller.current || !canvas.current || !pane.current || !body.current) return undefined;
    const stops = [painter.attach(body.current), roll.attach({ scroller: scroller.current, canvas: canvas.current, pane: pane.current, rows: body.current })];
    return () => {
      for (const stop of stops) stop();
    };
  }, [painter, roll]);

  useEffect(() => {
    const want = () => {
      const { first, last } = roll.snapshot();
      rows.want(first, last);
    };
    want();
    return roll.subscribe(want);
  }, [rows, roll]);

  useLayoutEffect(() => painter.take({ shown, columns, current, choosing, environmentId, now, m, f }));

  // Another list begins at its top; a heading that was pressed keeps the focus.
  const list = useRef(shown.query);
  useLayoutEffect(() => {
    if (same(list.current, shown.query)) roll.setCount(total);
    else {
      list.current = shown.query;
      held.current = null;
      runFrom.current = null;
      picked.current = null;
      if (body.current?.contains(document.activeElement)) focusWanted.current = true;
      setSpot((before) => (before.at === "head" || before.index === 0 ? before : { at: "row", index: 0 }));
      roll.begin(total);
    }
  }, [shown.query, total, roll]);

  useLayoutEffect(() => {
    painter.paint();
    if (!focusWanted.current) return;
    const target = spot.at === "row" ? painter.element(current) : grid.current?.querySelector<HTMLElement>(`[data-head="${spot.column}"]`);
    if (!target) return;
    focusWanted.current = false;
    target.focus({ preventScroll: true });
  });

  // The focus follows its dossier when the rows move under it, and stays at its place when the dossier left.
  const follow = useLatest(() => {
    const before = held.current;
    const now = rows.at(current);
    if (!now) return;
    if (before && before.index === current && before.id !== now.id) {
      const place = rows.placeOf(before.id, current);
      if (place !== null) {
        held.current = { id: before.id, index: place };
        if (grid.current?.contains(document.activeElement)) focusWanted.current = true;
        setSpot({ at: "row", index: place });
        return;
      }
    }
    held.current = { id: now.id, index: current };
  });
  useEffect(follow, [follow, shown, current]);
  useEffect(() => rows.subscribe(follow), [rows, follow]);

  const go = (next: Spot) => {
    focusWanted.current = true;
    setSpot(next);
    if (next.at === "row") roll.show(next.index);
  };
  const goToRow = (index: number) => go({ at: "row", index: Math.max(0, Math.min(total - 1, index)) });

  const holdAt = (index: number): Held => ({ id: rows.at(index)?.id, index });
  /** Where that dossier stands by now: rows may have come or gone above it. */
  const placeOf = ({ id, index }: Held) => (id === undefined ? index : (rows.placeOf(id, index) ?? index));

  const extend = (to: number) => {
    const next = Math.max(0, Math.min(total - 1, to));
    const from = placeOf((runFrom.current ??= holdAt(current)));
    const [low, high] = [Math.min(from, next), Math.max(from, next)];
    const here = rows.at(current);
    if (here && (current < low || current > high)) choosing.set([here.id], false);
    else choosing.set(between(low, high).flatMap((index) => rows.at(index)?.id ?? []), true);
    goToRow(next);
  };

  const takeRange = async (to: number) => {
    const from = picked.current ? placeOf(picked.current) : current < 0 ? to : current;
    const far = Math.abs(to - from) >= MOST_IN_RANGE;
    const end = far ? from + Math.sign(to - from) * (MOST_IN_RANGE - 1) : to;
    const ids = await rows.ids(Math.min(from, end), Math.max(from, end)).catch(() => []);
    choosing.set(ids, true);
    if (far) onRangeCut();
  };

  const toggle = (index: number) => {
    const row = rows.at(index);
    if (!row) return;
    picked.current = holdAt(index);
    runFrom.current = null;
    choosing.set([row.id], !choosing.has(row.id));
  };

  const onRowKey = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.shiftKey) {
      const to: Partial<Record<string, number>> = { ArrowDown: current + 1, ArrowUp: current - 1 };
      const next = to[event.key];
      if (next === undefined) return;
      event.preventDefault();
      extend(next);
      return;
    }
    if (event.key === "ArrowUp" && current === 0) {
      event.preventDefault();
      go({ at: "head", column: 0 });
      return;
    }
    const { page } = roll.snapshot();
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const steps: Partial<Record<string, number>> = {
      ArrowDown: current + 1, ArrowUp: current - 1, ...(letters && { j: current + 1, k: current - 1 }),
      PageDown: current + page, PageUp: current - page, Home: 0, End: total - 1,
    };
    const next = steps[key];
    if (next !== undefined) {
      event.preventDefault();
      runFrom.current = null;
      goToRow(next);
    } else if ((letters && key === "x") || key === " ") {
      event.preventDefault();
      toggle(current);
    } else if (key === "Enter") {
      const row = rows.at(current);
      if (row) onOpen(row.id, current);
    }
  };

  const onPress = (event: MouseEvent) => {
    const row = rowOf(event.target);
    const id = row?.dataset["id"];
    if (!row || id === undefined) return;
    const index = indexOf(row);
    if (event.shiftKey) void takeRange(index);
    else if (event.target instanceof Element && event.target.closest(".grid-box")) toggle(index);
    else onOpen(id, index);
    painter.paint();
  };
  const onHeading = useLatest((column: number) => go({ at: "head", column }));
  const onLeaveHead = useLatest(() => goToRow(roll.snapshot().first));
  const onFocusRow = useCallback((target: EventTarget) => {
    const row = rowOf(target);
    if (!row) return;
    const index = indexOf(row);
    setSpot((before) => (before.at === "row" && before.index === index ? before : { at: "row", index }));
  }, []);

  const many = countOf(choosing.chosen, total);
  const chosen = many === 0 ? "none" : many === total ? "all" : "some";
  const template = useMemo(() => templateOf(columns), [columns]);

  return (
    <div className="grid-scroller" ref={scroller}>
      <div
        ref={grid}
        role="grid"
        className="grid"
        aria-label={m.dossiers_table()}
        aria-rowcount={shown.exact ? total + 1 : -1}
        aria-colcount={columns.length + 1}
        aria-multiselectable="true"
        data-testid="dossier-table"
        style={{ ["--columns" as string]: template.columns, minInlineSize: template.least }}
      >
        <GridHead columns={columns} sort={sort} onSort={onSort} choosing={choosing} chosen={chosen} spot={spot.at === "head" ? spot.column : null} onSpot={onHeading} onLeave={onLeaveHead} />
        <div className="grid-canvas" role="presentation" ref={canvas}>
          <div className="grid-pane" role="presentation" ref={pane}>
            {/* What is done with the rows is heard here: the rows themselves take the focus. */}
            {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
            <div
              className="grid-rows"
              role="rowgroup"
              ref={body}
              onKeyDown={onRowKey}
              onClick={onPress}
              onFocus={({ target }) => onFocusRow(target)}
              onPointerOver={({ target }) => painter.tell(target, f)}
            />
          </div>
        </div>
      </div>
    </div>
  );
});

function rowOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[aria-rowindex]") : null;
}

/** The heading row is the first. */
function indexOf(row: HTMLElement): number {
  return Number(row.getAttribute("aria-rowindex")) - 2;
}

function between(low: number, high: number): number[] {
  return Array.from({ length: Math.max(0, high - low + 1) }, (_, step) => low + step);
}
