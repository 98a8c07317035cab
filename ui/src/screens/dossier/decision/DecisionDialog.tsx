import { useEffect, useRef, useState } from "react";
import { useAct } from "../../../backend/act";
import { useBackend } from "../../../backend/context";
import type { DecisionChoice } from "../../../backend/generated/DecisionChoice";
import type { DossierView } from "../../../backend/generated/DossierView";
import { useRemember } from "../../../backend/queries";
import { Button } from "../../../design/components/Button";
import { Choice } from "../../../design/components/Choice";
import { Dialog } from "../../../design/components/Dialog";
import { LongField } from "../../../design/components/LongField";
import { ErrorBlock } from "../../../errors/ErrorBlock";
import { DECISION, DECISION_NOTE } from "../../../i18n/decision-words";
import { STATUS_WORD } from "../../../i18n/domain-words";
import { useMessages } from "../../../i18n/language";
import { useBegun } from "../begun";
import { useDossierName } from "../names";
import { DecisionMark } from "../../../design/components/DecisionMark";
import "./Decision.css";

export const CHOICES: DecisionChoice[] = ["accepted", "refused", "more_wanted"];
const LONGEST = 2000;
const BLANK = { choice: null, note: "" };

interface DecisionDialogProps {
  dossier: DossierView;
  /** The one that was asked for by its name; the note is what is left to write. */
  chosen: DecisionChoice | null;
  onClose: () => void;
  onDecided: (said: string) => void;
}

/** A choice and why. Nothing that was not asked for is chosen beforehand: a decision is never made by a slip of Enter. Only «Annuler» lets go of what was typed. */
export function DecisionDialog({ dossier, chosen, onClose, onDecided }: DecisionDialogProps) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const name = useDossierName(dossier);
  const [{ choice, note }, write] = useBegun(dossier.row.id);
  const [asked, setAsked] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!chosen) return;
    write({ choice: chosen });
    field.current?.focus();
  }, [chosen, write]);
  const { id, status } = dossier.row;
  const tooLong = note.length > LONGEST;
  const decide = useAct(async (intentId, taken: DecisionChoice) => {
    const decided = await backend.decide(intentId, id, taken, note);
    write(BLANK);
    remember.dossier(decided);
    onDecided(m.decision_said({ decision: DECISION[taken]() }));
  });
  const press = () => {
    setAsked(true);
    if (choice && !tooLong) void decide.run(choice);
  };
  const word = status && (status.known === "OTHER" ? status.word : STATUS_WORD[status.known]());
  return (
    <Dialog
      open
      onClose={onClose}
      title={m.decision_title({ name })}
      actions={
        <>
          <Button
            onPress={() => {
              write(BLANK);
              onClose();
            }}
            data-testid="cancel"
          >
            {m.cancel()}
          </Button>
          <Button look="primary" onPress={press} isPending={decide.running} data-testid="decide">
            {m.decision_save()}
          </Button>
        </>
      }
    >
      <p className="soft">{word ? m.decision_lead({ status: word }) : m.decision_lead_none()}</p>
      {decide.error && <ErrorBlock error={decide.error} onDismiss={decide.clear} />}
      <Choice
        label={m.decision_choice()}
        columns={3}
        value={choice}
        onChange={(picked) => write({ choice: picked })}
        options={CHOICES.map((one) => ({
          id: one,
          testId: `decision-${one}`,
          content: (
            <span className="decision-choice">
              <DecisionMark choice={one} />
              <span className="soft">{DECISION_NOTE[one]()}</span>
            </span>
          ),
        }))}
      />
      {asked && !choice && (
        <p className="field-problem" role="alert" data-testid="decision-none">
          {m.decision_none_chosen()}
        </p>
      )}
      <LongField label={m.decision_note()} hint={m.decision_note_hint()} value={note} onChange={(typed) => write({ note: typed })} rows={4} problem={tooLong ? m.decision_note_long() : null} testId="decision-note" inputRef={field} />
    </Dialog>
  );
}
