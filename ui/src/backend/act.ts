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
