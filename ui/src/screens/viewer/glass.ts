import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from "react";
import { bounded, fitting, turned, type Point, type Size } from "./lens";

/** One picture under the glass: how large, how turned, which part. View only, nothing touches the file. */
export interface Glass {
  frame: RefObject<HTMLDivElement | null>;
  room: RefObject<HTMLDivElement | null>;
  /** Size on the screen before it is turned; `null` until the picture is there. */
  shown: Size | null;
  /** Room that the turned picture takes. */
  taken: Size | null;
  scale: number;
  /** Another function for another page, and for the same one under another glass. */
  learn: (picture: Size) => void;
  /** The point of the frame (its middle, unless told) keeps the part of the picture that it shows. */
  zoomBy: (factor: number, at?: Point) => void;
  zoomTo: (scale: number) => void;
  fit: () => void;
  pan: (by: Point) => void;
}

/** A point of the frame, and the part of the picture under it as shares of its room. */
interface Hold {
  at: Point;
  share: Point;
}

interface Seen {
  /** Key of the page: what was learnt of another one counts for nothing. */
  of: string;
  picture: Size | null;
  wanted: number | "fit";
}

/** For the page of that key; another key begins anew. */
export function useGlass(of: string, turn: number): Glass {
  const frame = useRef<HTMLDivElement>(null);
  const room = useRef<HTMLDivElement>(null);
  const held = useRef<Hold | null>(null);
  const [available, setAvailable] = useState<Size>({ width: 0, height: 0 });
  const [seen, setSeen] = useState<Seen>({ of, picture: null, wanted: "fit" });
  const { picture, wanted } = seen.of === of ? seen : { picture: null, wanted: "fit" as const };
  const change = useCallback(
    (changed: Partial<Seen>) => setSeen((before) => ({ ...(before.of === of ? before : { picture: null, wanted: "fit" }), ...changed, of })),
    [of],
  );

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const measure = () => setAvailable({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [of]);

  const scale = wanted !== "fit" ? wanted : picture ? fitting(picture, available, turn) : 1;
  useLayoutEffect(() => {
    const hold = held.current;
    held.current = null;
    if (!hold || !frame.current || !room.current) return;
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = room.current;
    frame.current.scrollTo(offsetLeft + hold.share.x * offsetWidth - hold.at.x, offsetTop + hold.share.y * offsetHeight - hold.at.y);
  }, [scale]);

  const learn = useCallback((size: Size) => change({ picture: size }), [change]);
  const zoomTo = (next: number, at?: Point) => {
    held.current = holdOf(frame.current, room.current, at);
    change({ wanted: bounded(next) });
  };
  const shown = picture && { width: picture.width * scale, height: picture.height * scale };
  return {
    frame,
    room,
    shown,
    taken: shown && turned(shown, turn),
    scale,
    learn,
    zoomBy: (factor, at) => zoomTo(scale * factor, at),
    zoomTo,
    fit: () => change({ wanted: "fit" }),
    pan: ({ x, y }) => frame.current?.scrollBy(x, y),
  };
}

function holdOf(frame: HTMLElement | null, room: HTMLElement | null, at?: Point): Hold | null {
  if (!frame || !room) return null;
  const point = at ?? { x: frame.clientWidth / 2, y: frame.clientHeight / 2 };
  const share = (scrolled: number, within: number, start: number, length: number) => (scrolled + within - start) / length;
  return {
    at: point,
    share: {
      x: share(frame.scrollLeft, point.x, room.offsetLeft, room.offsetWidth),
      y: share(frame.scrollTop, point.y, room.offsetTop, room.offsetHeight),
    },
  };
}
