import type { RefObject } from "react";
import { ActButton } from "../../app/acts/ActButton";
import type { DossierView } from "../../backend/generated/DossierView";
import { Button } from "../../design/components/Button";
import { DeadlineBar } from "../../design/components/DeadlineBar";
import { EnvironmentMark } from "../../design/components/EnvironmentMark";
import { EvidenceMark } from "../../design/components/EvidenceMark";
import { Icon } from "../../design/components/Icon";
import { StatusPill } from "../../design/components/StatusPill";
import { CREATION_MEANING, STATUS_MEANING } from "../../i18n/domain-words";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { levelWord, methodWord } from "../../i18n/report-words";
import { Acts } from "./Acts";
import { DecisionMark } from "../../design/components/DecisionMark";
import type { EvidenceActs } from "./evidence/evidence-acts";
import { dossierName } from "./names";
import { Neighbours } from "./Neighbours";
import { Tags } from "./Tags";

interface DossierHeadProps {
  dossier: DossierView;
  evidence: EvidenceActs;
  headingRef: RefObject<HTMLHeadingElement | null>;
  /** A further dossier of the same person, from the form. */
  onAgain: () => void;
  /** The dossier was made, and no browser took its link. */
  onUnopened: () => void;
  onDecide: () => void;
  onBack: () => void;
  onOpen: (id: string) => void;
}

/** What must be seen whatever the tab: who, which verdict, how sure, how long, and what can be done. */
export function DossierHead({ dossier, evidence, headingRef, onAgain, onUnopened, onDecide, onBack, onOpen }: DossierHeadProps) {
  const m = useMessages();
  const f = useFormats();
  const { row, report } = dossier;
  const name = [dossier.last_name, dossier.first_name].filter(Boolean).join(" ");
  const decision = dossier.decisions.at(-1);
  const settled = row.creation === "created" && row.status;
  return (
    <header className="dossier-head">
      <div className="dossier-top">
        <button type="button" className="dossier-back" onClick={onBack} data-testid="back-to-list">
          <Icon name="back" size={14} /> {m.back_to_list()}
        </button>
        <Neighbours id={row.id} onOpen={onOpen} />
        <span className="faint dossier-read">{dossier.read_at ? m.dossier_read_at({ date: f.dateTime(dossier.read_at) }) : m.dossier_never_read()}</span>
      </div>
      <div className="dossier-line">
        <div className="dossier-who">
          <h1 ref={headingRef} tabIndex={-1}>
            {dossierName(m, row)}
          </h1>
          {name && <span className="dossier-name">{name}</span>}
          <StatusPill creation={row.creation} status={row.status} testId="dossier-status" />
          {decision && (
            <span className="dossier-own" data-testid="own-decision" title={f.fullDateTime(decision.at)}>
              <span className="faint">{m.decision_head()}</span>
              <DecisionMark choice={decision.choice} />
            </span>
          )}
          <span className="faint">{settled ? STATUS_MEANING[settled.known]() : CREATION_MEANING[row.creation]()}</span>
          {!dossier.reachable && <EnvironmentMark kind={row.environment_kind} />}
        </div>
        <div className="dossier-acts">
          <Acts dossier={dossier} onAgain={onAgain} onUnopened={onUnopened} />
          {dossier.acts.decide && (
            <ActButton act="decide" onPress={onDecide} data-testid="open-decision">
              {m.decision_act()}
            </ActButton>
          )}
          {evidence.canPack && (
            <Button icon="seal" onPress={evidence.pack} isPending={evidence.packing} aria-keyshortcuts="P" data-testid="make-pack">
              {m.proofs_pack()}
            </Button>
          )}
        </div>
      </div>
      <div className="dossier-facts">
        <dl className="facts">
          {report?.level && <Fact term={m.dossier_level()} value={levelWord(report.level)} />}
          {report?.id_verification_service && <Fact term={m.dossier_method()} value={methodWord(report.id_verification_service)} />}
          <Fact term={m.dossier_process()} value={row.process_name} />
          {row.enrollment_id && <Fact term={m.dossier_number()} value={row.enrollment_id} mono />}
          {row.evidence !== "none" && (
            <div>
              <dt>{m.column_evidence()}</dt>
              <dd>
                <EvidenceMark state={row.evidence} />
              </dd>
            </div>
          )}
          {row.creation === "created" && <Tags dossier={dossier} />}
        </dl>
        {dossier.deadlines.length > 0 && (
          <div className="dossier-deadlines">
            {dossier.deadlines.map((deadline) => (
              <DeadlineBar key={deadline.subject} deadline={deadline} withSubject />
            ))}
          </div>
        )}
      </div>
    </header>
  );
}

function Fact({ term, value, mono }: { term: string; value: string; mono?: boolean }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd className={mono ? "mono" : undefined}>{value}</dd>
    </div>
  );
}
