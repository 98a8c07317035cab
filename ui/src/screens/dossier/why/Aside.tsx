import type { ReportView } from "../../../backend/generated/ReportView";
import { Button } from "../../../design/components/Button";
import { CopyButton } from "../../../design/components/CopyButton";
import { Section } from "../../../design/components/Section";
import { isForSupport, NEXT_STEP, SAYING } from "../../../i18n/finding-words";
import { useMessages } from "../../../i18n/language";
import { isBare, reportForSupport } from "./support";

/** What may leave the desk's mouth, and what the desk does: never a code, never a score. */
export function Aside({ report, onAgain, onDecide }: { report: ReportView; onAgain: (() => void) | null; onDecide: (() => void) | null }) {
  const m = useMessages();
  const { explanation } = report;
  const { sayings, next_steps: steps } = explanation;
  const bare = isBare(explanation);
  return (
    <div className="why-aside">
      <Section title={m.why_customer()}>
        {sayings.length === 0 ? (
          <p className="soft">{m.why_customer_nothing()}</p>
        ) : (
          <ul className="say" data-testid="say">
            {sayings.map((saying) => (
              <li key={saying}>
                <q>{SAYING[saying]()}</q>
                <CopyButton text={SAYING[saying]()} label={m.why_copy_say()} />
              </li>
            ))}
          </ul>
        )}
      </Section>
      {(!bare || steps.length > 0) && (
        <Section title={m.why_next()}>
          {steps.length === 0 ? (
            <p className="soft">{m.why_next_nothing()}</p>
          ) : (
            <ol className="next-steps" data-testid="next-steps">
              {steps.map((step) => (
                <li key={step}>
                  {NEXT_STEP[step]()}
                  {isForSupport(step) && <CopyButton text={reportForSupport(report)} label={bare ? m.copy_masked_report() : m.why_copy_support()} withWords={bare} />}
                </li>
              ))}
            </ol>
          )}
          <div className="why-acts">
            {onAgain && (
              <Button onPress={onAgain} data-testid="why-again">
                {m.why_again()}
              </Button>
            )}
            {onDecide && (
              <Button look="primary" onPress={onDecide} data-testid="why-decide">
                {m.decision_act()}
              </Button>
            )}
          </div>
        </Section>
      )}
    </div>
  );
}
