import { describe, expect, it } from "vitest";
import { Slots } from "./Slots";

const from = (first: number, count: number) => Array.from({ length: count }, (_, step) => first + step);

describe("the elements of the rows", () => {
  it("stay with their rows while these are drawn", () => {
    const slots = new Slots();
    const before = slots.of(from(10, 20));
    const after = slots.of(from(13, 20));
    for (const index of from(13, 17)) expect(after.get(index)).toBe(before.get(index));
  });

  it("go round: none is made while as many rows are in sight", () => {
    const slots = new Slots();
    for (let first = 0; first < 5000; first += 37) {
      expect(Math.max(...slots.of(from(first, 20)).values())).toBe(19);
    }
  });

  it("are never shared by two rows, also not by the one that is kept because it has the focus", () => {
    const slots = new Slots();
    for (const first of [0, 5, 400, 2, 999_980]) {
      const drawn = [...from(first, 21), 3].filter((index, place, all) => all.indexOf(index) === place);
      const given = slots.of(drawn);
      expect(new Set(given.values()).size).toBe(drawn.length);
    }
  });
});
