import { useState } from "react";
import { useAct, type Act } from "../../../backend/act";
import type { DossierView } from "../../../backend/generated/DossierView";
import type { WireError } from "../../../backend/generated/WireError";
import { useRemember } from "../../../backend/queries";
import { wireError } from "../../../backend/wire-error";

export interface Guarded {
  run: () => void;
  running: boolean;
  error: WireError | null;
  clear: () => void;
  /** Rust wants a person's word about a second device. */
  asked: boolean;
  confirm: () => void;
  refuse: () => void;
}

/** A use of the link: tried at once, and once more with the person's word where Rust asks for it. */
export function useGuarded(way: (confirmed: boolean) => Promise<DossierView>): Guarded {
  const remember = useRemember();
  const [asked, setAsked] = useState(false);
  const act: Act<[boolean], void> = useAct(async (_intentId, confirmed: boolean) => {
    try {
      remember.dossier(await way(confirmed));
    } catch (reason) {
      if (confirmed || wireError(reason).code !== "second_device") throw reason;
      setAsked(true);
    }
  });
  return {
    run: () => void act.run(false),
    running: act.running,
    error: act.error,
    clear: act.clear,
    asked,
    confirm: () => {
      setAsked(false);
      void act.run(true);
    },
    refuse: () => setAsked(false),
  };
}
