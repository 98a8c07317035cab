import { useCallback } from "react";
import { useLongAct } from "../../app/long-acts/use-long-act";
import { useBackend } from "../../backend/context";
import type { BulkOutcome } from "../../backend/generated/BulkOutcome";
import type { EvidenceView } from "../../backend/generated/EvidenceView";
import type { Selection } from "../../backend/generated/Selection";
import { useReadRegisterAgain } from "../../backend/register-queries";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";

interface CaptureActs {
  /** Fetches it now, before every other. */
  one: (id: string, name: string) => Promise<void>;
  /** Puts them into the queue. */
  many: (selection: Selection) => Promise<void>;
  running: boolean;
}

/** Capturing on a person's word, followed in the dock. */
export function useCaptureActs(): CaptureActs {
  const m = useMessages();
  const f = useFormats();
  const backend = useBackend();
  const readAgain = useReadRegisterAgain();
  const { run, running } = useLongAct();

  const one = useCallback(
    async (id: string, name: string) => {
      const outcome = ({ pieces, missing }: EvidenceView) => {
        const kept = { name, count: pieces.length, n: f.number(pieces.length) };
        return missing.length > 0 ? m.proofs_capture_missing({ ...kept, missing: f.number(missing.length) }) : m.proofs_capture_done(kept);
      };
      await run({ title: () => m.proofs_capture_title({ name }), outcome }, (intentId) => backend.captureNow(intentId, id));
      await readAgain();
    },
    [m, f, backend, readAgain, run],
  );
  const many = useCallback(
    async (selection: Selection) => {
      const outcome = ({ changed }: BulkOutcome) => (changed === 0 ? m.bulk_capture_nothing() : m.bulk_capture_done({ count: changed, n: f.number(changed) }));
      await run({ title: () => m.bulk_capture_title(), outcome }, (intentId) => backend.captureDossiers(intentId, selection));
      await readAgain();
    },
    [m, f, backend, readAgain, run],
  );
  return { one, many, running };
}
