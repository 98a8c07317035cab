import { useEffect, useRef, type RefObject } from "react";

/** Tells, after an answer, whether the person still is where they asked for it. */
export function useHere(): RefObject<boolean> {
  const here = useRef(false);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  return here;
}
