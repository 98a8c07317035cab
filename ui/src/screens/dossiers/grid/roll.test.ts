import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HEAD, Roll, type RollParts } from "./Roll";
import { ROW } from "./scale";

const VIEW = 600;

/** A list that is rolled, and what it is rolled in. */
function rolled(count: number, clientHeight = VIEW + HEAD): RollParts & { roll: Roll } {
  const made = () => document.createElement("div");
  const [scroller, canvas, pane, rows] = [made(), made(), made(), made()];
  Object.defineProperty(scroller, "clientHeight", { value: clientHeight });
  const roll = new Roll(0);
  roll.attach({ scroller, canvas, pane, rows });
  roll.setCount(count);
  return { roll, scroller, canvas, pane, rows };
}

const height = ({ style }: HTMLElement) => style.blockSize;

describe("a list that rolls", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("has the height of its rows, and more of them as they become known", () => {
    const { roll, canvas, pane } = rolled(1000);
    expect([height(canvas), height(pane)]).toEqual([`${1000 * ROW}px`, `${VIEW}px`]);
    roll.setCount(1200);
    expect(height(canvas)).toBe(`${1200 * ROW}px`);
  });

  it("never has more in sight than the window, however tall the layout made it", () => {
    const { roll } = rolled(1_000_000, 34_000_000);
    const { first, last } = roll.snapshot();
    expect((last - first) * ROW).toBeLessThan(window.innerHeight);
  });

  it("takes the height of another list when the next key does not come", () => {
    const { roll, canvas } = rolled(1000);
    roll.begin(50);
    vi.advanceTimersByTime(100);
    roll.begin(20);
    vi.advanceTimersByTime(100);
    expect(height(canvas)).toBe(`${1000 * ROW}px`);
    vi.advanceTimersByTime(100);
    expect(height(canvas)).toBe(`${20 * ROW}px`);
  });

  it("takes it at once for somebody who scrolls, or who goes to a row by the keys", () => {
    for (const move of [({ scroller }: RollParts) => scroller.dispatchEvent(new Event("scroll")), ({ roll }: { roll: Roll }) => roll.show(49)]) {
      const list = rolled(1000);
      list.roll.begin(50);
      list.scroller.scrollTop = 30;
      move(list);
      expect(height(list.canvas)).toBe(`${50 * ROW}px`);
    }
  });

  it("makes room at once for more rows than the list before had", () => {
    const { roll, pane } = rolled(3);
    expect(height(pane)).toBe(`${3 * ROW}px`);
    roll.begin(1000);
    expect(height(pane)).toBe(`${VIEW}px`);
  });
});
