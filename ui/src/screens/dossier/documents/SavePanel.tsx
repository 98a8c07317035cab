import { useBackend } from "../../../backend/context";
import type { DossierView } from "../../../backend/generated/DossierView";
import type { SaveSubject } from "../../../backend/generated/SaveSubject";
import { Button } from "../../../design/components/Button";
import { Section } from "../../../design/components/Section";
import { ErrorBlock } from "../../../errors/ErrorBlock";
import { useMessages, type Messages } from "../../../i18n/language";
import { useDossierName } from "../names";
import { SaveResult } from "./SaveResult";
import { useSaving } from "./saving";

const SUBJECTS: Record<SaveSubject, { testId: string; word: (m: Messages) => string; allowed: (dossier: DossierView) => boolean }> = {
  recto: { testId: "save-recto", word: (m) => m.save_recto(), allowed: (dossier) => dossier.acts.save_documents && has(dossier, "recto") },
  verso: { testId: "save-verso", word: (m) => m.save_verso(), allowed: (dossier) => dossier.acts.save_documents && has(dossier, "verso") },
  all_documents: { testId: "save-all", word: (m) => m.save_all(), allowed: (dossier) => dossier.acts.save_documents },
  id_claim: { testId: "save-idclaim", word: (m) => m.save_idclaim(), allowed: (dossier) => dossier.acts.save_idclaim },
  report_raw: { testId: "save-report", word: (m) => m.save_report_raw(), allowed: (dossier) => dossier.acts.save_report },
  report_masked: { testId: "save-report-masked", word: (m) => m.save_report_masked(), allowed: (dossier) => dossier.acts.save_report },
  report_pdf: { testId: "save-pdf", word: (m) => m.save_report_pdf(), allowed: (dossier) => dossier.acts.save_pdf },
};

function has(dossier: DossierView, side: "recto" | "verso"): boolean {
  return dossier.report?.documents.some(({ pages }) => pages.some((page) => page.side === side)) ?? false;
}

export function SavePanel({ dossier, subjects }: { dossier: DossierView; subjects: SaveSubject[] }) {
  const m = useMessages();
  const backend = useBackend();
  const name = useDossierName(dossier);
  const { run, running, outcome, error, clear } = useSaving(
    (subject: SaveSubject) => m.proofs_save_title({ piece: `${name}, ${SUBJECTS[subject].word(m)}` }),
    (intentId, subject) => backend.saveEvidence(intentId, dossier.row.id, subject),
  );
  const offered = subjects.filter((subject) => SUBJECTS[subject].allowed(dossier));
  if (offered.length === 0) return null;
  return (
    <Section title={m.save_title()}>
      <p className="faint save-note">{m.save_note()}</p>
      <div className="save-acts">
        {offered.map((subject) => (
          <Button key={subject} small icon="save" onPress={() => run(subject)} isPending={running} data-testid={SUBJECTS[subject].testId}>
            {SUBJECTS[subject].word(m)}
          </Button>
        ))}
      </div>
      {offered.includes("report_raw") && <p className="faint save-note">{m.save_report_raw_note()}</p>}
      {error && <ErrorBlock error={error} onDismiss={clear} />}
      {outcome && <SaveResult outcome={outcome} />}
    </Section>
  );
}
