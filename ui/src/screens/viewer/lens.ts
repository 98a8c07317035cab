/** Pixels of the screen for one pixel of the picture. */
export const LARGEST = 8;
const SMALLEST = 0.05;
/** One press, or one notch of the wheel. */
export const STEP = 1.25;
/** A small picture is enlarged to fill its frame, but never beyond what still looks like it. */
const FIT_AT_MOST = 2;

export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/** The room that a picture of that size takes once turned by so many degrees. */
export function turned(size: Size, turn: number): Size {
  return turn % 180 === 0 ? size : { width: size.height, height: size.width };
}

export function bounded(scale: number): number {
  return Math.min(LARGEST, Math.max(SMALLEST, scale));
}

/** The scale at which the whole turned picture is seen. */
export function fitting(picture: Size, frame: Size, turn: number): number {
  const { width, height } = turned(picture, turn);
  const scale = Math.min(frame.width / width, frame.height / height);
  return bounded(Math.min(FIT_AT_MOST, scale || 1));
}
