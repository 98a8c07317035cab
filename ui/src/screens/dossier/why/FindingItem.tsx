import { Button, Disclosure, DisclosurePanel, Heading } from "react-aria-components";
import type { FindingView } from "../../../backend/generated/FindingView";
import { Icon } from "../../../design/components/Icon";
import { findingWords } from "../../../i18n/finding-words";
import { useMessages } from "../../../i18n/language";
import { Rows } from "../summary/Rows";

/** One cause: our sentence first, ID360's own code and words kept under it. */
export function FindingItem({ finding, number }: { finding: FindingView; number: number }) {
  const m = useMessages();
  const words = findingWords(finding);
  return (
    <li className="finding" data-testid="finding" data-code={finding.code}>
      <span className="finding-number" aria-hidden="true">
        {number}
      </span>
      <div className="finding-body">
        <p className="finding-words">{words.internal}</p>
        {!words.documented && <p className="soft">{m.why_undocumented()}</p>}
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
                { term: m.why_origin_message(), value: finding.message },
                { term: m.why_origin_where(), value: finding.where_ },
                { term: m.why_origin_path(), value: finding.json_path },
              ]}
            />
          </DisclosurePanel>
        </Disclosure>
      </div>
    </li>
  );
}
