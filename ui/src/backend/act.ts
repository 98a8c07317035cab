import { useCallback, useRef, useState } from "react";
import type { WireError } from "./generated/WireError";
import { newIntentId } from "./intent";
import { wireError } from "./wire-error";

export interface Act<Args extends unknown[], Answer> {
  /** Does nothing while an earlier press is still running: one press, one request. */
  run: (...args: Args) => Promise<Answer | undefined>;
  running: boolean;
  error: WireError | null;
  clear: () => void;
}

/** One button's request, with the intent id of the press. */
export function useAct<Args extends unknown[], Answer>(
  request: (intentId: string, ...args: Args) => Promise<Answer>,
): Act<Args, Answer> {
  const busy = useRef(false);
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<WireError | null>(null);

  const run = useCallback(
    async (...args: Args) => {
      if (busy.current) return undefined;
      busy.current = true;
      setRunning(true);
      setError(null);
      try {
        return await request(newIntentId(), ...args);
      } catch (reason) {
        setError(wireError(reason));
        return undefined;
      } finally {
        busy.current = false;
        setRunning(false);
      }
    },
    [request],
  );
  const clear = useCallback(() => setError(null), []);
  return { run, running, error, clear };
}

export interface Keeping<Wish> {
  /** While an earlier wish is being kept, only the newest one waits, and is kept next. */
  keep: (wish: Wish) => void;
  /** The newest one, until it is kept or refused: what the screen shows meanwhile. */
  wish: Wish | undefined;
  error: WireError | null;
  clear: () => void;
}

/** What is kept at every change of it, however fast the changes come. */
export function useKeeping<Wish>(request: (wish: Wish) => Promise<unknown>): Keeping<Wish> {
  const waiting = useRef<{ wish: Wish } | null>(null);
  const [newest, setNewest] = useState<{ wish: Wish } | null>(null);
  const { run, error, clear } = useAct(async () => {
    const take = () => {
      const next = waiting.current;
      waiting.current = null;
      return next;
    };
    try {
      for (let next = take(); next; next = take()) {
        try {
          await request(next.wish);
        } catch (reason) {
          // A newer wish stands for the one that failed.
          if (waiting.current === null) throw reason;
        }
      }
    } finally {
      setNewest(null);
    }
  });
  const keep = (wish: Wish) => {
    const next = { wish };
    waiting.current = next;
    setNewest(next);
    void run();
  };
  return { keep, wish: newest?.wish, error, clear };
}
