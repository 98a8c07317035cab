import { Button as AriaButton, Disclosure, DisclosurePanel } from "react-aria-components";
import type { SignatureView } from "../../../backend/generated/SignatureView";
import { Icon } from "../../../design/components/Icon";
import { useFormats } from "../../../i18n/format";
import { useMessages } from "../../../i18n/language";
import { Mark } from "../Mark";
import { Certificate } from "./Certificate";
import { Findings } from "./Findings";

/** One signature: who, when it says, when it is proven, by what trust; then every certificate. */
export function Signature({ position, signature }: { position: number; signature: SignatureView }) {
  const m = useMessages();
  const f = useFormats();
  const id = `signature-${position}`;
  return (
    <section className="verdict-part" aria-labelledby={id} data-testid="signature">
      <h3 id={id} className="signature-title">
        {m.signature_title({ n: position })} <Mark state={signature.state} />
      </h3>
      <dl className="check-facts">
        <dt>{m.signature_signer()}</dt>
        <dd>
          <strong>{signature.signer?.name ?? "–"}</strong>
          {signature.signer?.organisation && <span className="soft"> {signature.signer.organisation}</span>}
        </dd>
        <dt>{m.signature_claimed()}</dt>
        <dd data-testid="claimed">{signature.claimed_at ? m.signature_claimed_at({ at: f.dateTime(signature.claimed_at) }) : m.signature_no_time()}</dd>
        <dt>{m.signature_proven()}</dt>
        <dd data-testid="proven">{signature.proven_at ? m.signature_proven_at({ at: f.dateTime(signature.proven_at) }) : m.signature_not_proven()}</dd>
        <dt>{m.signature_anchor()}</dt>
        <dd>{signature.anchor ? m.signature_anchored({ name: signature.anchor.name, source: signature.anchor.source, at: f.dateTime(signature.anchor.added_at) }) : m.signature_not_anchored()}</dd>
        <dt>{m.signature_form()}</dt>
        <dd>{[signature.form, signature.algorithm].filter(Boolean).join(" · ")}</dd>
      </dl>
      <Disclosure className="details">
        <AriaButton slot="trigger" className="details-button" data-testid="signature-details">
          <Icon name="chevron" size={12} /> {m.signature_details()}
        </AriaButton>
        <DisclosurePanel>
          <dl className="check-facts">
            <dt>ETSI EN 319 102-1</dt>
            <dd className="mono">{signature.etsi}</dd>
            <dt>{m.signature_file()}</dt>
            <dd className="mono">{signature.file}</dd>
            {signature.value_sha256 && (
              <>
                <dt>{m.signature_value()}</dt>
                <dd className="mono">{signature.value_sha256}</dd>
              </>
            )}
            {signature.roles.length > 0 && (
              <>
                <dt>{m.signature_roles()}</dt>
                <dd>{signature.roles.join(", ")}</dd>
              </>
            )}
            {signature.place.length > 0 && (
              <>
                <dt>{m.signature_place()}</dt>
                <dd>{signature.place.join(", ")}</dd>
              </>
            )}
          </dl>
          {signature.findings.length > 0 && <Findings findings={signature.findings} />}
          {signature.time_stamps.map((stamp, at) => (
            <div key={at} className="time-stamp">
              <h4>
                {m.time_stamp_title()} <Mark state={stamp.is_proven ? "good" : "unknown"} word={stamp.is_proven ? m.time_stamp_proven() : m.time_stamp_not_proven()} />
              </h4>
              <p>{[stamp.at && f.fullDateTime(stamp.at), stamp.authority?.name].filter(Boolean).join(" · ")}</p>
              <Findings findings={stamp.findings} />
            </div>
          ))}
          <h4>{m.signature_chain()}</h4>
          {signature.chain.length === 0 && signature.signer && <Certificate certificate={signature.signer} />}
          {signature.chain.map((certificate) => (
            <Certificate key={certificate.sha256} certificate={certificate} />
          ))}
        </DisclosurePanel>
      </Disclosure>
    </section>
  );
}
