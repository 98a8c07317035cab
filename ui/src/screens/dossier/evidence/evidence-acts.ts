import { useDeskActs } from "../../../app/acts/registry";
import type { DossierView } from "../../../backend/generated/DossierView";
import { useEvidence } from "../../../backend/register-queries";
import { useMessages } from "../../../i18n/language";
import { useCaptureActs } from "../../evidence/capture-acts";
import { usePackActs } from "../../evidence/pack-acts";
import { useDossierName } from "../names";

const CAPTURE_KEYS = ["C"];
const PACK_KEYS = ["P"];

export interface EvidenceActs {
  canCapture: boolean;
  canPack: boolean;
  capture: () => void;
  pack: () => void;
  capturing: boolean;
  packing: boolean;
}

/** Capturing and sealing the dossier in view, by button and by the keys C and P; `say` tells why a key did nothing. */
export function useEvidenceActs(dossier: DossierView, say: (words: string) => void): EvidenceActs {
  const m = useMessages();
  const evidence = useEvidence(dossier.row.id);
  const name = useDossierName(dossier);
  const { one: captureOne, running: capturing } = useCaptureActs();
  const { one: packOne, running: packing } = usePackActs();
  const { id } = dossier.row;
  const canCapture = evidence.data?.can_capture ?? false;
  const canPack = dossier.acts.make_pack;

  const capture = () => {
    say(canCapture ? "" : m.proofs_capture_not_now({ name }));
    if (canCapture && !capturing) void captureOne(id, name);
  };
  const pack = () => {
    say(canPack ? "" : m.proofs_pack_not_now({ name }));
    if (canPack && !packing) packOne(id, name);
  };
  useDeskActs("screen", [
    { id: "capture", label: m.proofs_capture(), icon: "refresh", keys: CAPTURE_KEYS, available: canCapture && !capturing, run: capture },
    { id: "pack", label: m.proofs_pack(), icon: "seal", keys: PACK_KEYS, available: canPack && !packing, run: pack },
  ]);

  return { canCapture, canPack, capture, pack, capturing, packing };
}
