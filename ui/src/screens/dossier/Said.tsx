import { useCallback, useState } from "react";

/** What came of the last press, and how often something was said before: the same words again are said anew. */
interface Words {
  words: string;
  turn: number;
}

export function useSaid(): [Words, (words: string) => void] {
  const [said, setSaid] = useState<Words>({ words: "", turn: 0 });
  const say = useCallback((words: string) => setSaid(({ turn }) => ({ words, turn: turn + 1 })), []);
  return [said, say];
}

/** For the eyes as for a screen reader; there before its words, so that they are read out. */
export function Said({ said: { words, turn } }: { said: Words }) {
  return (
    <p className={words ? "dossier-said" : "visually-hidden"} role="status" data-testid="dossier-said">
      {words && <span key={turn}>{words}</span>}
    </p>
  );
}
