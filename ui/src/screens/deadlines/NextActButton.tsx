import { useState } from "react";
import { useEnvironmentName } from "../../app/environment-name";
import type { NextAct } from "../../backend/generated/NextAct";
import type { RadarCard } from "../../backend/generated/RadarCard";
import { useSession } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import type { IconName } from "../../design/components/Icon";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useMessages, type Messages } from "../../i18n/language";
import { Confirm } from "../dossier/Confirm";
import { dossierName } from "../dossier/names";
import { useNextAct, type Settled } from "./next-act";

const ICON: Record<NextAct["kind"], IconName> = {
  keep_report: "refresh",
  capture: "refresh",
  sign_in: "signOut",
  sign_in_as_user: "user",
  look: "open",
};

function words(m: Messages, next: NextAct, environment: string): string {
  switch (next.kind) {
    case "keep_report": return m.next_keep_report();
    case "capture": return m.next_capture();
    case "sign_in": return m.next_sign_in({ environment });
    case "sign_in_as_user": return m.next_sign_in_as_user();
    case "look": return m.next_look();
  }
}

/** The card's one act. What ends the session asks first. */
export function NextActButton({ card, onSettled }: { card: RadarCard; onSettled: (words: Settled) => Promise<void> }) {
  const m = useMessages();
  const session = useSession();
  const act = useNextAct(card, onSettled);
  const [leaving, setLeaving] = useState(false);
  const { next, row } = card;
  const environment = useEnvironmentName(next.kind === "sign_in" ? next.environment_id : row.environment_id);
  const leaves = next.kind === "sign_in";
  return (
    <>
      <Button small icon={ICON[next.kind]} onPress={() => (leaves ? setLeaving(true) : void act.run())} isPending={act.running} data-testid="next-act" data-act={next.kind}>
        {act.running ? m.next_running() : words(m, next, environment)}
        <span className="visually-hidden"> {m.next_for({ name: dossierName(m, row) })}</span>
      </Button>
      {act.error && <ErrorBlock error={act.error} onDismiss={act.clear} />}
      {leaves && (
        <Confirm
          open={leaving}
          title={m.leave_title()}
          lead={m.leave_lead({ username: session.data?.current?.username ?? "", environment })}
          act={m.leave_act()}
          onClose={() => setLeaving(false)}
          onConfirm={() => {
            setLeaving(false);
            void act.run();
          }}
        />
      )}
    </>
  );
}
