/**
 * Elements for the rows in sight: one that rolled out of it is taken for one that rolled in, which is quicker
 * than a new one. A row keeps its element for as long as it is drawn, so that focus and clicks stay on it.
 */
export class Slots {
  private held = new Map<number, number>();

  /** The slot of each of these rows; asked again for the same rows, it gives the same. */
  readonly of = (drawn: number[]): ReadonlyMap<number, number> => {
    const kept = new Map<number, number>();
    for (const index of drawn) {
      const slot = this.held.get(index);
      if (slot !== undefined) kept.set(index, slot);
    }
    const taken = new Set(kept.values());
    let free = 0;
    for (const index of drawn) {
      if (kept.has(index)) continue;
      while (taken.has(free)) free++;
      taken.add(free);
      kept.set(index, free);
    }
    this.held = kept;
    return kept;
  };
}
