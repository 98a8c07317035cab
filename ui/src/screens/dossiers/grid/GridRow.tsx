import type { DossierRow } from "../../../backend/generated/DossierRow";
import type { ListColumn } from "../../../backend/generated/ListColumn";
import type { Formats } from "../../../i18n/format";
import type { Messages } from "../../../i18n/language";
import { cell, plain } from "./cell";

/** All that a row is drawn from: with the same, it is the same. */
export interface RowFacts {
  /** Absent while the row waits for its dossier. */
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
  m: Messages;
  f: Formats;
}

/** One row, to be painted: what is done with it is heard by the group around it. */
export function gridRow({ row, index, columns, active, selected, away, elsewhere, now, m, f }: RowFacts) {
  const place = away ? "grid-row row row-away" : "grid-row row";
  const words = { m, f, now, elsewhere };
  const name = row && (row.reference ?? row.enrollment_id ?? m.no_reference());
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={row?.creation === "outcome_unknown" ? `${place} row-unknown` : place}
      tabIndex={active ? 0 : -1}
      data-testid={row ? "dossier-row" : undefined}
      data-id={row?.id}
    >
      <div role="gridcell" aria-colindex={1} className="grid-cell grid-box">
        <input type="checkbox" className="box" tabIndex={-1} disabled={!row} readOnly aria-label={name ? m.row_select({ name }) : m.loading()} data-testid={row ? "row-box" : undefined} />
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
}
