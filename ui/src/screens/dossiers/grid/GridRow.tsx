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
  const words = { m, f, now, elsewhere };
  const name = row && (row.reference ?? row.enrollment_id ?? m.no_reference());
  // A row that waits for its dossier has the same elements: they are slower to make than to fill.
  return (
    // The row is one stop of the grid: its keys are handled by the group around it.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={row?.creation === "outcome_unknown" ? `${place} row-unknown` : place}
      tabIndex={active ? 0 : -1}
      onFocus={() => onFocus(index)}
      onClick={(event) => row && onPress(event, row.id, index, false)}
      data-testid={row ? "dossier-row" : undefined}
      data-id={row?.id}
    >
      {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- X on the row does it */}
      <div
        role="gridcell"
        aria-colindex={1}
        className="grid-cell grid-box"
        onClick={(event) => {
          event.stopPropagation();
          if (row) onPress(event, row.id, index, true);
        }}
      >
        <input type="checkbox" className="box" tabIndex={-1} checked={selected} disabled={!row} readOnly aria-label={name ? m.row_select({ name }) : m.loading()} data-testid={row ? "row-box" : undefined} />
      </div>
      {columns.map((column, place) => {
        const text = row ? plain(row, column) : null;
        return (
          <div
            key={column}
            role={column === "reference" ? "rowheader" : "gridcell"}
            aria-colindex={place + 2}
            className={text === null ? `grid-cell cell-${column}` : `grid-cell grid-text cell-${column}`}
          >
            {text ?? (row && cell(row, column, words))}
          </div>
        );
      })}
    </div>
  );
});
