import type { DossierView } from "../../../backend/generated/DossierView";
import { Section } from "../../../design/components/Section";
import { useMessages } from "../../../i18n/language";
import { Compared } from "./Compared";
import { Extracted } from "./Extracted";
import { Mrz } from "./Mrz";
import "./Comparison.css";

/** What was typed beside what was read, letter under letter, then everything that was read. */
export function ComparisonTab({ dossier }: { dossier: DossierView }) {
  const m = useMessages();
  if (!dossier.report) return <p className="soft">{m.summary_no_report()}</p>;
  const { comparisons, mrz, extracted } = dossier.report;
  return (
    <div className="summary">
      <Section title={m.compare_title()} wide>
        {comparisons.length === 0 ? (
          <p className="soft">{m.compare_none()}</p>
        ) : (
          <>
            <ul className="compared-list">
              {comparisons.map((comparison, index) => (
                <Compared key={`${comparison.key} ${index}`} comparison={comparison} />
              ))}
            </ul>
            <p className="faint compared-legend">{m.compare_legend()}</p>
          </>
        )}
      </Section>
      {mrz.map((zone, index) => (
        <Mrz key={`${zone.json_path} ${index}`} mrz={zone} />
      ))}
      {extracted.map((entry, index) => (
        <Extracted key={`${entry.json_path} ${index}`} entry={entry} />
      ))}
    </div>
  );
}
