/** Height of every row, in CSS pixels; `.row` in Grid.css says the same. */
export const ROW = 34;

/**
 * The tallest element there may be: WebKit and Chromium count in 1/64 px up to 33,554,428 px, Chromium in
 * pixels of the screen.
 */
const TALLEST = 30_000_000;

/** Between a scroll position, which the browser limits, and a place in the whole list, which nothing limits. */
export interface Scale {
  /** Height of the element that is scrolled. */
  height: number;
  toOffset: (scrollTop: number) => number;
  toScroll: (offset: number) => number;
}

/** At both ends one pixel scrolled is one pixel of the list, so that no row there is out of reach; between them it is more. */
export function scaleOf(rows: number, view: number, pixelRatio = 1): Scale {
  const whole = rows * ROW;
  const height = Math.min(whole, Math.floor(TALLEST / Math.max(1, pixelRatio)));
  const travel = Math.max(0, height - view);
  const distance = Math.max(0, whole - view);
  const even = Math.min(40 * view, travel / 4);
  const ratio = travel > 2 * even ? (distance - 2 * even) / (travel - 2 * even) : 1;
  return {
    height,
    toOffset: (scrollTop) => {
      const at = Math.max(0, Math.min(travel, scrollTop));
      if (at <= even) return at;
      if (travel - at <= even) return distance - (travel - at);
      return even + (at - even) * ratio;
    },
    toScroll: (offset) => {
      const at = Math.max(0, Math.min(distance, offset));
      if (at <= even) return at;
      if (distance - at <= even) return travel - (distance - at);
      return even + (at - even) / ratio;
    },
  };
}
