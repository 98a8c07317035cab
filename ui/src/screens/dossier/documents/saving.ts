import { useEffect, useRef, useState } from "react";
import { useAct, type Act } from "../../../backend/act";
import { useBackend } from "../../../backend/context";
import type { SaveOutcome } from "../../../backend/generated/SaveOutcome";
import type { Progress } from "../../../backend/generated/Progress";

export interface Saving<Subject> {
  act: Act<[Subject], void>;
  outcome: SaveOutcome | null;
  progress: Progress | null;
}

/** One save at a time; its result stays in view until the next one. */
export function useSaving<Subject>(save: (intentId: string, subject: Subject) => Promise<SaveOutcome | null>): Saving<Subject> {
  const backend = useBackend();
  const [outcome, setOutcome] = useState<SaveOutcome | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const intent = useRef<string | null>(null);
  useEffect(() => backend.onProgress((news) => news.intent_id === intent.current && setProgress(news)), [backend]);

  const act = useAct(async (intentId, subject: Subject) => {
    intent.current = intentId;
    setProgress(null);
    setOutcome(null);
    try {
      setOutcome(await save(intentId, subject));
    } finally {
      intent.current = null;
      setProgress(null);
    }
  });
  return { act, outcome, progress };
}
