import { useState } from "react";
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

  const capture = () => {
    setSaid("");
    if (!canCapture) setSaid(m.proofs_capture_not_now({ name }));
    else if (!capturing) void captureOne(id, name);
  };
  const pack = () => {
    setSaid("");
    if (!canPack) setSaid(m.proofs_pack_not_now({ name }));
    else if (!packing) packOne(id, name);
  };
  useDeskActs("screen", [
    { id: "capture", label: m.proofs_capture(), icon: "refresh", keys: CAPTURE_KEYS, available: canCapture && !capturing, run: capture },
    { id: "pack", label: m.proofs_pack(), icon: "seal", keys: PACK_KEYS, available: canPack && !packing, run: pack },
  ]);

  return { canCapture, canPack, capture, pack, capturing, packing, said };
}
