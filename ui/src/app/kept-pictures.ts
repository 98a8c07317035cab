import { useEffect } from "react";

const PICTURES = "img, video";

/** The engine's own menu, and drags, would take a picture out of the desk without a word in the journal. */
export function useKeptPictures(): void {
  useEffect(() => {
    const ending = new AbortController();
    const keep = (event: Event) => {
      if (event.target instanceof Element && event.target.matches(PICTURES)) event.preventDefault();
    };
    for (const way of ["contextmenu", "dragstart"]) document.addEventListener(way, keep, { capture: true, signal: ending.signal });
    return () => ending.abort();
  }, []);
}
