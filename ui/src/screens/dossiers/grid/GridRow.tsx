import { memo, type MouseEvent } from "react";
import type { DossierRow } from "../../../backend/generated/DossierRow";
import type { ListColumn } from "../../../backend/generated/ListColumn";
import { useFormats } from "../../../i18n/format";
import { useMessages } from "../../../i18n/language";
import { cell, plain } from "./cell";

interface GridRowProps {
  row: DossierRow | undefined;
  index: number;
  columns: ListColumn[];
  active: boolean;
  selected: boolean;
  /** Out of sight, kept because it has the focus. */
  away: boolean;
  /** Of another environment than the session's. */
  elsewhere: boolean;
  now: number;
  onPress: (event: MouseEvent, id: string, index: number, box: boolean) => void;
  onFocus: (index: number) => void;
}

export const GridRow = memo(function GridRow({ row, index, columns, active, selected, away, elsewhere, now, onPress, onFocus }: GridRowProps) {
  const m = useMessages();
  const f = useFormats();
  const place = away ? "grid-row row row-away" : "grid-row row";
  const stop = active ? 0 : -1;
  if (!row) {
    return (
      <div role="row" aria-rowindex={index + 2} className={`${place} row-waiting`} tabIndex={stop} onFocus={() => onFocus(index)}>
        <div role="gridcell" aria-colindex={1} aria-colspan={columns.length + 1} className="grid-cell">
          <span className="visually-hidden">{m.loading()}</span>
        </div>
      </div>
    );
  }
  const words = { m, f, now, elsewhere };
  const name = row.reference ?? row.enrollment_id ?? m.no_reference();
  return (
    // The row is one stop of the grid: its keys are handled by the group around it.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={row.creation === "outcome_unknown" ? `${place} row-unknown` : place}
      tabIndex={stop}
      onFocus={() => onFocus(index)}
      onClick={(event) => onPress(event, row.id, index, false)}
      data-testid="dossier-row"
      data-id={row.id}
    >
      {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- X on the row does it */}
      <div
        role="gridcell"
        aria-colindex={1}
        className="grid-cell grid-box"
        onClick={(event) => {
          event.stopPropagation();
          onPress(event, row.id, index, true);
        }}
      >
        <input type="checkbox" className="box" tabIndex={-1} checked={selected} readOnly aria-label={m.row_select({ name })} data-testid="row-box" />
      </div>
      {columns.map((column, place) => {
        const text = plain(row, column);
        return (
          <div
            key={column}
            role={column === "reference" ? "rowheader" : "gridcell"}
            aria-colindex={place + 2}
            className={text === null ? `grid-cell cell-${column}` : `grid-cell grid-text cell-${column}`}
            title={text ?? undefined}
          >
            {text ?? cell(row, column, words)}
          </div>
        );
      })}
    </div>
  );
});
