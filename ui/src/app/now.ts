import { useSyncExternalStore } from "react";

interface Clock {
  subscribe: (listener: () => void) => () => void;
  read: () => number;
}

/** Stands still while nobody looks at it. */
function clock(step: number): Clock {
  let now = Date.now();
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    if (listeners.size === 1) {
      now = Date.now();
      timer = setInterval(() => {
        now = Date.now();
        for (const one of listeners) one();
      }, step);
    }
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) clearInterval(timer);
    };
  };
  return { subscribe, read: () => now };
}

const HALF_MINUTES = clock(30_000);
const SECONDS = clock(1_000);

/** The time, to half a minute: one clock for every countdown on the screen. */
export function useNow(): number {
  return useSyncExternalStore(HALF_MINUTES.subscribe, HALF_MINUTES.read);
}

/** The time, to a second, for what is about to happen. */
export function useSecond(): number {
  return useSyncExternalStore(SECONDS.subscribe, SECONDS.read);
}
