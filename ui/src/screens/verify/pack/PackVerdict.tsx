import type { PackVerdictView } from "../../../backend/generated/PackVerdictView";
import { Callout } from "../../../design/components/Callout";
import { EnvironmentMark } from "../../../design/components/EnvironmentMark";
import { StatusPill } from "../../../design/components/StatusPill";
import { useFormats } from "../../../i18n/format";
import { useMessages } from "../../../i18n/language";
import { Mark } from "../Mark";
import { PACK_FILE, TROUBLE, packWorded } from "../../../i18n/check-words";

/** A sealed evidence pack: whole or not, by whose key, and what is inside. */
export function PackVerdict({ verdict }: { verdict: PackVerdictView }) {
  const m = useMessages();
  const f = useFormats();
  const { tone, word } = packWorded(verdict);
  const { about } = verdict;
  return (
    <div className="verdict">
      <Callout tone={tone} data-testid="verdict" data-verdict={verdict.state}>
        <p className="verdict-word">{word()}</p>
        {verdict.state === "altered" && <p>{m.check_altered_advice()}</p>}
      </Callout>
      {verdict.troubles.length > 0 && (
        <ul className="check-findings" aria-label={m.pack_troubles()}>
          {verdict.troubles.map(({ code, path }) => (
            <li key={`${code} ${path ?? ""}`} data-code={code}>
              {TROUBLE[code]({ path: path ?? "" })}
            </li>
          ))}
        </ul>
      )}
      <section className="verdict-part" aria-labelledby="pack-seal">
        <h3 id="pack-seal">{m.pack_seal()}</h3>
        <dl className="check-facts">
          <dt>{m.pack_signature()}</dt>
          <dd>
            <Mark state={verdict.signature === "good" ? "good" : "bad"} word={verdict.signature === "good" ? m.pack_signature_good() : verdict.signature === "bad" ? m.pack_signature_bad() : m.pack_signature_missing()} />
          </dd>
          {verdict.fingerprint && (
            <>
              <dt>{m.pack_key()}</dt>
              <dd>
                <span className="mono">{verdict.fingerprint}</span>
                <p className="soft">{verdict.own_key === null ? m.pack_key_closed() : verdict.own_key ? m.pack_key_own() : m.pack_key_other()}</p>
              </dd>
            </>
          )}
          {about && (
            <>
              <dt>{m.pack_made()}</dt>
              <dd>{m.pack_made_by({ at: f.dateTime(about.made_at), by: about.made_by })}</dd>
            </>
          )}
        </dl>
      </section>
      {about && (
        <section className="verdict-part" aria-labelledby="pack-dossiers">
          <h3 id="pack-dossiers">{m.pack_dossiers({ n: about.dossiers_total })}</h3>
          <ul className="inside">
            {about.dossiers.map((dossier) => (
              <li key={dossier.folder} className="inside-file">
                <div className="inside-words">
                  <strong>{dossier.reference ?? dossier.enrollment_id ?? dossier.folder}</strong>
                  {dossier.status && <StatusPill status={dossier.status} />}
                  <EnvironmentMark kind={dossier.environment_kind} />
                  {dossier.enrollment_id && <span className="faint">{m.pack_number({ number: dossier.enrollment_id })}</span>}
                </div>
                {dossier.missing.length > 0 && <p>{m.pack_missing({ names: dossier.missing.join(", ") })}</p>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {verdict.files.length > 0 && (
        <section className="verdict-part" aria-labelledby="pack-files">
          <h3 id="pack-files">{m.pack_files({ n: verdict.files_total })}</h3>
          <ul className="inside">
            {verdict.files.map((file) => {
              const { state, word: said } = PACK_FILE[file.state];
              return (
                <li key={file.path} className="inside-file" data-testid="pack-file" data-state={file.state}>
                  <div className="inside-words">
                    <span className="inside-name">{file.path}</span>
                    <Mark state={state} word={said()} />
                    {file.size && <span className="faint">{f.bytes(file.size)}</span>}
                    {file.sha256 && <span className="mono faint inside-hash">SHA-256 {file.sha256}</span>}
                  </div>
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </div>
  );
}
