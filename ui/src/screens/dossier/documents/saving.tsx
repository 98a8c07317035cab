import { useState } from "react";
import type { LongActWords } from "../../../app/long-acts/LongActs";
import { useLongActs } from "../../../app/long-acts/use-long-act";
import { useAct } from "../../../backend/act";
import type { SaveOutcome } from "../../../backend/generated/SaveOutcome";
import type { WireError } from "../../../backend/generated/WireError";
import { wireError } from "../../../backend/wire-error";
import { useMessages } from "../../../i18n/language";
import { useHere } from "../here";
import { SavedFiles, savedWords } from "./SaveResult";

export interface Saving<Subject> {
  /** Does nothing while an earlier save goes on. */
  run: (subject: Subject) => void;
  running: boolean;
  outcome: SaveOutcome | null;
  error: WireError | null;
  clear: () => void;
}

/**
 * One save at a time, followed in the dock. How it ended stays in view here until the next one; in the dock, where the
 * person has left meanwhile.
 */
export function useSaving<Subject>(
  title: (subject: Subject) => string,
  save: (intentId: string, subject: Subject) => Promise<SaveOutcome | null>,
): Saving<Subject> {
  const m = useMessages();
  const acts = useLongActs();
  const here = useHere();
  const [outcome, setOutcome] = useState<SaveOutcome | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const act = useAct(async (_intent, subject: Subject) => {
    setOutcome(null);
    setError(null);
    const words: LongActWords<SaveOutcome | null> = {
      title: () => title(subject),
      outcome: (saved) => (here.current || saved === null ? null : savedWords(m, saved)),
      detail: (saved) => saved && <SavedFiles outcome={saved} />,
    };
    const saved = await acts.run(words, async (intentId) => {
      try {
        return await save(intentId, subject);
      } catch (reason) {
        const failure = wireError(reason);
        if (!here.current || failure.code === "cancelled") throw reason;
        setError(failure);
        return null;
      }
    });
    if (saved) setOutcome(saved);
  });
  return { run: (subject) => void act.run(subject), running: act.running, outcome, error, clear: () => setError(null) };
}
