import { ROW, scaleOf, type Scale } from "./scale";

/** Height of the heading row, which stays in sight; `.grid-pane` in Grid.css says the same. */
export const HEAD = 34;
/** Rows shown above the one that the list opens at. */
const ABOVE = 4;
/**
 * Milliseconds before what is scrolled takes the height of another list. WebKit paints the whole list for it, several
 * times the cost of its rows: whoever types sees them first, and the scroll bar when the next key does not come.
 */
const HEIGHT_AFTER = 150;

/** What is in sight. */
export interface Sight {
  /** Rows in sight, both included. */
  first: number;
  last: number;
  /** Height of the scrolled element, and of the pane that stays in sight in it. */
  height: number;
  view: number;
  /** Rows that the keys for a page go over. */
  page: number;
}

/** What is scrolled, and what is in it: as tall as the list, as what stays in sight, and the rows moved by script. */
export interface RollParts {
  scroller: HTMLElement;
  canvas: HTMLElement;
  pane: HTMLElement;
  rows: HTMLElement;
}

/**
 * The rows in sight of a list of any length. The pane that holds them stays put and is moved by script, so
 * that what is drawn never hangs on the browser's limit of an element's height, and nothing is drawn again
 * while the same rows are in sight.
 */
export class Roll {
  private count = 0;
  private view = 0;
  private offset: number;
  private scale: Scale = scaleOf(0, 0);
  private parts: RollParts | null = null;
  /** The scroll position as the browser last told it: asking makes it lay the page out. */
  private at = -1;
  /** The browser rounds the scroll position: while it stays where it was put, the place is the one wanted. */
  private put = { scrollTop: -1, offset: 0 };
  private sight: Sight = { first: 0, last: -1, height: 0, view: 0, page: 1 };
  private readonly listeners = new Set<() => void>();
  /** Runs while what is scrolled has the height of the list before. */
  private heightDue: ReturnType<typeof setTimeout> | null = null;

  constructor(start: number) {
    this.offset = Math.max(0, (start - ABOVE) * ROW);
  }

  readonly snapshot = (): Sight => this.sight;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Follows this element's scrolling and size until the returned function is called. */
  attach(parts: RollParts): () => void {
    const { scroller } = parts;
    this.parts = parts;
    const onScroll = () => {
      const { scrollTop } = scroller;
      if (scrollTop !== this.put.scrollTop) this.sizeNow();
      this.at = scrollTop;
      this.offset = scrollTop === this.put.scrollTop ? this.put.offset : this.scale.toOffset(scrollTop);
      this.look();
    };
    const observer = new ResizeObserver(() => this.measure());
    observer.observe(scroller);
    scroller.addEventListener("scroll", onScroll, { passive: true });
    this.measure();
    this.size();
    return () => {
      observer.disconnect();
      scroller.removeEventListener("scroll", onScroll);
      this.sizeNow();
      this.parts = null;
    };
  }

  /** The same list has that many rows now. */
  readonly setCount = (count: number): void => {
    if (count === this.count) return;
    this.count = count;
    this.rescale();
  };

  /** Another list, of that many rows, begins at its top. */
  readonly begin = (count: number): void => {
    this.count = count;
    this.offset = 0;
    if (this.heightDue !== null) clearTimeout(this.heightDue);
    this.heightDue = setTimeout(this.sizeNow, HEIGHT_AFTER);
    this.rescale();
    this.go(0);
  };

  /** Brings a row into sight by the shortest way. */
  readonly show = (index: number): void => {
    const top = index * ROW;
    if (top < this.offset) this.go(top);
    else if (top + ROW > this.offset + this.view) this.go(top + ROW - this.view);
  };

  private measure(): void {
    // Whatever the layout says: more than the window is never in sight, and each row in sight is an element.
    const view = Math.max(0, Math.min(this.parts?.scroller.clientHeight ?? 0, window.innerHeight) - HEAD);
    if (view === this.view) return;
    this.view = view;
    this.rescale();
    if (this.put.scrollTop >= 0) this.go(this.offset);
  }

  private rescale(): void {
    this.scale = scaleOf(this.count, this.view, window.devicePixelRatio);
    this.look();
  }

  private go(offset: number): void {
    this.offset = Math.max(0, Math.min(offset, this.furthest()));
    if (this.parts) {
      const { scroller } = this.parts;
      const scrollTop = this.scale.toScroll(this.offset);
      if (scrollTop > 0) this.sizeNow();
      if (scrollTop !== 0 || this.at !== 0) {
        scroller.scrollTop = scrollTop;
        this.at = scroller.scrollTop;
      }
      this.put = { scrollTop: this.at, offset: this.offset };
    }
    this.look();
  }

  private furthest(): number {
    return Math.max(0, this.count * ROW - this.view);
  }

  private look(): void {
    this.offset = this.count > 0 ? Math.min(this.offset, this.furthest()) : this.offset;
    const first = Math.floor(this.offset / ROW);
    const last = Math.min(this.count - 1, Math.ceil((this.offset + this.view) / ROW) - 1);
    const next: Sight = { first, last, height: this.scale.height, view: Math.min(this.view, this.count * ROW), page: Math.max(1, Math.floor(this.view / ROW) - 1) };
    const { sight } = this;
    const others = sight.first !== first || sight.last !== last;
    const resized = sight.height !== next.height || sight.view !== next.view;
    if (others || resized) this.sight = next;
    if (others) for (const listener of this.listeners) listener();
    if (resized) this.size(sight.view);
    this.move();
  }

  private readonly sizeNow = (): void => {
    if (this.heightDue === null) return;
    clearTimeout(this.heightDue);
    this.heightDue = null;
    this.size();
  };

  /** `before`: the height of the pane until now. */
  private size(before = 0): void {
    if (!this.parts) return;
    const { canvas, pane } = this.parts;
    const { height, view } = this.sight;
    // More rows want to be seen at once; fewer leave nothing but room.
    if (this.heightDue === null || view > before) pane.style.blockSize = `${view}px`;
    if (this.heightDue !== null) return;
    canvas.style.blockSize = `${height}px`;
    // Only now is the scrolled element as tall as the list: a place wanted before could not be reached.
    if (this.put.scrollTop < 0 && this.view > 0 && this.count > 0) this.go(this.offset);
  }

  /** Puts the rows at their place to the pixel. */
  private move(): void {
    if (this.parts) this.parts.rows.style.transform = `translateY(${this.sight.first * ROW - this.offset}px)`;
  }
}
