import type { Agreement } from "../../../backend/generated/Agreement";
import type { ComparisonView } from "../../../backend/generated/ComparisonView";
import type { LetterColumn } from "../../../backend/generated/LetterColumn";
import { Icon, type IconName } from "../../../design/components/Icon";
import { AGREEMENT, WRITING } from "../../../i18n/comparison-words";
import { useFormats } from "../../../i18n/format";
import { useMessages, type Messages } from "../../../i18n/language";
import { identityWord, stepWord } from "../../../i18n/report-words";
import "./Comparison.css";

const ICON: Record<Agreement, IconName> = { same: "check", writing: "info", differs: "warning", not_read: "info" };

/** One datum: both values in full for a screen reader, letter under letter for the eye. */
export function Compared({ comparison }: { comparison: ComparisonView }) {
  const m = useMessages();
  const { key, agreement, passed } = comparison;
  const only = onlyWords(m, comparison);
  return (
    <li className="compared" data-testid="compared" data-agreement={agreement}>
      <div className="compared-head">
        <strong>{identityWord({ key })}</strong>
        <span className={`compared-mark compared-${agreement}`}>
          <Icon name={ICON[agreement]} size={14} /> {AGREEMENT[agreement]()}
        </span>
        {only && <span>{only}</span>}
        {comparison.is_expected && <span className="faint">{m.compare_sent()}</span>}
        {passed !== null && <span className="faint">{passed ? m.compare_passed() : m.compare_failed()}</span>}
      </div>
      <ComparedValues comparison={comparison} />
      {comparison.json_path && <p className="faint mono compared-path">{m.compare_path({ path: comparison.json_path })}</p>}
    </li>
  );
}

/** What alone changes, where the two values are one text; `null` where they are not. */
export function onlyWords(m: Messages, { writing }: ComparisonView): string | null {
  return writing.length > 0 ? m.compare_only({ kinds: writing.map((kind) => WRITING[kind]()).join(", ") }) : null;
}

/** One value over the other. */
export function ComparedValues({ comparison: { declared, read, documents, columns } }: { comparison: ComparisonView }) {
  const m = useMessages();
  const f = useFormats();
  const [above, below] = documents ? documents.map((type) => (type === "" ? m.compare_read() : stepWord(type))) : [m.compare_declared(), m.compare_read()];
  return (
    <dl className="compared-values">
      <div>
        <dt>{above}</dt>
        <dd>
          <Line text={f.day(declared)} columns={columns} side="declared" />
        </dd>
      </div>
      <div>
        <dt>{below}</dt>
        <dd>{read === "" ? <span className="faint">{AGREEMENT.not_read()}</span> : <Line text={f.day(read)} columns={columns} side="read" />}</dd>
      </div>
    </dl>
  );
}

function Line({ text, columns, side }: { text: string; columns: LetterColumn[]; side: "declared" | "read" }) {
  if (columns.length === 0) return <span>{text}</span>;
  return (
    <>
      <span className="visually-hidden">{text}</span>
      <span className="letters mono" aria-hidden="true">
        {columns.map((column, index) => (
          <span key={index} className={`letter letter-${column.kind}`}>
            {column[side] || "\u00a0"}
          </span>
        ))}
      </span>
    </>
  );
}
