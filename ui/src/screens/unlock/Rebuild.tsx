import { useState } from "react";
import { useLongAct } from "../../app/long-acts/use-long-act";
import { useBackend } from "../../backend/context";
import { useRemember } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { Check } from "../../design/components/Check";
import { Dialog } from "../../design/components/Dialog";
import { useMessages } from "../../i18n/language";

/** The way on that loses most: behind a disclosure, a dialog and a tick. */
export function Rebuild() {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const { run, running } = useLongAct();
  const [asking, setAsking] = useState(false);
  const [understood, setUnderstood] = useState(false);
  const close = () => {
    setAsking(false);
    setUnderstood(false);
  };
  const rebuild = async () => {
    close();
    const session = await run({ title: () => m.rebuild_running(), outcome: () => m.rebuild_done() }, (intentId) => backend.rebuildRegister(intentId));
    if (session) remember.session(session);
  };
  return (
    <div className="damaged-rebuild">
      <p className="soft">{m.rebuild_lead()}</p>
      <div>
        <Button small look="danger" onPress={() => setAsking(true)} isPending={running} data-testid="rebuild-register">
          {m.rebuild_act()}
        </Button>
      </div>
      <Dialog
        open={asking}
        onClose={close}
        urgent
        title={m.rebuild_title()}
        actions={
          <>
            <Button onPress={close} data-testid="cancel">
              {m.cancel()}
            </Button>
            <Button look="danger" isDisabled={!understood} onPress={() => void rebuild()} data-testid="confirm">
              {m.rebuild_confirm()}
            </Button>
          </>
        }
      >
        <p>{m.rebuild_lead()}</p>
        <Check isSelected={understood} onChange={setUnderstood} data-testid="rebuild-understood">
          {m.rebuild_understood()}
        </Check>
      </Dialog>
    </div>
  );
}
