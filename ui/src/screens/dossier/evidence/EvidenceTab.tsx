import type { DossierView } from "../../../backend/generated/DossierView";
import type { EvidenceView } from "../../../backend/generated/EvidenceView";
import { useEvidence } from "../../../backend/register-queries";
import { Button } from "../../../design/components/Button";
import { Callout } from "../../../design/components/Callout";
import { EvidenceMark } from "../../../design/components/EvidenceMark";
import { Section } from "../../../design/components/Section";
import { entryFor } from "../../../errors/catalogue";
import { ErrorBlock } from "../../../errors/ErrorBlock";
import { ruleWords } from "../../../i18n/evidence-words";
import { useFormats } from "../../../i18n/format";
import { useMessages, type Messages } from "../../../i18n/language";
import { statusWord } from "../../../i18n/report-words";
import type { EvidenceActs } from "./evidence-acts";
import { Pieces } from "./Pieces";
import { pieceName } from "./pieces";
import "./Evidence.css";

/** What is kept here of the dossier, with what proves it, and what cannot be had any more. */
export function EvidenceTab({ dossier, acts }: { dossier: DossierView; acts: EvidenceActs }) {
  const m = useMessages();
  const evidence = useEvidence(dossier.row.id);
  if (evidence.data) return <Kept dossier={dossier} evidence={evidence.data} acts={acts} />;
  if (evidence.error) return <ErrorBlock error={evidence.error} acts={{ retry: () => void evidence.refetch() }} />;
  return (
    <p className="soft" role="status">
      {m.proofs_loading()}
    </p>
  );
}

function Kept({ dossier, evidence, acts }: { dossier: DossierView; evidence: EvidenceView; acts: EvidenceActs }) {
  const m = useMessages();
  const f = useFormats();
  const { pieces, missing, rule, running, trouble } = evidence;
  const size = String(pieces.reduce((sum, piece) => sum + Number(piece.size), 0));
  return (
    <div className="proofs">
      <div className="proofs-line">
        <EvidenceMark state={dossier.row.evidence} />
        {pieces.length > 0 && (
          <span data-testid="kept-count" data-pieces={pieces.length}>
            {m.proofs_kept({ count: pieces.length, n: f.number(pieces.length), size: f.bytes(size) })}
          </span>
        )}
        {running && <span role="status">{m.proofs_running()}</span>}
        <span className="soft">
          {m.proofs_rule()}
          {"\u00a0– "}
          {ruleWords(rule)}
        </span>
        <div className="proofs-acts">
          <Button icon="refresh" onPress={acts.capture} isDisabled={!evidence.can_capture} isPending={running || acts.capturing} aria-keyshortcuts="C" data-testid="capture-now">
            {m.proofs_capture()}
          </Button>
        </div>
      </div>
      {trouble && !running && (
        <Callout tone="attention" data-testid="capture-trouble" data-code={trouble}>
          <p>{m.proofs_trouble()}</p>
          <p>{entryFor({ code: trouble, params: {}, retryable: false, trace_id: "" }).sentence({})}</p>
        </Callout>
      )}
      {pieces.some(({ integrity }) => integrity !== "whole") && <Callout tone="critical">{m.proofs_damaged_note()}</Callout>}
      {dossier.never_archived && (
        <p className="soft" data-testid="no-archive">
          {m.proofs_no_archive({ status: statusWord(dossier.never_archived) })}
        </p>
      )}
      {pieces.length > 0 && (
        <Section title={m.proofs_pieces()} wide>
          <Pieces dossier={dossier} pieces={pieces} again={{ run: acts.capture, isDisabled: !evidence.can_capture, isPending: running || acts.capturing }} />
        </Section>
      )}
      {pieces.length === 0 && missing.length === 0 && (
        <div className="proofs-none" data-testid="no-piece">
          <p>
            <strong>{m.proofs_none_title()}</strong>
          </p>
          <p className="soft">{whyNone(m, dossier, evidence)}</p>
        </div>
      )}
      {missing.length > 0 && (
        <Section title={m.proofs_lacking()} wide>
          <ul className="proofs-missing">
            {missing.map((one) => (
              <li key={`${one.kind} ${one.document_id} ${one.page_number}`} data-testid="missing-piece" data-code={one.reason}>
                <strong>{pieceName(m, dossier, one)}</strong> <span className="soft">{entryFor({ code: one.reason, params: {}, retryable: false, trace_id: "" }).sentence({})}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}

function whyNone(m: Messages, { row }: DossierView, { rule }: EvidenceView): string {
  if (rule.policy === "references_only") return m.proofs_none_unwanted();
  if (!row.status?.is_final) return m.proofs_none_waiting();
  return row.evidence === "lost" ? m.proofs_none_lost() : m.proofs_none_due();
}
