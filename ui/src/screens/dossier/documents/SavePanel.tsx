import { Label, ProgressBar } from "react-aria-components";
import { useBackend } from "../../../backend/context";
import type { DossierView } from "../../../backend/generated/DossierView";
import type { SaveSubject } from "../../../backend/generated/SaveSubject";
import { Button } from "../../../design/components/Button";
import { Section } from "../../../design/components/Section";
import { ErrorBlock } from "../../../errors/ErrorBlock";
import { useMessages, type Messages } from "../../../i18n/language";
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
  const { act, outcome, progress } = useSaving((intentId, subject: SaveSubject) => backend.saveEvidence(intentId, dossier.row.id, subject));
  const offered = subjects.filter((subject) => SUBJECTS[subject].allowed(dossier));
  if (offered.length === 0) return null;
  return (
    <Section title={m.save_title()}>
      <p className="faint save-note">{m.save_note()}</p>
      <div className="save-acts">
        {offered.map((subject) => (
          <Button key={subject} small icon="save" onPress={() => void act.run(subject)} isPending={act.running} data-testid={SUBJECTS[subject].testId}>
            {SUBJECTS[subject].word(m)}
          </Button>
        ))}
      </div>
      {offered.includes("report_raw") && <p className="faint save-note">{m.save_report_raw_note()}</p>}
      {act.running && (
        <ProgressBar
          className="progress"
          isIndeterminate={!progress}
          value={progress?.done ?? 0}
          maxValue={progress?.total ?? 1}
          valueLabel={progress ? m.save_progress({ done: progress.done, total: progress.total }) : undefined}
        >
          {({ percentage, valueText }) => (
            <>
              <Label>
                {m.save_running()} {progress && valueText}
              </Label>
              <span className="progress-track">
                <span className="progress-fill" style={{ inlineSize: `${percentage ?? 30}%` }} />
              </span>
            </>
          )}
        </ProgressBar>
      )}
      {act.error && <ErrorBlock error={act.error} onDismiss={act.clear} />}
      {outcome && <SaveResult outcome={outcome} />}
    </Section>
  );
}
