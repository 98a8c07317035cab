import type { DossierView } from "../../../backend/generated/DossierView";
import { Callout } from "../../../design/components/Callout";
import { Section } from "../../../design/components/Section";
import { useMessages } from "../../../i18n/language";
import { statusWord } from "../../../i18n/report-words";
import { Aside } from "./Aside";
import { FindingItem } from "./FindingItem";
import { Leftovers } from "./Leftovers";

/** Every cause in plain words, most decisive first; beside it, apart, what the customer may hear and what to do. */
export function WhyTab({ dossier, onAgain, onDecide }: { dossier: DossierView; onAgain: () => void; onDecide: (() => void) | null }) {
  const m = useMessages();
  if (!dossier.report) return <p className="soft">{m.why_no_report()}</p>;
  const { explanation, status } = dossier.report;
  const { findings } = explanation;
  return (
    <div className="why">
      <Section title={`${m.why_title()} – ${m.why_internal()}`}>
        {findings.length === 0 && (status.known === "KO" ? <Callout tone="attention">{m.why_none()}</Callout> : <Callout tone="information">{m.why_none_status({ status: statusWord(status) })}</Callout>)}
        {findings.length > 0 && status.known === "OK" && <Callout tone="information">{m.why_in_spite()}</Callout>}
        {findings.length > 0 && (
          <ol className="findings">
            {findings.map((finding, index) => (
              <FindingItem key={`${finding.json_path} ${finding.code} ${index}`} finding={finding} number={index + 1} />
            ))}
          </ol>
        )}
        <Leftovers explanation={explanation} />
      </Section>
      <Aside report={dossier.report} onAgain={dossier.acts.again ? onAgain : null} onDecide={onDecide} />
    </div>
  );
}
