import { useEffect, useRef, type RefObject } from "react";
import { STEP, type Point } from "./lens";

interface Handling {
  onZoom: ((factor: number, at: Point) => void) | undefined;
  onPan: ((by: Point) => void) | undefined;
}

/** The wheel enlarges at the pointer, a drag moves what is seen. */
export function useHandling(frame: RefObject<HTMLDivElement | null>, handling: Handling): void {
  const latest = useRef(handling);
  useEffect(() => {
    latest.current = handling;
  });
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const ending = new AbortController();
    const { signal } = ending;
    let last: Point | null = null;
    const onWheel = (event: WheelEvent) => {
      const { onZoom } = latest.current;
      if (!onZoom) return;
      event.preventDefault();
      const box = element.getBoundingClientRect();
      onZoom(event.deltaY < 0 ? STEP : 1 / STEP, { x: event.clientX - box.left, y: event.clientY - box.top });
    };
    const onDown = (event: PointerEvent) => {
      if (event.button !== 0 || (event.target instanceof Element && event.target.closest("button"))) return;
      last = { x: event.clientX, y: event.clientY };
      element.setPointerCapture(event.pointerId);
    };
    const onMove = (event: PointerEvent) => {
      if (!last) return;
      latest.current.onPan?.({ x: last.x - event.clientX, y: last.y - event.clientY });
      last = { x: event.clientX, y: event.clientY };
    };
    const onUp = () => {
      last = null;
    };
    element.addEventListener("wheel", onWheel, { passive: false, signal });
    element.addEventListener("pointerdown", onDown, { signal });
    element.addEventListener("pointermove", onMove, { signal });
    element.addEventListener("pointerup", onUp, { signal });
    element.addEventListener("pointercancel", onUp, { signal });
    return () => ending.abort();
  }, [frame]);
}
