import { Button, Disclosure, DisclosurePanel, Heading } from "react-aria-components";
import type { FindingView } from "../../../backend/generated/FindingView";
import { CopyButton } from "../../../design/components/CopyButton";
import { Icon } from "../../../design/components/Icon";
import { CATEGORY, expiredWords, isForSupport, isUndocumented, saidWords, statementWords } from "../../../i18n/finding-words";
import { useFormats } from "../../../i18n/format";
import { useMessages } from "../../../i18n/language";
import { ComparedValues, onlyWords } from "../comparison/Compared";
import { Rows } from "../summary/Rows";
import { causeForSupport } from "./support";

/** One cause: our sentence first, with ID360's words where it says too little; code, values and path kept under it. */
export function FindingItem({ finding, number }: { finding: FindingView; number: number }) {
  const m = useMessages();
  const f = useFormats();
  const said = saidWords(finding);
  const expired = expiredWords(finding, (day) => f.day(day));
  const undocumented = isUndocumented(finding);
  const { compared } = finding;
  const only = compared && onlyWords(m, compared);
  return (
    <li className="finding" data-testid="finding" data-code={finding.code}>
      <span className="finding-number" aria-hidden="true">
        {number}
      </span>
      <div className="finding-body">
        <p className="finding-words">{statementWords(finding)}</p>
        {expired && <p>{expired}</p>}
        {said && <p>{said}</p>}
        {compared && (
          <div className="finding-compared" data-testid="finding-compared">
            <ComparedValues comparison={compared} />
            {only && <p>{only}</p>}
          </div>
        )}
        {(undocumented || isForSupport(finding.next)) && (
          <p className="soft">
            {undocumented && m.why_undocumented()} <CopyButton text={causeForSupport(finding)} label={m.why_copy_support()} />
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
