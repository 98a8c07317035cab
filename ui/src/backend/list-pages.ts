import type { DossierRow } from "./generated/DossierRow";

/** Rows of one page: what a window shows, so that what is typed for is here soon. */
export const PAGE = 25;
/** Pages kept; those farthest from what is looked at leave first. */
const KEPT = 64;
/** Pages that one question reads for somebody who scrolls, in the way they go. */
const AHEAD = 8;

interface Page {
  rows: DossierRow[];
  stale: boolean;
}

/** Pages side by side, both included. */
export interface Run {
  first: number;
  last: number;
}

/** The pages of a list that are here, and which is to be read next for what is in sight. */
export class ListPages {
  private readonly pages = new Map<number, Page>();
  private span: Run = { first: 0, last: 0 };
  /** The row in sight at the top, and the way it went there: 0 until somebody leaves the top of this list. */
  private first = 0;
  private way: -1 | 0 | 1 = 0;

  /** The row at a place of the whole list, once its page is here. */
  at(index: number): DossierRow | undefined {
    return this.pages.get(Math.floor(index / PAGE))?.rows[index % PAGE];
  }

  /** Where a dossier stands, if its page is here; the place nearest to `near` first. */
  placeOf(id: string, near: number): number | null {
    if (this.at(near)?.id === id) return near;
    for (const [number, { rows }] of this.pages) {
      const step = rows.findIndex((row) => row.id === id);
      if (step >= 0) return number * PAGE + step;
    }
    return null;
  }

  rowsOf(number: number): DossierRow[] | undefined {
    return this.pages.get(number)?.rows;
  }

  /** The places in sight. */
  look(first: number, last: number): void {
    this.span = { first: Math.floor(first / PAGE), last: Math.floor(last / PAGE) };
    if (first !== this.first) this.way = first > this.first ? 1 : -1;
    this.first = first;
  }

  /** Another list will stand here, and begins at its top; as much of it is in sight. */
  top(): void {
    this.span = { first: 0, last: this.span.last - this.span.first };
    this.first = 0;
    this.way = 0;
  }

  inSight(): Run {
    return this.span;
  }

  sees({ first, last }: Run): boolean {
    return first <= this.span.last && last >= this.span.first;
  }

  keep({ first, last }: Run, rows: DossierRow[]): void {
    for (let number = first; number <= last; number++) {
      const place = (number - first) * PAGE;
      this.pages.set(number, { rows: rows.slice(place, place + PAGE), stale: false });
    }
    const middle = (this.span.first + this.span.last) / 2;
    const numbers = Array.from(this.pages.keys()).sort((one, other) => Math.abs(one - middle) - Math.abs(other - middle));
    for (const number of numbers.slice(KEPT)) this.pages.delete(number);
  }

  /** What is in sight stays until it is read again; the rest is forgotten. */
  doubt(): void {
    for (const [number, page] of this.pages) {
      if (number < this.span.first || number > this.span.last) this.pages.delete(number);
      else page.stale = true;
    }
  }

  put(row: DossierRow): void {
    for (const page of this.pages.values()) page.rows = page.rows.map((one) => (one.id === row.id ? row : one));
  }

  clear(): void {
    this.pages.clear();
  }

  /** What to read next: what is in sight, then, where `ahead`, what somebody who scrolls comes to. */
  missing(total: number, ahead: boolean): Run | null {
    const end = Math.max(0, Math.ceil(total / PAGE) - 1);
    const lacks = (number: number) => number >= 0 && number <= end && (this.pages.get(number)?.stale ?? true);
    const run = (from: number, way: 1 | -1, most: number): Run => {
      let to = from;
      while (Math.abs(to - from) < most - 1 && lacks(to + way)) to += way;
      return { first: Math.min(from, to), last: Math.max(from, to) };
    };
    const { first, last } = this.span;
    const way = this.way === 0 ? 1 : this.way;
    const [near, far] = way > 0 ? [first, last] : [last, first];
    for (let number = near; number !== far + way; number += way) {
      if (!lacks(number)) continue;
      // One who goes on from what is here will go on; one who jumped wants what is in sight, soon.
      const goesOn = this.way !== 0 && this.pages.has(number - way);
      return run(number, way, goesOn ? AHEAD : Math.abs(far - number) + 1);
    }
    if (!ahead || this.way === 0) return null;
    for (let step = 1; step <= AHEAD / 2; step++) {
      if (lacks(far + step * way)) return run(far + step * way, way, AHEAD);
    }
    return lacks(near - way) ? { first: near - way, last: near - way } : null;
  }
}
