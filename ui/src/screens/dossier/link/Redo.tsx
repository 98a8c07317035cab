import { useState } from "react";
import { ActButton } from "../../../app/acts/ActButton";
import { useAct } from "../../../backend/act";
import { useBackend } from "../../../backend/context";
import type { DossierView } from "../../../backend/generated/DossierView";
import { useRemember } from "../../../backend/queries";
import { wireError } from "../../../backend/wire-error";
import { ErrorBlock } from "../../../errors/ErrorBlock";
import { useMessages } from "../../../i18n/language";
import { Confirm } from "../Confirm";
import { useDossierName } from "../names";

interface RedoProps {
  dossier: DossierView;
  /** Asks whether a form that was begun may go, before anything is done that cannot be undone. */
  lettingGo: (then: () => void) => void;
  onAgain: () => void;
}

/** The same person again: this dossier is stopped first, so that two of them never run side by side. */
export function Redo({ dossier, lettingGo, onAgain }: RedoProps) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const name = useDossierName(dossier);
  const [asking, setAsking] = useState(false);
  const redo = useAct(async (intentId) => {
    try {
      remember.dossier(await backend.interruptDossier(intentId, dossier.row.id));
    } catch (reason) {
      if (wireError(reason).code !== "already_finished") throw reason;
      // It ended by itself: as good as stopped, unless that end is one that nobody begins again from.
      const ended = await backend.getDossier(dossier.row.id);
      remember.dossier(ended);
      if (!ended.acts.again) return;
    }
    onAgain();
  });
  return (
    <>
      <ActButton act="redo" icon="refresh" onPress={() => lettingGo(() => setAsking(true))} isPending={redo.running} data-testid="redo">
        {m.redo_act()}
      </ActButton>
      {redo.error && <ErrorBlock error={redo.error} acts={redo.error.retryable ? { retry: () => void redo.run() } : {}} onDismiss={redo.clear} />}
      <Confirm
        open={asking}
        title={m.redo_title({ name })}
        lead={m.redo_lead()}
        act={m.redo_confirm()}
        danger
        onConfirm={() => {
          setAsking(false);
          void redo.run();
        }}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
