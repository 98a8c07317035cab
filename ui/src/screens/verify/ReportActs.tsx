import { useLongAct } from "../../app/long-acts/use-long-act";
import { useBackend } from "../../backend/context";
import type { CheckReportForm } from "../../backend/generated/CheckReportForm";
import type { SaveOutcome } from "../../backend/generated/SaveOutcome";
import { Button } from "../../design/components/Button";
import { useMessages, type Messages } from "../../i18n/language";

const FORMS: readonly [CheckReportForm, (m: Messages) => string][] = [
  ["pdf", (m) => m.check_save_pdf()],
  ["html", (m) => m.check_save_html()],
  ["json", (m) => m.check_save_json()],
];

/** The sheet to print or to file, and the same for programs. */
export function ReportActs({ checkId }: { checkId: string }) {
  const m = useMessages();
  const backend = useBackend();
  const { run, running } = useLongAct();
  const save = (form: CheckReportForm) =>
    void run({ title: () => m.check_save_running(), outcome: (saved: SaveOutcome | null) => savedSentence(saved, m) }, (intentId) => backend.saveCheckReport(intentId, checkId, form));
  return (
    <div className="check-acts" role="group" aria-label={m.check_save_label()}>
      <span className="check-acts-label">{m.check_save_label()}</span>
      {FORMS.map(([form, word]) => (
        <Button key={form} small icon="save" onPress={() => save(form)} isPending={running} data-testid={`save-check-${form}`}>
          {word(m)}
        </Button>
      ))}
    </div>
  );
}

/** What is said of a file that was saved; `null` when the dialog was closed. */
export function savedSentence(saved: SaveOutcome | null, m: Messages): string | null {
  if (!saved) return null;
  const file = saved.files[0];
  return file ? m.check_saved({ name: file.name, folder: saved.folder }) : null;
}
