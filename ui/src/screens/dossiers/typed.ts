import { useEffect, useState } from "react";
import type { ListPlace } from "./place";

/** The address follows what is typed at that distance, in milliseconds: it serves reloads, not the list. */
const AFTER = 250;

/** What is typed counts at once; the address, and what else changes it, is kept in step behind. */
export function useTyped(place: ListPlace, onMove: (place: ListPlace) => void): [string | undefined, (search: string) => void] {
  const [typed, setTyped] = useState(place.search);
  const [seen, setSeen] = useState(place.search);
  const [sent, setSent] = useState(place.search);
  if (place.search !== seen) {
    setSeen(place.search);
    // An address of our own may be older than the newest key.
    if (place.search !== sent) setTyped(place.search);
  }
  useEffect(() => {
    if (typed === place.search) return undefined;
    const timer = setTimeout(() => {
      setSent(typed);
      onMove({ ...place, search: typed });
    }, AFTER);
    return () => clearTimeout(timer);
  }, [typed, place, onMove]);
  return [typed, setTyped];
}
