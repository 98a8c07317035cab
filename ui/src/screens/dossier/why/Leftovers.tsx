import type { ReactNode } from "react";
import { Button, Disclosure, DisclosurePanel, Heading } from "react-aria-components";
import type { BranchView } from "../../../backend/generated/BranchView";
import type { ExplanationView } from "../../../backend/generated/ExplanationView";
import { Icon } from "../../../design/components/Icon";
import { statementWords } from "../../../i18n/finding-words";
import { useMessages } from "../../../i18n/language";

/** What is no cause: signs nobody explains, what an earlier evaluation said, what passed, what nothing describes. */
export function Leftovers({ explanation }: { explanation: ExplanationView }) {
  const m = useMessages();
  const { unexplained, previous, passed, unknown } = explanation;
  return (
    <div className="leftovers">
      <Leftover count={unexplained.length} title={(n) => m.why_unexplained({ n })} note={m.why_unexplained_note()} testId="why-unexplained">
        <Branches branches={unexplained} />
      </Leftover>
      <Leftover count={previous.length} title={(n) => m.why_previous({ n })} note={m.why_previous_note()} testId="why-previous">
        <ul>
          {previous.map((finding, index) => (
            <li key={`${finding.json_path} ${index}`}>
              {statementWords(finding)} <span className="faint mono">{finding.json_path}</span>
            </li>
          ))}
        </ul>
      </Leftover>
      <Leftover count={passed.length} title={(n) => m.why_passed({ n })} testId="why-passed">
        <ul>
          {passed.map(({ rule, description, json_path: path }, index) => (
            <li key={`${path} ${index}`}>
              <span className="mono">{rule ?? path}</span> {description && <span className="soft">{description}</span>}
            </li>
          ))}
        </ul>
      </Leftover>
      <Leftover count={unknown.length} title={(n) => m.why_unknown({ n })} note={m.why_unknown_note()} testId="why-unknown">
        <Branches branches={unknown} />
      </Leftover>
    </div>
  );
}

function Leftover({ count, title, note, testId, children }: { count: number; title: (n: number) => string; note?: string; testId: string; children: ReactNode }) {
  if (count === 0) return null;
  return (
    <Disclosure className="more" data-testid={testId}>
      <Heading level={3} className="more-heading">
        <Button slot="trigger" className="more-button">
          <Icon name="chevron" size={12} />
          <span>{title(count)}</span>
        </Button>
      </Heading>
      <DisclosurePanel>
        {note && <p className="soft">{note}</p>}
        {children}
      </DisclosurePanel>
    </Disclosure>
  );
}

function Branches({ branches }: { branches: BranchView[] }) {
  const m = useMessages();
  return (
    <ul className="branches">
      {branches.map(({ json_path: path, value, count }, index) => (
        <li key={`${path} ${index}`}>
          <span className="mono">{path}</span> {count > 1 && <span className="soft">{m.why_times({ n: count })}</span>}
          <span className="mono faint branches-value">{value}</span>
        </li>
      ))}
    </ul>
  );
}
