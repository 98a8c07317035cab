import type { ContainerVerdictView } from "../../../backend/generated/ContainerVerdictView";
import { Callout } from "../../../design/components/Callout";
import { useFormats } from "../../../i18n/format";
import { useLanguage, useMessages } from "../../../i18n/language";
import { HEADLINE, REVOCATION } from "../../../i18n/check-words";
import { FourLines } from "./FourLines";
import { Inside } from "./Inside";
import { Signature } from "./Signature";
import { Tie } from "./Tie";

/** The verdict in words, then four looks at it, then what is inside, then the details. */
export function ContainerVerdict({ checkId, verdict }: { checkId: string; verdict: ContainerVerdictView }) {
  const m = useMessages();
  const f = useFormats();
  const language = useLanguage();
  const { tone, word } = HEADLINE[verdict.headline];
  const store = verdict.trust_store;
  const uncovered = verdict.files.filter(({ state }) => state === "not_signed").length;
  return (
    <div className="verdict">
      <Callout tone={tone} data-testid="verdict" data-verdict={verdict.headline}>
        <p className="verdict-word">{word()}</p>
        {verdict.reason && verdict.headline !== "altered" && <p>{m.check_because({ reason: verdict.reason[language] })}</p>}
        {verdict.headline === "altered" && <p>{m.check_altered_advice()}</p>}
        {uncovered > 0 && <p>{m.check_uncovered({ n: uncovered })}</p>}
        <p className="mono faint verdict-etsi" data-testid="etsi">
          {verdict.etsi}
        </p>
      </Callout>
      {verdict.tie && <Tie tie={verdict.tie} />}
      <FourLines verdict={verdict} />
      <Inside checkId={checkId} files={verdict.files} />
      {verdict.signatures.map((signature, position) => (
        <Signature key={position} position={position + 1} signature={signature} />
      ))}
      <section className="verdict-part" aria-labelledby="stood-on">
        <h3 id="stood-on">{m.check_stood_on()}</h3>
        <dl className="check-facts">
          <dt>{m.check_trusted_signers()}</dt>
          <dd>{f.number(store.signers)}</dd>
          <dt>{m.check_trusted_authorities()}</dt>
          <dd>{f.number(store.time_stamp_authorities)}</dd>
          {store.changed_at && (
            <>
              <dt>{m.check_trust_changed()}</dt>
              <dd>{f.dateTime(store.changed_at)}</dd>
            </>
          )}
          <dt>{m.check_revocation()}</dt>
          <dd>{REVOCATION[verdict.revocation]()}</dd>
          <dt>{m.check_sha256()}</dt>
          <dd className="mono">{verdict.sha256}</dd>
        </dl>
        {!store.is_open && <p className="soft">{m.check_register_closed()}</p>}
      </section>
    </div>
  );
}
