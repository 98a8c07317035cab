import { describe, expect, it } from "vitest";
import { Slots } from "./Slots";

const from = (first: number, count: number) => Array.from({ length: count }, (_, step) => first + step);
const given = (slots: Slots, drawn: number[]) => new Map(slots.of(drawn).map(({ index, slot }) => [index, slot]));

describe("the elements of the rows", () => {
  it("stay with their rows while these are drawn", () => {
    const slots = new Slots();
    const before = given(slots, from(10, 20));
    const after = given(slots, from(13, 20));
    for (const index of from(13, 17)) expect(after.get(index)).toBe(before.get(index));
  });

  it("go round: none is made while as many rows are in sight", () => {
    const slots = new Slots();
    for (let first = 0; first < 5000; first += 37) {
      expect(Math.max(...given(slots, from(first, 20)).values())).toBe(19);
    }
  });

  it("keep their order on a jump, so that none moves in the page", () => {
    const slots = new Slots();
    slots.of(from(0, 20));
    const before = slots.of(from(7, 20)).map(({ slot }) => slot);
    expect(slots.of(from(999_980, 20)).map(({ slot }) => slot)).toEqual(before);
  });

  it("are taken up again when more rows are in sight than a moment before", () => {
    const slots = new Slots();
    slots.of(from(0, 20));
    slots.of(from(0, 3));
    expect(Math.max(...given(slots, from(500, 20)).values())).toBe(19);
  });

  it("are never shared by two rows, also not by the one that is kept because it has the focus", () => {
    const slots = new Slots();
    for (const first of [0, 5, 400, 2, 999_980]) {
      const drawn = [...new Set([3, ...from(first, 21)])].sort((one, other) => one - other);
      expect(new Set(given(slots, drawn).values()).size).toBe(drawn.length);
    }
  });
});
