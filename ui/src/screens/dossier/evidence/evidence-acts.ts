import { useEffect, useState } from "react";
import { isPlainLetter } from "../../../app/keys";
import type { DossierView } from "../../../backend/generated/DossierView";
import { useEvidence } from "../../../backend/register-queries";
import { useMessages } from "../../../i18n/language";
import { useCaptureActs } from "../../evidence/capture-acts";
import { usePackActs } from "../../evidence/pack-acts";
import { useDossierName } from "../names";

export interface EvidenceActs {
  canCapture: boolean;
  canPack: boolean;
  capture: () => void;
  pack: () => void;
  capturing: boolean;
  packing: boolean;
  /** Why a key did nothing. */
  said: string;
}

/** Capturing and sealing the dossier in view, by button and by the keys C and P. */
export function useEvidenceActs(dossier: DossierView): EvidenceActs {
  const m = useMessages();
  const evidence = useEvidence(dossier.row.id);
  const name = useDossierName(dossier);
  const { one: captureOne, running: capturing } = useCaptureActs();
  const { one: packOne, running: packing } = usePackActs();
  const [said, setSaid] = useState("");
  const { id } = dossier.row;
  const canCapture = evidence.data?.can_capture ?? false;
  const canPack = dossier.acts.make_pack;

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.repeat || !isPlainLetter(event)) return;
      const letter = event.key.toLowerCase();
      if (letter !== "c" && letter !== "p") return;
      event.preventDefault();
      setSaid("");
      if (letter === "c") {
        if (!canCapture) setSaid(m.proofs_capture_not_now({ name }));
        else if (!capturing) void captureOne(id, name);
      } else if (!canPack) setSaid(m.proofs_pack_not_now({ name }));
      else if (!packing) packOne(id, name);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [m, canCapture, canPack, captureOne, capturing, packOne, packing, id, name]);

  return { canCapture, canPack, capture: () => void captureOne(id, name), pack: () => packOne(id, name), capturing, packing, said };
}
