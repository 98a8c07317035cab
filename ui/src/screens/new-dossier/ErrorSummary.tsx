import type { Ref } from "react";
import { Callout } from "../../design/components/Callout";
import { useMessages } from "../../i18n/language";
import { inputId, labelOf } from "./fields";
import { problemSentence, type Problem } from "./problems";

/** Every field to mend, each a link to it; receives the focus when the form is refused. */
export function ErrorSummary({ problems, ref }: { problems: Problem[]; ref: Ref<HTMLDivElement> }) {
  const m = useMessages();
  return (
    <div ref={ref} tabIndex={-1} data-testid="error-summary">
      <Callout tone="error" live="alert">
        <p>
          <strong>
            <span className="visually-hidden">{m.error_prefix()} </span>
            {m.form_problems({ count: problems.length })}
          </strong>
        </p>
        <ul>
          {problems.map((problem) => (
            <li key={problem.field}>
              <a
                href={`#${inputId(problem.field)}`}
                onClick={(event) => {
                  event.preventDefault();
                  document.getElementById(inputId(problem.field))?.focus();
                }}
              >
                {labelOf(m, problem.field)}
              </a>
              {` – ${problemSentence(m, problem)}`}
            </li>
          ))}
        </ul>
      </Callout>
    </div>
  );
}
