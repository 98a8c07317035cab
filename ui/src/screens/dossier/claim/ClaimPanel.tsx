import { useState } from "react";
import { ActButton } from "../../../app/acts/ActButton";
import type { LongActWords } from "../../../app/long-acts/LongActs";
import { useLongAct } from "../../../app/long-acts/use-long-act";
import { useBackend } from "../../../backend/context";
import type { DossierView } from "../../../backend/generated/DossierView";
import type { FileCheck } from "../../../backend/generated/FileCheck";
import { Section } from "../../../design/components/Section";
import { HEADLINE, packWorded } from "../../../i18n/check-words";
import { useMessages, type Messages } from "../../../i18n/language";
import { CheckResult } from "../../verify/CheckResult";
import { Tie } from "../../verify/container/Tie";
import { useHere } from "../here";
import { useDossierName } from "../names";
import "../../verify/Verify.css";

/** The verdict without its reasons. */
function headline(m: Messages, { found }: FileCheck): string {
  switch (found.kind) {
    case "container": return HEADLINE[found.verdict.headline].word();
    case "pack": return packWorded(found.verdict).word();
    case "other": return m.verify_other();
  }
}

/** The dossier's idClaim, judged on the person's word and tied to this dossier; who leaves meanwhile is told the verdict in the dock. */
export function ClaimPanel({ dossier }: { dossier: DossierView }) {
  const m = useMessages();
  const backend = useBackend();
  const { run, running } = useLongAct();
  const here = useHere();
  const name = useDossierName(dossier);
  const [check, setCheck] = useState<FileCheck | null>(null);
  const judge = async () => {
    const words: LongActWords<FileCheck> = {
      title: () => m.claim_running({ name }),
      outcome: (judged) => (here.current ? null : m.claim_judged({ name, verdict: headline(m, judged) })),
      // A sound signature alone does not say that it is this dossier's.
      detail: ({ found }) => found.kind === "container" && found.verdict.tie && <Tie tie={found.verdict.tie} />,
    };
    const judged = await run(words, (intentId) => backend.judgeClaim(intentId, dossier.row.id));
    if (judged) setCheck(judged);
  };
  return (
    <Section title={m.claim_title()} wide>
      <p className="soft">{m.claim_lead()}</p>
      <div className="check-acts">
        <ActButton act="judge-claim" icon="verify" onPress={() => void judge()} isPending={running} data-testid="judge-claim">
          {check ? m.claim_judge_again() : m.claim_judge()}
        </ActButton>
      </div>
      <p className="visually-hidden" role="status" data-testid="claim-said">
        {check && <span key={check.check_id}>{headline(m, check)}</span>}
      </p>
      {check && <CheckResult key={check.check_id} check={check} />}
    </Section>
  );
}
