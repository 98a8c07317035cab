import { Button, Disclosure, DisclosurePanel, Heading } from "react-aria-components";
import type { FindingView } from "../../../backend/generated/FindingView";
import { CopyButton } from "../../../design/components/CopyButton";
import { Icon } from "../../../design/components/Icon";
import { CATEGORY, isUndocumented, statementWords } from "../../../i18n/finding-words";
import { useMessages } from "../../../i18n/language";
import { Rows } from "../summary/Rows";

/** The cause as it is sent to support: ID360's words and the place, no sentence of ours, no value of the person. */
function forSupport({ code, where_, message, json_path }: FindingView): string {
  return [code, where_, message, json_path].filter(Boolean).join("\n");
}

/** One cause: our sentence first, ID360's own code, words and values kept under it. */
export function FindingItem({ finding, number }: { finding: FindingView; number: number }) {
  const m = useMessages();
  return (
    <li className="finding" data-testid="finding" data-code={finding.code}>
      <span className="finding-number" aria-hidden="true">
        {number}
      </span>
      <div className="finding-body">
        <p className="finding-words">{statementWords(finding)}</p>
        {isUndocumented(finding) && (
          <p className="soft">
            {m.why_undocumented()} <CopyButton text={forSupport(finding)} label={m.why_copy_support()} />
          </p>
        )}
        <Disclosure className="more">
          <Heading level={3} className="more-heading">
            <Button slot="trigger" className="more-button">
              <Icon name="chevron" size={12} />
              <span>
                {m.why_origin()} <span className="faint mono">({finding.code})</span>
              </span>
            </Button>
          </Heading>
          <DisclosurePanel>
            <Rows
              rows={[
                { term: m.why_origin_code(), value: finding.code },
                { term: m.why_origin_rule(), value: finding.rule },
                { term: m.why_origin_category(), value: CATEGORY[finding.category]() },
                { term: m.why_origin_message(), value: finding.message },
                { term: m.why_origin_where(), value: finding.where_ },
                { term: m.why_origin_values(), value: finding.values.join("\n") },
                { term: m.why_origin_path(), value: finding.json_path },
                { term: m.why_origin_also(), value: finding.also_at.join("\n") },
              ]}
            />
          </DisclosurePanel>
        </Disclosure>
      </div>
    </li>
  );
}
