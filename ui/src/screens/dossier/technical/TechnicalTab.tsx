import type { DossierView } from "../../../backend/generated/DossierView";
import { CopyButton } from "../../../design/components/CopyButton";
import { Section } from "../../../design/components/Section";
import { useFormats } from "../../../i18n/format";
import { useMessages } from "../../../i18n/language";
import { SavePanel } from "../documents/SavePanel";

/** Ids to quote to support, and the report as ID360 wrote it, secrets masked. */
export function TechnicalTab({ dossier }: { dossier: DossierView }) {
  const m = useMessages();
  const f = useFormats();
  const { row, report } = dossier;
  return (
    <div className="technical">
      <Section title={m.technical_ids()}>
        <dl className="rows">
          <Id term={m.technical_enrollment()} value={row.enrollment_id} />
          <Id term={m.technical_reference()} value={dossier.client_reference} />
          <Id term={m.technical_process()} value={dossier.process_uuid} />
          <Id term={m.technical_dossier()} value={row.id} />
          <Id term={m.technical_status()} value={row.status?.word ?? null} />
          {dossier.link_hint && (
            <div>
              <dt>{m.technical_key()}</dt>
              <dd>
                <span className="mono">{dossier.link_hint}</span> <span className="faint">{m.technical_key_note()}</span>
              </dd>
            </div>
          )}
        </dl>
      </Section>
      <SavePanel dossier={dossier} subjects={["report_raw", "report_masked", "report_pdf"]} />
      <Section title={m.technical_report()} wide>
        {report ? (
          <>
            <p className="faint">
              {m.dossier_read_at({ date: f.dateTime(report.read_at) })}
              {report.version !== null && ` · ${m.technical_version({ n: report.version })}`}
            </p>
            {report.has_signature && (
              <dl className="rows" data-testid="report-signature">
                <div>
                  <dt>{m.technical_signature()}</dt>
                  <dd>{m.technical_signature_there()}</dd>
                </div>
              </dl>
            )}
            <CopyButton text={report.masked_json} label={m.copy_masked_report()} withWords />
            {/* A long text that scrolls must be reachable by the keyboard. */}
            {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
            <pre className="json mono" tabIndex={0} role="region" aria-label={m.save_report_masked()} data-testid="masked-json">
              {report.masked_json}
            </pre>
          </>
        ) : (
          <p className="soft">{m.technical_report_none()}</p>
        )}
      </Section>
    </div>
  );
}

function Id({ term, value }: { term: string; value: string | null }) {
  const m = useMessages();
  if (!value) return null;
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        <span className="mono">{value}</span> <CopyButton text={value} label={`${m.copy()} ${term}`} />
      </dd>
    </div>
  );
}
