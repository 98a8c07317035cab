import type { DossierView } from "../../../backend/generated/DossierView";
import { Callout } from "../../../design/components/Callout";
import { Section } from "../../../design/components/Section";
import { findingWords } from "../../../i18n/finding-words";
import { useMessages } from "../../../i18n/language";
import { FindingItem } from "./FindingItem";

/** Every cause in plain words, most decisive first; beside it, only what the customer may hear. */
export function WhyTab({ dossier }: { dossier: DossierView }) {
  const m = useMessages();
  const findings = dossier.report?.findings ?? [];
  if (!dossier.report) return <p className="soft">{m.why_no_report()}</p>;
  if (findings.length === 0) return <Callout tone="attention">{m.why_none()}</Callout>;
  const toSay = Array.from(new Set(findings.map((finding) => findingWords(finding).customer).filter((say) => say !== null)));
  return (
    <div className="why">
      <Section title={`${m.why_title()} – ${m.why_internal()}`}>
        <ol className="findings">
          {findings.map((finding, index) => (
            <FindingItem key={`${finding.json_path} ${finding.code} ${index}`} finding={finding} number={index + 1} />
          ))}
        </ol>
      </Section>
      <Section title={m.why_customer()}>
        {toSay.length === 0 ? (
          <p className="soft">{m.why_customer_nothing()}</p>
        ) : (
          <ul className="say" data-testid="say">
            {toSay.map((say) => (
              <li key={say}>
                <q>{say}</q>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </div>
  );
}
