import { useState, type SyntheticEvent } from "react";
import { Form } from "react-aria-components";
import { useAct } from "../../backend/act";
import { useBackend } from "../../backend/context";
import type { DossierView } from "../../backend/generated/DossierView";
import type { Settlement } from "../../backend/generated/Settlement";
import { useRemember } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { Callout } from "../../design/components/Callout";
import { Field } from "../../design/components/Field";
import { CopyButton } from "../../design/components/CopyButton";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useMessages } from "../../i18n/language";
import { Confirm } from "./Confirm";
import { useDossierName } from "./names";

/** A creation whose answer was lost: only a person who looked in the console can settle it. */
export function UnknownOutcome({ dossier }: { dossier: DossierView }) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const name = useDossierName(dossier);
  const [number, setNumber] = useState("");
  const [wrong, setWrong] = useState(false);
  const [asked, setAsked] = useState(false);
  const settle = useAct(async (intentId, settlement: Settlement) => remember.dossier(await backend.settleUnknown(intentId, dossier.row.id, settlement)));

  const attach = (event: SyntheticEvent) => {
    event.preventDefault();
    const digits = number.trim();
    const sound = /^\d+$/.test(digits);
    setWrong(!sound);
    if (sound) void settle.run({ how: "attach", enrollment_id: digits });
  };
  return (
    <Callout tone="critical" data-testid="unknown-outcome">
      <div className="unknown">
        <p>
          <strong>{m.unknown_title()}</strong> {m.unknown_lead()}
        </p>
        <p className="unknown-reference">
          <span className="faint">{m.unknown_reference()}</span>
          <strong className="mono">{dossier.client_reference}</strong>
          <CopyButton text={dossier.client_reference} label={m.copy()} />
        </p>
        {settle.error && <ErrorBlock error={settle.error} onDismiss={settle.clear} />}
        {dossier.acts.settle_unknown && (
          <div className="unknown-acts">
            <Form className="unknown-attach" onSubmit={attach}>
              <Field label={m.unknown_number()} hint={m.unknown_number_hint()} value={number} onChange={setNumber} problem={wrong ? m.problem_digits() : null} inputMode="numeric" testId="unknown-number" mono />
              <Button type="submit" isPending={settle.running} data-testid="unknown-attach">
                {m.unknown_attach()}
              </Button>
            </Form>
            <Button onPress={() => setAsked(true)} isPending={settle.running} data-testid="unknown-not-there">
              {m.unknown_not_there()}
            </Button>
          </div>
        )}
      </div>
      <Confirm
        open={asked}
        title={m.unknown_not_there_title({ name })}
        lead={m.unknown_not_there_lead()}
        act={m.unknown_not_there_act({ name })}
        onClose={() => setAsked(false)}
        onConfirm={() => {
          setAsked(false);
          void settle.run({ how: "does_not_exist" });
        }}
      />
    </Callout>
  );
}
