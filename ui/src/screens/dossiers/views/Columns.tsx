import { memo, useRef, useState } from "react";
import { useKeeping } from "../../../backend/act";
import { useBackend } from "../../../backend/context";
import type { ListColumn } from "../../../backend/generated/ListColumn";
import type { ListView } from "../../../backend/generated/ListView";
import { useRemember } from "../../../backend/queries";
import { Button } from "../../../design/components/Button";
import { Check } from "../../../design/components/Check";
import { Panel } from "../../../design/components/Panel";
import { ErrorBlock } from "../../../errors/ErrorBlock";
import { COLUMN_WORD } from "../../../i18n/list-words";
import { useMessages } from "../../../i18n/language";
import { COLUMNS } from "../place";

/** Which columns a view shows, in which order; kept at once. */
export const Columns = memo(function Columns({ view }: { view: ListView }) {
  const m = useMessages();
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <span ref={anchor}>
      <Button small look="quiet" icon="columns" onPress={() => setOpen(!open)} aria-expanded={open} aria-haspopup="dialog" data-testid="columns">
        {m.columns_open()}
      </Button>
      <Panel label={m.columns_title()} open={open} onOpenChange={setOpen} anchor={anchor} testId="columns-panel">
        <ColumnList view={view} />
      </Panel>
    </span>
  );
});

function ColumnList({ view }: { view: ListView }) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const [columns, setColumns] = useState(view.columns);
  const [said, setSaid] = useState("");
  const list = useRef<HTMLUListElement>(null);
  const save = useKeeping(async (next: ListColumn[]) => remember.views(await backend.saveView({ ...view, columns: next })));
  const hidden = COLUMNS.filter((column) => !columns.includes(column));

  const keep = (next: ListColumn[]) => {
    setColumns(next);
    save.keep(next);
  };
  const move = (column: ListColumn, from: number, to: number) => {
    const next = columns.filter((one) => one !== column);
    next.splice(to, 0, column);
    keep(next);
    setSaid(m.columns_moved({ name: COLUMN_WORD[column](), place: to + 1, count: next.length }));
    // At an end, the button under the focus can do no more: its neighbour takes it.
    const other = to === 0 ? "down" : to === next.length - 1 ? "up" : to < from ? "up" : "down";
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-testid="column-${other}-${column}"]`)?.focus());
  };
  return (
    <>
      <h2 className="columns-title">{m.columns_title()}</h2>
      <p className="faint columns-lead">{m.columns_lead()}</p>
      <ul ref={list} className="columns">
        {/* One list, so that a box that goes from one part of it to the other is the same box, and keeps the focus. */}
        {[...columns, ...hidden].map((column, place) => {
          const shown = place < columns.length;
          return (
            <li key={column} className="columns-item">
              <Check
                isSelected={shown}
                isDisabled={shown && columns.length === 1}
                onChange={(wanted) => keep(wanted ? [...columns, column] : columns.filter((one) => one !== column))}
                data-testid={`column-${column}`}
              >
                {COLUMN_WORD[column]()}
              </Check>
              {shown && (
                <>
                  <Button small look="quiet" icon="sortUp" iconOnly isDisabled={place === 0} onPress={() => move(column, place, place - 1)} data-testid={`column-up-${column}`}>
                    {m.columns_up({ name: COLUMN_WORD[column]() })}
                  </Button>
                  <Button small look="quiet" icon="sortDown" iconOnly isDisabled={place === columns.length - 1} onPress={() => move(column, place, place + 1)} data-testid={`column-down-${column}`}>
                    {m.columns_down({ name: COLUMN_WORD[column]() })}
                  </Button>
                </>
              )}
            </li>
          );
        })}
      </ul>
      {save.error && <ErrorBlock error={save.error} onDismiss={save.clear} />}
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </>
  );
}
