import { useCallback, useLayoutEffect, useRef } from "react";

/** The same function from first to last, which does what the newest one does: what hangs on it need not redraw. */
export function useLatest<Given extends unknown[], Back>(act: (...given: Given) => Back): (...given: Given) => Back {
  const newest = useRef(act);
  useLayoutEffect(() => {
    newest.current = act;
  });
  return useCallback((...given: Given) => newest.current(...given), []);
}
