import { useContext, useState } from "react";
import { afterFocusReturned } from "../../app/focus";
import { useAct, type Act } from "../../backend/act";
import { useBackend } from "../../backend/context";
import { useSignedInNow } from "../../backend/queries";
import { draftOf } from "../new-dossier/draft";
import { DraftContext } from "../new-dossier/draft-context";
import { useHere } from "./here";

export interface Again {
  /** The form with this dossier's data, once nothing that was begun is lost by it. */
  run: () => void;
  /** The same, where the person has already let go of what they had begun. */
  refill: Act<[], void>;
  /** Asks whether a form that was begun may go, and goes on at once where none was. */
  lettingGo: (then: () => void) => void;
  asked: boolean;
  confirm: () => void;
  refuse: () => void;
}

/** A further dossier of the same person, begun with what is known of this one. */
export function useAgain(id: string, onForm: () => void): Again {
  const form = useContext(DraftContext);
  const backend = useBackend();
  const signedIn = useSignedInNow();
  const here = useHere();
  const [waiting, setWaiting] = useState<(() => void) | null>(null);
  const refill = useAct(async () => {
    const launched = await backend.getLaunchForm(id);
    // Signed out meanwhile, or gone on to something else: the next person's form is no place for it, nor is the next
    // customer's.
    if (!here.current || !signedIn()) return;
    form.write(draftOf(launched));
    onForm();
  });
  const lettingGo = (then: () => void) => {
    const ask = () => setWaiting(() => then);
    if (form.begun) ask();
    // One that was begun before the program ended is in the register alone until its screen is opened.
    else void backend.getDraft().then((kept) => (kept ? ask() : then()), then);
  };
  return {
    run: () => lettingGo(() => void refill.run()),
    refill,
    lettingGo,
    asked: waiting !== null,
    confirm: () => {
      setWaiting(null);
      if (waiting) afterFocusReturned(waiting);
    },
    refuse: () => setWaiting(null),
  };
}
