import { useState } from "react";
import { useLongAct } from "../../../app/long-acts/use-long-act";
import { useBackend } from "../../../backend/context";
import type { ContainedFile } from "../../../backend/generated/ContainedFile";
import type { SaveOutcome } from "../../../backend/generated/SaveOutcome";
import { Button } from "../../../design/components/Button";
import { useFormats } from "../../../i18n/format";
import { useMessages } from "../../../i18n/language";
import { Mark } from "../Mark";
import { savedSentence } from "../ReportActs";
import { CONTAINED } from "../../../i18n/check-words";
import { FilePreview } from "./FilePreview";

/** Every file, and which signature covers it. Texts and pictures are shown here; all are saved, none is run. */
export function Inside({ checkId, files }: { checkId: string; files: ContainedFile[] }) {
  const m = useMessages();
  const f = useFormats();
  const backend = useBackend();
  const { run, running } = useLongAct();
  const [shown, setShown] = useState<number | null>(null);
  const save = (position: number) =>
    void run({ title: () => m.inside_save_running(), outcome: (saved: SaveOutcome | null) => savedSentence(saved, m) }, (intentId) => backend.saveCheckedFile(intentId, checkId, position));
  const open = shown === null ? undefined : files[shown];
  return (
    <section className="verdict-part" aria-labelledby="inside">
      <h3 id="inside">{m.inside_title({ n: files.length })}</h3>
      {files.length === 0 && <p className="soft">{m.inside_none()}</p>}
      <ul className="inside">
        {files.map((file, position) => {
          const { state, word } = CONTAINED[file.state];
          return (
            <li key={file.name} className="inside-file" data-testid="inside-file" data-state={file.state}>
              <div className="inside-words">
                <strong className="inside-name">{file.name}</strong>
                <Mark state={state} word={word()} />
                <span className="faint">
                  {[file.size && f.bytes(file.size), file.media_type, file.signed_by.length > 0 && m.inside_signed_by({ list: file.signed_by.map((one) => one + 1).join(", ") })].filter(Boolean).join(" · ")}
                </span>
                {file.sha256 && <span className="mono faint inside-hash">SHA-256 {file.sha256}</span>}
              </div>
              {file.sha256 && (
                <div className="inside-acts">
                  {file.preview !== "none" && (
                    <Button small icon="image" aria-expanded={shown === position} onPress={() => setShown(shown === position ? null : position)} aria-label={(shown === position ? m.inside_hide_named : m.inside_show_named)({ name: file.name })} data-testid="show-inside">
                      {shown === position ? m.inside_hide() : m.inside_show()}
                    </Button>
                  )}
                  <Button small icon="save" onPress={() => save(position)} isPending={running} aria-label={m.inside_save_named({ name: file.name })} data-testid="save-inside">
                    {m.inside_save()}
                  </Button>
                </div>
              )}
              {open === file && <FilePreview key={`${checkId} ${position}`} checkId={checkId} position={position} file={file} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
