import { useState } from "react";
import { useLongAct } from "../../../app/long-acts/use-long-act";
import { useBackend } from "../../../backend/context";
import type { FileCheck } from "../../../backend/generated/FileCheck";
import { Button } from "../../../design/components/Button";
import { Section } from "../../../design/components/Section";
import { HEADLINE, packWorded } from "../../../i18n/check-words";
import { useMessages, type Messages } from "../../../i18n/language";
import { CheckResult } from "../../verify/CheckResult";
import "../../verify/Verify.css";

/** The verdict without its reasons. */
function headline(m: Messages, { found }: FileCheck): string {
  switch (found.kind) {
    case "container": return HEADLINE[found.verdict.headline].word();
    case "pack": return packWorded(found.verdict).word();
    case "other": return m.verify_other();
  }
}

/** The dossier's idClaim, judged on the person's word and tied to this dossier. */
export function ClaimPanel({ id }: { id: string }) {
  const m = useMessages();
  const backend = useBackend();
  const { run, running } = useLongAct();
  const [check, setCheck] = useState<FileCheck | null>(null);
  const judge = async () => {
    const judged = await run({ title: () => m.claim_running(), outcome: () => null }, (intentId) => backend.judgeClaim(intentId, id));
    if (judged) setCheck(judged);
  };
  return (
    <Section title={m.claim_title()} wide>
      <p className="soft">{m.claim_lead()}</p>
      <div className="check-acts">
        <Button icon="verify" onPress={() => void judge()} isPending={running} data-testid="judge-claim">
          {check ? m.claim_judge_again() : m.claim_judge()}
        </Button>
      </div>
      <p className="visually-hidden" role="status" data-testid="claim-said">
        {check && <span key={check.check_id}>{headline(m, check)}</span>}
      </p>
      {check && <CheckResult key={check.check_id} check={check} />}
    </Section>
  );
}
