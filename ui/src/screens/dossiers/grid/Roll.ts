import { ROW, scaleOf, type Scale } from "./scale";

/** Height of the heading row, which stays in sight; `.grid-pane` in Grid.css says the same. */
export const HEAD = 34;
/** Rows shown above the one that the list opens at. */
const ABOVE = 4;

/** What is in sight; a new object only when rows come or go. */
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
  private scroller: HTMLElement | null = null;
  private moved: HTMLElement | null = null;
  /** The browser rounds the scroll position: while it stays where it was put, the place is the one wanted. */
  private put = { scrollTop: -1, offset: 0 };
  private sight: Sight = { first: 0, last: -1, height: 0, view: 0, page: 1 };
  private readonly listeners = new Set<() => void>();

  constructor(start: number) {
    this.offset = Math.max(0, (start - ABOVE) * ROW);
  }

  readonly snapshot = (): Sight => this.sight;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Follows this element's scrolling and size until the returned function is called. */
  attach(scroller: HTMLElement, moved: HTMLElement): () => void {
    this.scroller = scroller;
    this.moved = moved;
    const onScroll = () => {
      const { scrollTop } = scroller;
      this.offset = scrollTop === this.put.scrollTop ? this.put.offset : this.scale.toOffset(scrollTop);
      this.look();
    };
    const observer = new ResizeObserver(() => this.measure());
    observer.observe(scroller);
    scroller.addEventListener("scroll", onScroll, { passive: true });
    this.measure();
    return () => {
      observer.disconnect();
      scroller.removeEventListener("scroll", onScroll);
      this.scroller = null;
      this.moved = null;
    };
  }

  readonly setCount = (count: number): void => {
    if (count === this.count) return;
    this.count = count;
    this.rescale();
  };

  /** Brings a row into sight by the shortest way. */
  readonly show = (index: number): void => {
    const top = index * ROW;
    if (top < this.offset) this.go(top);
    else if (top + ROW > this.offset + this.view) this.go(top + ROW - this.view);
  };

  readonly top = (): void => this.go(0);

  /** Puts the rows at their place to the pixel; to be called when they are in the page. */
  readonly draw = (): void => {
    if (!this.moved) return;
    this.moved.style.transform = `translateY(${this.sight.first * ROW - this.offset}px)`;
    // Only now is the scrolled element as tall as the list: a place wanted before could not be reached.
    if (this.scroller && this.put.scrollTop < 0 && this.view > 0) this.go(this.offset);
  };

  private measure(): void {
    const view = Math.max(0, (this.scroller?.clientHeight ?? 0) - HEAD);
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
    if (this.scroller) {
      this.scroller.scrollTop = this.scale.toScroll(this.offset);
      this.put = { scrollTop: this.scroller.scrollTop, offset: this.offset };
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
    if (sight.first === first && sight.last === last && sight.height === next.height && sight.view === next.view) {
      this.draw();
      return;
    }
    this.sight = next;
    for (const listener of this.listeners) listener();
  }
}
