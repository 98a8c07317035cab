import { useCallback } from "react";
import { useLongAct } from "../../app/long-acts/use-long-act";
import type { LongActWords } from "../../app/long-acts/LongActs";
import { useBackend } from "../../backend/context";
import type { PackOutcome } from "../../backend/generated/PackOutcome";
import type { Selection } from "../../backend/generated/Selection";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { PackDetail, packWords } from "./PackDetail";

interface PackActs {
  one: (id: string, name: string) => void;
  many: (selection: Selection) => void;
  running: boolean;
}

/** Sealing evidence, followed in the dock. */
export function usePackActs(): PackActs {
  const m = useMessages();
  const f = useFormats();
  const backend = useBackend();
  const { run, running } = useLongAct();
  const words = useCallback(
    (title: () => string): LongActWords<PackOutcome | null> => ({
      title,
      // Nothing when the person closed the system's dialog.
      outcome: (made) => made && packWords(m, f, made),
      detail: (made) => made && <PackDetail outcome={made} />,
    }),
    [m, f],
  );
  const one = useCallback((id: string, name: string) => void run(words(() => m.proofs_pack_title({ name })), (intentId) => backend.makePack(intentId, id)), [m, backend, run, words]);
  const many = useCallback((selection: Selection) => void run(words(() => m.proofs_packs_title()), (intentId) => backend.makePacks(intentId, selection)), [m, backend, run, words]);
  return { one, many, running };
}
