import type { MrzView } from "../../../backend/generated/MrzView";
import { Icon } from "../../../design/components/Icon";
import { Section } from "../../../design/components/Section";
import { MRZ_CHECK, MRZ_FORMAT, MRZ_KEY } from "../../../i18n/comparison-words";
import { useFormats } from "../../../i18n/format";
import { useMessages } from "../../../i18n/language";
import { Rows } from "../summary/Rows";

/** The zone as it stands, what it says, and its check digits one by one. */
export function Mrz({ mrz }: { mrz: MrzView }) {
  const m = useMessages();
  const f = useFormats();
  return (
    <Section title={m.mrz_title()}>
      <pre className="mrz-lines mono" role="group" aria-label={m.mrz_lines()}>
        {mrz.lines.map((line, index) => (
          <span key={`${line} ${index}`} className="mrz-line">
            {`${line}\n`}
          </span>
        ))}
      </pre>
      <p className="soft">{mrz.format ? MRZ_FORMAT[mrz.format]() : m.mrz_unreadable()}</p>
      <Rows rows={mrz.fields.map(({ key, value, doubtful }) => ({ term: MRZ_KEY[key](), value: f.day(value), note: doubtful ? m.summary_doubtful() : null, warn: doubtful }))} />
      {mrz.checks.length > 0 && (
        <>
          <h3 className="mrz-checks-title">{m.mrz_checks()}</h3>
          <ul className="mrz-checks" data-testid="mrz-checks">
            {mrz.checks.map(({ subject, is_right: isRight }) => (
              <li key={subject} className={isRight ? "mrz-right" : "mrz-wrong"}>
                <Icon name={isRight ? "check" : "warning"} size={14} /> {MRZ_CHECK[subject]()}{" "}
                <strong>{isRight ? m.mrz_right() : m.mrz_wrong()}</strong>
              </li>
            ))}
          </ul>
          <p className="faint">{m.mrz_note()}</p>
        </>
      )}
    </Section>
  );
}
