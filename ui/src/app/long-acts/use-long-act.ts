import { createContext, useCallback, useContext, useState } from "react";
import type { LongActs, LongActWords } from "./LongActs";

export const LongActsContext = createContext<LongActs | null>(null);

export function useLongActs(): LongActs {
  const acts = useContext(LongActsContext);
  if (!acts) throw new Error("no long acts above this component");
  return acts;
}

export interface LongActButton {
  /** Shows the act in the dock with its progress and its end; resolves to nothing when it failed or was stopped. */
  run: <Answer>(words: LongActWords<Answer>, request: (intentId: string) => Promise<Answer>) => Promise<Answer | undefined>;
  running: boolean;
}

/** Starts long acts of one place; `running` while one of them goes on. */
export function useLongAct(): LongActButton {
  const acts = useLongActs();
  const [count, setCount] = useState(0);
  const run = useCallback<LongActButton["run"]>(
    async (words, request) => {
      setCount((before) => before + 1);
      try {
        return await acts.run(words, request);
      } finally {
        setCount((before) => before - 1);
      }
    },
    [acts],
  );
  return { run, running: count > 0 };
}
