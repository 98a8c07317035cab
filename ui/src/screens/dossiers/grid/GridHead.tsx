import { memo, type KeyboardEvent } from "react";
import type { ListColumn } from "../../../backend/generated/ListColumn";
import type { SortKey } from "../../../backend/generated/SortKey";
import { Icon } from "../../../design/components/Icon";
import { COLUMN_WORD } from "../../../i18n/list-words";
import { useMessages } from "../../../i18n/language";
import type { Choosing } from "../selection/use-selection";

interface GridHeadProps {
  columns: ListColumn[];
  sort: SortKey[];
  onSort: (column: ListColumn, second: boolean) => void;
  choosing: Choosing;
  /** How many of the rows are chosen. */
  chosen: "none" | "some" | "all";
  /** The heading that has the tab stop, if it is not on a row; 0 is the box. */
  spot: number | null;
  onSpot: (column: number) => void;
  onLeave: () => void;
}

/** The heading row: sorts, and chooses all that match. Reached with the arrow up from the first row. */
export const GridHead = memo(function GridHead({ columns, sort, onSort, choosing, chosen, spot, onSpot, onLeave }: GridHeadProps) {
  const m = useMessages();
  const onKeyDown = (event: KeyboardEvent) => {
    const here = spot ?? 0;
    const steps: Partial<Record<string, number>> = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: columns.length };
    const next = steps[event.key];
    const column = columns[here - 1];
    if (next !== undefined) {
      event.preventDefault();
      onSpot(Math.max(0, Math.min(columns.length, next)));
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      onLeave();
    } else if (event.shiftKey && column && (event.key === "Enter" || event.key === " ")) {
      // A button pressed from the keyboard does not tell about Shift everywhere.
      event.preventDefault();
      onSort(column, true);
    }
  };
  return (
    <div role="rowgroup" className="grid-head">
      {/* Its buttons take the focus. */}
      {/* eslint-disable-next-line jsx-a11y/interactive-supports-focus */}
      <div role="row" aria-rowindex={1} className="grid-row grid-head-row" onKeyDown={onKeyDown}>
        <div role="columnheader" aria-colindex={1} aria-label={m.dossiers_select_column()} className="grid-cell grid-box">
          <input
            type="checkbox"
            className="box"
            data-head={0}
            tabIndex={spot === 0 ? 0 : -1}
            aria-label={m.dossiers_select_all()}
            title={m.dossiers_select_all_keys()}
            checked={chosen === "all"}
            ref={(box) => {
              if (box) box.indeterminate = chosen === "some";
            }}
            onChange={() => (chosen === "all" ? choosing.clear() : choosing.takeAll())}
            data-testid="select-all"
          />
        </div>
        {columns.map((column, index) => {
          const place = sort.findIndex((key) => key.column === column);
          const key = sort[place];
          return (
            <div
              key={column}
              role="columnheader"
              aria-colindex={index + 2}
              // Only one column may say so; the second key is said in its name.
              aria-sort={place === 0 ? (key?.descending ? "descending" : "ascending") : undefined}
              className="grid-cell"
            >
              <button
                type="button"
                className="sort"
                data-head={index + 1}
                tabIndex={spot === index + 1 ? 0 : -1}
                title={m.dossiers_sort_hint()}
                onClick={(event) => onSort(column, event.shiftKey)}
                data-testid={`sort-${column}`}
              >
                <span className="sort-word">{COLUMN_WORD[column]()}</span>
                {key && <Icon name={key.descending ? "sortDown" : "sortUp"} size={12} />}
                {key && sort.length > 1 && (
                  <>
                    <span className="sort-place" data-place={place + 1} />
                    <span className="visually-hidden">{m.dossiers_sort_place({ place: place + 1, count: sort.length })}</span>
                  </>
                )}
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
});
