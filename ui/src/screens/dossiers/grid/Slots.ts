/** A row that is drawn, and the element it is drawn in. */
export interface Slot {
  index: number;
  slot: number;
}

/**
 * Elements for the rows in sight: one that rolled out of it is taken for one that rolled in, which is quicker
 * than a new one. A row keeps its element for as long as it is drawn, so that focus and clicks stay on it.
 */
export class Slots {
  private held = new Map<number, number>();
  private spare: number[] = [];
  private made = 0;

  /** The slot of each of these rows, which come in order; asked again for the same rows, it gives the same. */
  readonly of = (drawn: number[]): Slot[] => {
    const before = this.held;
    const wanted = new Set(drawn);
    // In the order they stand in the page: where all are taken for others, none has to move.
    const free: number[] = [];
    for (const [index, slot] of before) if (!wanted.has(index)) free.push(slot);
    let taken = 0;
    const slots = drawn.map((index) => ({ index, slot: before.get(index) ?? free[taken++] ?? this.spare.pop() ?? this.made++ }));
    this.spare.push(...free.slice(taken));
    this.held = new Map(slots.map(({ index, slot }) => [index, slot]));
    return slots;
  };
}
