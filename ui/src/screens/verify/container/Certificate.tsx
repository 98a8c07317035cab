import type { CertificateView } from "../../../backend/generated/CertificateView";
import { useFormats } from "../../../i18n/format";
import { useMessages } from "../../../i18n/language";

/** As the certificate gives it. */
export function Certificate({ certificate }: { certificate: CertificateView }) {
  const m = useMessages();
  const f = useFormats();
  return (
    <dl className="check-facts certificate" data-testid="certificate">
      <dt>{m.certificate_subject()}</dt>
      <dd>{certificate.subject}</dd>
      <dt>{m.certificate_issuer()}</dt>
      <dd>{certificate.issuer}</dd>
      <dt>{m.certificate_validity()}</dt>
      <dd>{m.certificate_from_to({ from: f.dateTime(certificate.not_before), to: f.dateTime(certificate.not_after) })}</dd>
      <dt>{m.certificate_key()}</dt>
      <dd>{certificate.key}</dd>
      <dt>{m.certificate_serial()}</dt>
      <dd className="mono">{certificate.serial}</dd>
      <dt>SHA-256</dt>
      <dd className="mono">{certificate.sha256}</dd>
      {(certificate.states_qualified || certificate.states_secure_device) && (
        <>
          <dt>{m.certificate_states()}</dt>
          <dd>{[certificate.states_qualified && m.certificate_qualified(), certificate.states_secure_device && m.certificate_device()].filter(Boolean).join(", ")}</dd>
        </>
      )}
    </dl>
  );
}
