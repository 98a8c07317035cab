import type { DossierView } from "../../../backend/generated/DossierView";
import type { ExpectedOutcome } from "../../../backend/generated/ExpectedOutcome";
import { Section } from "../../../design/components/Section";
import { useFormats } from "../../../i18n/format";
import { useMessages, type Messages } from "../../../i18n/language";
import { identityStatusWord, identityValue, identityWord, levelWord, methodWord } from "../../../i18n/report-words";
import { PushData } from "../data/PushData";
import { DecisionHistory } from "../decision/DecisionHistory";
import { Rows } from "./Rows";
import { Steps } from "./Steps";

const OUTCOME: Record<ExpectedOutcome, (m: Messages) => string> = {
  pending: (m) => m.outcome_pending(),
  accepted: (m) => m.outcome_accepted(),
  refused: (m) => m.outcome_refused(),
  unknown: (m) => m.outcome_unknown_datum(),
};

/** What was read of the person, what was typed, and how the checks went. */
export function SummaryTab({ dossier }: { dossier: DossierView }) {
  const m = useMessages();
  const f = useFormats();
  const { report, row } = dossier;
  const link = dossier.link_hint && `${dossier.link_hint} · ${dossier.opened_at ? m.summary_link_opened({ date: f.dateTime(dossier.opened_at) }) : m.summary_link_not_opened()}`;
  return (
    <div className="summary">
      <Section title={m.summary_identity()}>
        {report && (
          <Rows
            rows={[
              { term: m.summary_verdict(), value: identityStatusWord(report.status.word) },
              {
                term: m.summary_identity_status(),
                value: report.identity_status && identityStatusWord(report.identity_status),
                note: report.identity_contradicts ? m.summary_identity_contradicts() : null,
                warn: report.identity_contradicts,
              },
              { term: m.dossier_level(), value: report.level && levelWord(report.level) },
              { term: m.dossier_method(), value: report.id_verification_service && methodWord(report.id_verification_service) },
              ...report.identity.map((field) => ({ term: identityWord(field), value: identityValue(field, (value) => f.day(value)), note: field.doubtful ? m.summary_doubtful() : null, warn: field.doubtful })),
            ]}
          />
        )}
        {!(report && report.identity.length > 0) && <p className="soft">{report ? m.summary_identity_none() : m.summary_no_report()}</p>}
      </Section>
      <Section title={m.summary_declared()}>
        <Rows
          rows={[
            { term: m.field_last_name(), value: dossier.typed_last_name },
            { term: m.field_first_name(), value: dossier.typed_first_name },
            { term: m.field_email(), value: dossier.email },
            { term: m.field_phone_number(), value: dossier.phone_number },
            { term: m.summary_link(), value: link },
            { term: m.summary_created(), value: f.dateTime(row.created_at) },
            { term: m.summary_started(), value: report?.started_at ? f.dateTime(report.started_at) : null },
            { term: m.summary_finished(), value: row.finished_at && f.dateTime(row.finished_at) },
          ]}
        />
      </Section>
      <DecisionHistory decisions={dossier.decisions} />
      {(dossier.expected.length > 0 || dossier.acts.push_data) && (
        <Section title={m.summary_expected()}>
          {dossier.expected.length > 0 && <Rows
            rows={dossier.expected.map((datum) => ({
              term: identityWord({ key: datum.name }),
              mono: identityWord({ key: datum.name }) === datum.name,
              value: datum.value,
              note: [datum.locked && m.summary_expected_locked(), OUTCOME[datum.outcome](m)].filter(Boolean).join(" · "),
              warn: datum.outcome === "refused" || datum.outcome === "unknown",
            }))}
          />}
          {dossier.acts.push_data && <PushData dossier={dossier} />}
        </Section>
      )}
      {report && (
        <Section title={m.summary_steps()} wide>
          {report.steps.length > 0 ? <Steps steps={report.steps} /> : <p className="soft">{m.summary_steps_none()}</p>}
        </Section>
      )}
      {report?.reason && (
        <Section title={m.summary_reason()} wide>
          <p className="mono summary-reason">{report.reason}</p>
        </Section>
      )}
    </div>
  );
}
