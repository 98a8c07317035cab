import { useCallback, useState } from "react";
import { useReadRegisterAgain } from "../../backend/register-queries";
import type { Settled } from "./next-act";

interface Settling {
  /** What the last act came to. */
  words: Settled;
  settle: (words: Settled) => Promise<void>;
  clear: () => void;
}

/** After an act the cards are read again; where that took the focus away, it goes to `home`. */
export function useSettling(home: () => HTMLElement | null): Settling {
  const readAgain = useReadRegisterAgain();
  const [words, setWords] = useState<Settled>(null);
  const settle = useCallback(
    async (said: Settled) => {
      setWords(said);
      await readAgain();
      requestAnimationFrame(() => {
        if (document.activeElement === null || document.activeElement === document.body) home()?.focus();
      });
    },
    [readAgain, home],
  );
  const clear = useCallback(() => setWords(null), []);
  return { words, settle, clear };
}
