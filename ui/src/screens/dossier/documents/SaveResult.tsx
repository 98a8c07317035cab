import type { SavedFile } from "../../../backend/generated/SavedFile";
import type { SaveOutcome } from "../../../backend/generated/SaveOutcome";
import { Callout } from "../../../design/components/Callout";
import { CopyButton } from "../../../design/components/CopyButton";
import { Icon } from "../../../design/components/Icon";
import { entryFor } from "../../../errors/catalogue";
import { useFormats } from "../../../i18n/format";
import { useMessages, type Messages } from "../../../i18n/language";
import { stepWord } from "../../../i18n/report-words";

const AGREEMENT: Record<SavedFile["hash"], (m: Messages) => string> = {
  agrees: (m) => m.save_hash_agrees(),
  differs: (m) => m.save_hash_differs(),
  not_stated: (m) => m.save_hash_not_stated(),
};

/** How much is on the disk now, and how much could not be had. */
export function savedWords(m: Messages, { files, failed, folder }: SaveOutcome): string {
  const done = files.length > 0 ? m.save_done({ count: files.length, folder }) : m.save_nothing();
  return failed.length > 0 ? `${done} ${m.save_failed({ count: failed.length })}` : done;
}

/** What is now on the disk, with what proves it, and what could not be had. */
export function SaveResult({ outcome }: { outcome: SaveOutcome }) {
  const m = useMessages();
  const { files, failed } = outcome;
  const doubtful = files.some(({ hash }) => hash === "differs") || failed.length > 0;
  return (
    <div data-testid="save-result" data-files={files.length}>
      <Callout tone={doubtful ? "attention" : "good"} live="status">
        <p>{savedWords(m, outcome)}</p>
        <SavedFiles outcome={outcome} />
      </Callout>
    </div>
  );
}

/** File by file. */
export function SavedFiles({ outcome: { files, failed } }: { outcome: SaveOutcome }) {
  const m = useMessages();
  const f = useFormats();
  return (
    <>
      <ul className="saved-files">
        {files.map((file) => (
          <li key={file.name} data-testid="saved-file" data-hash={file.hash}>
            <p>
              <strong className="saved-name">{file.name}</strong> <span className="faint">{f.bytes(file.size)}</span>
            </p>
            <p className="saved-hash">
              <span className="faint">SHA-256</span> <span className="mono saved-digest">{file.sha256}</span>
              <CopyButton text={file.sha256} label={m.save_copy_hash({ name: file.name })} />
            </p>
            <p className={file.hash === "differs" ? "saved-differs" : "faint"}>
              {file.hash === "differs" && <Icon name="warning" size={12} />} {AGREEMENT[file.hash](m)}
            </p>
          </li>
        ))}
      </ul>
      {failed.length > 0 && (
        <div data-testid="error" data-code={failed[0]?.code}>
          <ul className="saved-files">
            {failed.map((file) => (
              <li key={`${file.document} ${file.page_number}`} data-testid="failed-file" data-code={file.code}>
                <strong>
                  {stepWord(file.document)}, {m.side_page({ n: file.page_number + 1 })}
                </strong>
                <p>{entryFor({ code: file.code, params: {}, retryable: false, trace_id: "" }).sentence({})}</p>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
