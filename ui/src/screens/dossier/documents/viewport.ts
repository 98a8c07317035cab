import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";

const SMALLEST = 0.05;
const LARGEST = 8;
const STEP = 1.25;

interface Size {
  width: number;
  height: number;
}

export interface Viewport {
  frame: RefObject<HTMLDivElement | null>;
  /** Size of the picture on the screen, before it is turned; `null` until it is known. */
  shown: Size | null;
  /** Room that the turned picture takes. */
  room: Size | null;
  scale: number;
  fitted: boolean;
  turn: number;
  learn: (natural: Size) => void;
  zoomBy: (steps: number) => void;
  zoomTo: (scale: number) => void;
  fit: () => void;
  rotate: () => void;
}

/** How large, how turned and which part: all view only, nothing touches the file. */
export function useViewport(): Viewport {
  const frame = useRef<HTMLDivElement>(null);
  const [natural, setNatural] = useState<Size | null>(null);
  const [available, setAvailable] = useState<Size>({ width: 0, height: 0 });
  const [wanted, setWanted] = useState<number | "fit">("fit");
  const [turn, setTurn] = useState(0);

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const measure = () => setAvailable({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const across = turn % 180 === 0;
  const fitting = natural ? Math.min(available.width / (across ? natural.width : natural.height), available.height / (across ? natural.height : natural.width)) : 1;
  const scale = wanted === "fit" ? Math.max(SMALLEST, Math.min(1, fitting || 1)) : wanted;
  const zoomTo = useCallback((next: number) => setWanted(Math.min(LARGEST, Math.max(SMALLEST, next))), []);
  const zoomBy = useCallback((steps: number) => zoomTo(scale * STEP ** steps), [scale, zoomTo]);
  const shown = natural && { width: natural.width * scale, height: natural.height * scale };
  const room = shown && (across ? shown : { width: shown.height, height: shown.width });

  useWheel(frame, zoomBy);
  useDrag(frame);
  return {
    frame,
    shown,
    room,
    scale,
    fitted: wanted === "fit",
    turn,
    learn: setNatural,
    zoomBy,
    zoomTo,
    fit: () => setWanted("fit"),
    rotate: () => setTurn((before) => (before + 90) % 360),
  };
}

/** The wheel zooms; the point under it stays where it is. */
function useWheel(frame: RefObject<HTMLDivElement | null>, zoomBy: (steps: number) => void): void {
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const at = { x: event.clientX - box.left, y: event.clientY - box.top };
      const before = { x: (element.scrollLeft + at.x) / element.scrollWidth, y: (element.scrollTop + at.y) / element.scrollHeight };
      zoomBy(event.deltaY < 0 ? 1 : -1);
      requestAnimationFrame(() => element.scrollTo(before.x * element.scrollWidth - at.x, before.y * element.scrollHeight - at.y));
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [frame, zoomBy]);
}

function useDrag(frame: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    let last: { x: number; y: number } | null = null;
    const onDown = (event: PointerEvent) => {
      if (event.button !== 0 || event.target instanceof HTMLButtonElement) return;
      last = { x: event.clientX, y: event.clientY };
      element.setPointerCapture(event.pointerId);
    };
    const onMove = (event: PointerEvent) => {
      if (!last) return;
      element.scrollBy(last.x - event.clientX, last.y - event.clientY);
      last = { x: event.clientX, y: event.clientY };
    };
    const onUp = () => {
      last = null;
    };
    element.addEventListener("pointerdown", onDown);
    element.addEventListener("pointermove", onMove);
    element.addEventListener("pointerup", onUp);
    element.addEventListener("pointercancel", onUp);
    return () => {
      element.removeEventListener("pointerdown", onDown);
      element.removeEventListener("pointermove", onMove);
      element.removeEventListener("pointerup", onUp);
      element.removeEventListener("pointercancel", onUp);
    };
  }, [frame]);
}
