import type { ListColumn } from "../../../backend/generated/ListColumn";
import type { ListRows, ListShown } from "../../../backend/list-rows";
import type { Formats } from "../../../i18n/format";
import type { Messages } from "../../../i18n/language";
import type { Choosing } from "../selection/use-selection";
import { PaintedRow, type RowFacts } from "./PaintedRow";
import type { Roll } from "./Roll";
import { Slots } from "./Slots";
import { Told } from "./Told";

/** What the frame around the rows knows of them. */
export interface Look {
  shown: ListShown;
  columns: ListColumn[];
  /** The row that is the tab stop; -1 while a heading is. */
  current: number;
  choosing: Choosing;
  environmentId: string | undefined;
  now: number;
  m: Messages;
  f: Formats;
}

/**
 * Draws the rows in sight, and the one that has the focus, in the order of the list. They are no part of React's tree:
 * a step of the scrolling, or a page that comes, costs what changed in them and nothing else.
 */
export class RowPainter {
  private body: HTMLElement | null = null;
  private look: Look | null = null;
  private readonly slots = new Slots();
  private readonly made: PaintedRow[] = [];
  /** Those in the page, in its order. */
  private drawn: PaintedRow[] = [];
  private readonly told = new Told();

  constructor(
    private readonly rows: ListRows,
    private readonly roll: Roll,
  ) {}

  /** Keeps the rows in this element up to date until the returned function is called. */
  attach(body: HTMLElement): () => void {
    this.body = body;
    const stops = [
      this.roll.subscribe(this.paint),
      this.rows.subscribe(() => {
        // Where more than the rows changed, the frame is drawn anew, and says so.
        if (this.look?.shown === this.rows.snapshot()) this.paint();
      }),
    ];
    this.paint();
    return () => {
      for (const stop of stops) stop();
      body.replaceChildren();
      this.drawn = [];
      this.body = null;
    };
  }

  /** To be painted with from now on. */
  take(look: Look): void {
    this.look = look;
  }

  element(index: number): HTMLElement | undefined {
    return this.drawn.find((row) => row.index === index)?.element;
  }

  /** Tells the whole of what is pointed at. */
  tell(target: EventTarget, f: Formats): void {
    this.told.at(target, f);
  }

  readonly paint = (): void => {
    const { body, look } = this;
    if (!body || !look) return;
    this.told.forget();
    const { first, last } = this.roll.snapshot();
    const before = new Map(this.drawn.map((row) => [row, row.index]));
    const focused = body.contains(document.activeElement) ? this.drawn.find(({ element }) => element.contains(document.activeElement)) : undefined;
    this.drawn = this.slots.of(places(first, last, look.current)).map(({ index, slot }) => this.draw(slot, this.facts(look, index, index < first || index > last)));
    this.put(body, before);
    // The focus never stays in an element that another row took over.
    if (focused && (focused.index !== before.get(focused) || !focused.element.isConnected)) this.element(look.current)?.focus({ preventScroll: true });
  };

  private facts({ columns, current, choosing, environmentId, now, m, f }: Look, index: number, away: boolean): RowFacts {
    const row = this.rows.at(index);
    return {
      row,
      index,
      columns,
      active: index === current,
      selected: row !== undefined && choosing.has(row.id),
      away,
      elsewhere: row !== undefined && row.environment_id !== environmentId,
      now,
      m,
      f,
    };
  }

  private draw(slot: number, facts: RowFacts): PaintedRow {
    const row = (this.made[slot] ??= new PaintedRow());
    row.draw(facts);
    return row;
  }

  /** Moves those that another row took over, and none that stayed: what is moved loses the focus. */
  private put(body: HTMLElement, before: Map<PaintedRow, number>): void {
    const drawn = new Set(this.drawn);
    for (const row of before.keys()) if (!drawn.has(row)) row.element.remove();
    let next = body.firstChild;
    for (const row of this.drawn) {
      if (row.element === next || before.get(row) === row.index) next = row.element.nextSibling;
      else body.insertBefore(row.element, next);
    }
  }
}

/** Rows from one to another, and the current one wherever it is, in their order. */
function places(first: number, last: number, current: number): number[] {
  const inSight = Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => first + step);
  if (current < 0 || (current >= first && current <= last)) return inSight;
  return current < first ? [current, ...inSight] : [...inSight, current];
}
