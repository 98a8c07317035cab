import { useEffect, useRef } from "react";

/** What each key does; a key without an act is left alone. */
export type ViewerKeys = Partial<Record<string, (() => void) | undefined>>;

/** Letters with what is held: `z`, `Shift z`, `ArrowLeft`, `Home`. */
function nameOf(event: KeyboardEvent): string {
  if (event.key.length > 1 || event.key.toLowerCase() === event.key.toUpperCase()) return event.key;
  return `${event.shiftKey ? "Shift " : ""}${event.key.toLowerCase()}`;
}

/** A slider or a row of buttons has its own use for the arrows and for Home and End. */
const OWN_KEYS = "input, [role=toolbar], pre";

/** The viewer covers the window, so its keys act wherever the focus is in it. */
export function useViewerKeys(keys: ViewerKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      const ownKeys = event.key.length > 1 && event.target instanceof Element && event.target.closest(OWN_KEYS);
      const act = latest.current[nameOf(event)];
      if (!act || ownKeys) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
