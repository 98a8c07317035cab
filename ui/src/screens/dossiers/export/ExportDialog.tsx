import { useState } from "react";
import { useLongAct } from "../../../app/long-acts/use-long-act";
import { useBackend } from "../../../backend/context";
import type { ExportOutcome } from "../../../backend/generated/ExportOutcome";
import type { ExportFormat } from "../../../backend/generated/ExportFormat";
import type { ListColumn } from "../../../backend/generated/ListColumn";
import type { Selection } from "../../../backend/generated/Selection";
import type { SortKey } from "../../../backend/generated/SortKey";
import { Button } from "../../../design/components/Button";
import { Check } from "../../../design/components/Check";
import { Choice } from "../../../design/components/Choice";
import { Dialog } from "../../../design/components/Dialog";
import { useFormats } from "../../../i18n/format";
import { COLUMN_WORD } from "../../../i18n/list-words";
import { useMessages } from "../../../i18n/language";
import { PERSONAL } from "../place";

interface ExportDialogProps {
  /** What is exported, in words. */
  count: string;
  selection: Selection;
  /** The order of the list. */
  sort: SortKey[];
  columns: ListColumn[];
  onClose: () => void;
}

/** The columns as they are shown, with or without what names a person. */
export function ExportDialog({ count, selection, sort, columns, onClose }: ExportDialogProps) {
  const m = useMessages();
  const f = useFormats();
  const backend = useBackend();
  const { run } = useLongAct();
  const [format, setFormat] = useState<ExportFormat>("csv");
  const [personal, setPersonal] = useState(false);
  const written = columns.filter((column) => personal || !PERSONAL.includes(column));

  const start = () => {
    onClose();
    const form = { selection, sort, format, personal_data: personal, columns: written.map((column) => ({ column, label: COLUMN_WORD[column]() })) };
    void run<ExportOutcome | null>(
      {
        title: () => m.export_act_title(),
        outcome: (outcome) => outcome && m.export_done({ count: outcome.rows, n: f.number(outcome.rows), file: outcome.file_name, folder: outcome.folder }),
      },
      (intentId) => backend.exportDossiers(intentId, form),
    );
  };
  return (
    <Dialog
      open
      title={m.export_title({ count })}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{m.cancel()}</Button>
          <Button look="primary" icon="save" onPress={start} isDisabled={written.length === 0} data-testid="export-start">
            {m.export_act()}
          </Button>
        </>
      }
    >
      <Choice
        label={m.export_format()}
        columns={2}
        value={format}
        onChange={setFormat}
        options={[
          { id: "csv", testId: "export-csv", content: <><strong>{m.export_csv()}</strong><span className="faint">{m.export_csv_note()}</span></> },
          { id: "xlsx", testId: "export-xlsx", content: <><strong>{m.export_xlsx()}</strong><span className="faint">{m.export_xlsx_note()}</span></> },
        ]}
      />
      <div>
        <p className="field-label">{m.export_columns()}</p>
        <p className="soft" data-testid="export-columns">
          {written.length > 0 ? written.map((column) => COLUMN_WORD[column]()).join(", ") : m.export_nothing()}
        </p>
      </div>
      <div>
        <Check isSelected={personal} onChange={setPersonal} data-testid="export-personal">
          {m.export_personal()}
        </Check>
        <p className="field-hint">{m.export_personal_why()}</p>
      </div>
    </Dialog>
  );
}
