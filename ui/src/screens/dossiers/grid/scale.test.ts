import { describe, expect, it } from "vitest";
import { ROW, scaleOf } from "./scale";

const VIEW = 600;

describe("the scale between scrolling and the list", () => {
  it("is one to one while the list is shorter than the tallest element", () => {
    const scale = scaleOf(5000, VIEW);
    expect(scale.height).toBe(5000 * ROW);
    expect(scale.toOffset(12_345)).toBe(12_345);
  });

  it.each([1_000_000, 10_000_000])("stays under WebKit's limit with %d rows, and reaches the last one", (rows) => {
    const scale = scaleOf(rows, VIEW);
    expect(scale.height).toBeLessThan(33_554_428);
    expect(scale.toOffset(scale.height - VIEW)).toBe(rows * ROW - VIEW);
    expect(scale.toOffset(0)).toBe(0);
  });

  it("passes over no row at either end", () => {
    const scale = scaleOf(1_000_000, VIEW);
    expect(scale.toOffset(1000) - scale.toOffset(900)).toBe(100);
    const end = scale.height - VIEW;
    expect(scale.toOffset(end - 900) - scale.toOffset(end - 1000)).toBe(100);
  });

  it("goes there and back", () => {
    const scale = scaleOf(10_000_000, VIEW, 2);
    for (const offset of [0, 5000, 1_000_000, 170_000_000, 339_990_000]) expect(scale.toOffset(scale.toScroll(offset))).toBeCloseTo(offset, 3);
  });

  it("never goes back while scrolling on", () => {
    const scale = scaleOf(2_000_000, VIEW);
    let before = -1;
    for (let scrollTop = 0; scrollTop < scale.height; scrollTop += 99_991) {
      const offset = scale.toOffset(scrollTop);
      expect(offset).toBeGreaterThan(before);
      before = offset;
    }
  });
});
