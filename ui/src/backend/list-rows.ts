import type { Backend, Unsubscribe } from "./backend";
import type { DossierRow } from "./generated/DossierRow";
import type { ListPage } from "./generated/ListPage";
import type { ListQuery } from "./generated/ListQuery";
import type { WireError } from "./generated/WireError";
import { ListPages, PAGE, type Run } from "./list-pages";
import { wireError } from "./wire-error";

/** Pages of a range that one question reads; the register gives no more rows at once. */
const AT_ONCE = 500 / PAGE;
/** Milliseconds before a read that was overtaken from elsewhere is asked again. */
const AGAIN = 50;
/** Milliseconds: wishes closer together are a scanner's keys or a key held down, of which only the last counts. */
const BURST = 40;
/** Milliseconds between two searches of one burst: its keys may come slower than they were struck. */
const APART = 64;
/** Milliseconds without another search before the exact number is counted and neighbours are read: what is typed over needs neither. */
const QUIET = 160;

/** What the screens draw beside the rows; a new object for every change of it, but not for rows that come. */
export interface ListShown {
  /** `null` until the first page is here. */
  total: number | null;
  /** False while `total` is only a lower bound. */
  exact: boolean;
  /** Dossiers in the register, whatever the query. */
  all: number;
  /** The query of these rows; while it is not the one asked for, they are those of before. */
  query: ListQuery | null;
  error: WireError | null;
  /** The error kept every row of this query from coming; otherwise those of some page did not come, or are of before. */
  lacking: boolean;
}

const NOTHING: ListShown = { total: null, exact: true, all: 0, query: null, error: null, lacking: false };

/**
 * The list as a run of pages, of which those in sight are read, one at a time: while one is under way
 * only the newest wish is kept, so that typing never queues. Lives above the screens, so that the order
 * is known while a dossier is open.
 */
export class ListRows {
  private shown: ListShown = NOTHING;
  /** Counts what came to the rows or left them. */
  private newest = 0;
  private asked: ListQuery | null = null;
  private readonly pages = new ListPages();
  /** What is under way; a page that nobody sees yet does not hold up another search. */
  private reading: { ahead: boolean; old: boolean } | null = null;
  /** Run for a moment after each wish: until it may be another key, and until nobody types any more. */
  private rest: ReturnType<typeof setTimeout> | null = null;
  private quiet: ReturnType<typeof setTimeout> | null = null;
  /** When the newest search was asked for. */
  private sentAt = -Infinity;
  /** The newest wish is of a burst that may go on. */
  private held = false;
  /** The exact number, once counted, of the rows shown. */
  private counted: number | null = null;
  /** The newest answer gave a lower bound only. */
  private bound = false;
  private counting: ListQuery | null = null;
  private countWanted = false;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly backend: Backend) {}

  readonly snapshot = (): ListShown => this.shown;

  /** Another number whenever a row may be another one. */
  readonly edition = (): number => this.newest;

  /** Tells of every change, of what is shown and of the rows alike. */
  readonly subscribe = (listener: () => void): Unsubscribe => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** As `ListPages.at`. */
  readonly at = (index: number): DossierRow | undefined => this.pages.at(index);

  /** As `ListPages.placeOf`. */
  readonly placeOf = (id: string, near: number): number | null => this.pages.placeOf(id, near);

  /** The list wanted from now on; the rows of before stay until its first page is here. */
  readonly ask = (query: ListQuery): void => {
    if (same(query, this.asked)) return;
    this.held = this.rest !== null || performance.now() - this.sentAt < APART;
    this.restNow();
    this.asked = query;
    this.pages.top();
    // Nothing else to say yet: a key that waits for its rows has nothing drawn anew.
    if (this.shown.error) this.say({ error: null });
    this.step();
  };

  /** The places in sight. */
  readonly want = (first: number, last: number): void => {
    this.pages.look(first, last);
    this.step();
  };

  /** What is shown may have changed in the register. */
  readonly readAgain = (): void => {
    this.pages.doubt();
    // Its answer may be of before.
    if (this.reading) this.reading.old = true;
    this.countWanted = true;
    this.say({ error: null });
    this.step();
  };

  /** Puts a dossier's newest state in its row at once. */
  readonly put = (row: DossierRow): void => {
    this.pages.put(row);
    this.readAgain();
  };

  /** Ids from one place to another, both included, read where they are not here. */
  readonly ids = async (first: number, last: number): Promise<string[]> => {
    const query = this.asked;
    if (!query) return [];
    const found: DossierRow[] = [];
    const from = Math.floor(first / PAGE);
    for (let number = from; number <= Math.floor(last / PAGE); ) {
      const here = this.pages.rowsOf(number);
      const pages = here ? 1 : Math.min(AT_ONCE, Math.floor(last / PAGE) - number + 1);
      found.push(...(here ?? (await this.read(query, number * PAGE, pages * PAGE))));
      number += pages;
    }
    return found.slice(first - from * PAGE, last - from * PAGE + 1).map(({ id }) => id);
  };

  /** Forgets everything, as when somebody signs out. */
  readonly clear = (): void => {
    this.pages.clear();
    if (this.rest !== null) clearTimeout(this.rest);
    if (this.quiet !== null) clearTimeout(this.quiet);
    this.rest = null;
    this.quiet = null;
    this.held = false;
    this.asked = null;
    this.counted = null;
    this.shown = NOTHING;
    this.say({});
  };

  /** Again where another question overtook it, for as long as this list is wanted. */
  private async read(query: ListQuery, offset: number, limit: number): Promise<DossierRow[]> {
    for (;;) {
      try {
        return (await this.backend.listDossiers(query, offset, limit)).rows;
      } catch (reason) {
        if (wireError(reason).code !== "cancelled" || query !== this.asked) throw reason;
      }
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
    }
  }

  /** The first key of a burst is asked for at once, the last when no other follows. */
  private restNow(): void {
    if (this.rest !== null) clearTimeout(this.rest);
    if (this.quiet !== null) clearTimeout(this.quiet);
    this.rest = setTimeout(() => {
      this.rest = null;
      this.held = false;
      this.step();
    }, BURST);
    this.quiet = setTimeout(() => {
      this.quiet = null;
      this.step();
      if (this.shown.query && same(this.asked, this.shown.query)) this.count(this.shown.query);
    }, QUIET);
  }

  private step(): void {
    const query = this.asked;
    if (this.held || !query) return;
    const fresh = !same(query, this.shown.query);
    if (this.reading && !(fresh && this.reading.ahead)) return;
    const run = fresh ? this.pages.inSight() : this.pages.missing(this.shown.total ?? 0, this.quiet === null);
    if (run === null) return;
    if (fresh) this.sentAt = performance.now();
    const reading = { ahead: !this.pages.sees(run), old: false };
    this.reading = reading;
    const ended = () => {
      if (this.reading === reading) this.reading = null;
    };
    this.backend.listDossiers(query, run.first * PAGE, (run.last - run.first + 1) * PAGE).then(
      (page) => {
        ended();
        if (query === this.asked) this.take(query, run, page);
        if (reading.old) this.pages.doubt();
        this.step();
      },
      (reason: unknown) => {
        ended();
        this.fail(query, wireError(reason));
      },
    );
  }

  private take(query: ListQuery, run: Run, { rows, total, exact, all }: ListPage): void {
    if (!same(query, this.shown.query)) {
      this.pages.clear();
      this.counted = null;
      this.countWanted = true;
    }
    this.pages.keep(run, rows);
    this.bound = !exact;
    if (exact) this.counted = null;
    const known = exact || this.counted !== null;
    this.say({ query, error: null, all, exact: known, total: exact ? total : (this.counted ?? total) });
    this.count(query);
  }

  private fail(query: ListQuery, error: WireError): void {
    if (query !== this.asked) this.step();
    else if (error.code === "cancelled") setTimeout(() => this.step(), AGAIN);
    else this.say({ error, lacking: !same(query, this.shown.query) });
  }

  private count(query: ListQuery): void {
    if (!this.bound || !this.countWanted || this.quiet !== null || this.counting === query) return;
    this.counting = query;
    this.countWanted = false;
    this.backend.countDossiers(query).then(
      (total) => {
        if (this.counting === query) this.counting = null;
        if (!same(query, this.shown.query)) return;
        this.counted = total;
        this.say({ total, exact: true });
      },
      // The lower bound stays; the next page asks again.
      () => {
        if (this.counting === query) this.counting = null;
        this.countWanted = true;
      },
    );
  }

  private say(change: Partial<ListShown>): void {
    const next = { ...this.shown, ...change };
    if (!alike(this.shown, next)) this.shown = next;
    this.newest++;
    for (const listener of this.listeners) listener();
  }
}

function alike(one: ListShown, other: ListShown): boolean {
  return (Object.keys(other) as (keyof ListShown)[]).every((name) => one[name] === other[name]);
}

export function same(one: ListQuery | null, other: ListQuery | null): boolean {
  return one === other || (one !== null && other !== null && JSON.stringify(one) === JSON.stringify(other));
}
