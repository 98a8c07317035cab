import type { DecisionView } from "../../../backend/generated/DecisionView";
import { Section } from "../../../design/components/Section";
import { useFormats } from "../../../i18n/format";
import { useMessages } from "../../../i18n/language";
import { DecisionMark } from "../../../design/components/DecisionMark";
import "./Decision.css";

/** Every decision that was taken, the last one first. */
export function DecisionHistory({ decisions }: { decisions: DecisionView[] }) {
  const m = useMessages();
  const f = useFormats();
  if (decisions.length === 0) return null;
  return (
    <Section title={m.decision_history()} wide>
      <p className="faint decision-history-note">{m.decision_history_note()}</p>
      <ol className="decision-history" data-testid="decisions">
        {decisions.toReversed().map(({ choice, note, at, by }, place) => (
          <li key={`${at} ${place}`}>
            <p className="decision-line">
              <DecisionMark choice={choice} />
              <span className="soft" title={f.fullDateTime(at)}>
                {m.decision_by({ who: by ?? m.decision_by_nobody(), date: f.dateTime(at) })}
              </span>
              {place === 0 && decisions.length > 1 && <span className="faint">{m.decision_counts()}</span>}
            </p>
            <p className={note ? "decision-note" : "faint"}>{note || m.decision_no_note()}</p>
          </li>
        ))}
      </ol>
    </Section>
  );
}
