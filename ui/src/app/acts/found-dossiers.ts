import { useEffect, useState } from "react";
import { useBackend } from "../../backend/context";
import type { DossierRow } from "../../backend/generated/DossierRow";

/** Dossiers under the acts: enough to recognise the one that was meant. */
const MOST = 6;
const LEAST_LETTERS = 2;
/** Milliseconds without another key before the register is asked, or asked again when something else overtook it. */
const REST = 80;

interface Answer {
  typed: string;
  rows: DossierRow[];
  /** The register could not be read: no rows says nothing of what there is. */
  failed: boolean;
}

interface FoundDossiers {
  rows: DossierRow[];
  searching: boolean;
  failed: boolean;
}

/** The newest dossiers whose reference, number or name begins with what is typed. Those of before stay until the answer is here. */
export function useFoundDossiers(typed: string): FoundDossiers {
  const backend = useBackend();
  const [answer, setAnswer] = useState<Answer>({ typed: "", rows: [], failed: false });
  const search = typed.trim();
  const wanted = search.length >= LEAST_LETTERS;
  useEffect(() => {
    if (!wanted) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    let left = false;
    const ask = (triesLeft: number) => {
      timer = setTimeout(() => {
        backend.listDossiers({ search, filters: [], sort: [] }, 0, MOST).then(
          ({ rows }) => left || setAnswer({ typed: search, rows, failed: false }),
          // The list behind may have overtaken it; whatever else went wrong, the acts are still there.
          () => left || (triesLeft > 0 ? ask(triesLeft - 1) : setAnswer({ typed: search, rows: [], failed: true })),
        );
      }, REST);
    };
    ask(3);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [backend, search, wanted]);
  const searching = wanted && answer.typed !== search;
  return { rows: wanted ? answer.rows : [], searching, failed: wanted && !searching && answer.failed };
}
