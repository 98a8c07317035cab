import type { DeadlineView } from "../../backend/generated/DeadlineView";
import { DEADLINE_WORD } from "../../i18n/domain-words";
import { useFormats, type Formats } from "../../i18n/format";
import { useMessages, type Messages } from "../../i18n/language";
import { useNow } from "../../app/now";
import "./DeadlineBar.css";

/** From here on it wants to be seen at a glance, however long the whole window is. */
const CLOSE = 48 * 3_600_000;

/** Time left in one window: words first, a bar beside them while there is some. */
export function DeadlineBar({ deadline, withSubject }: { deadline: DeadlineView; withSubject?: boolean }) {
  const m = useMessages();
  const f = useFormats();
  const now = useNow();
  return (
    <span title={f.fullDateTime(deadline.at)}>{deadlineBar(deadline, now, m, f, withSubject)}</span>
  );
}

/** The same inside a component that redraws by itself with the clock and the language. */
export function deadlineBar(deadline: DeadlineView, now: number, m: Messages, f: Formats, withSubject = false) {
  const left = new Date(deadline.here).getTime() - now;
  const passed = deadline.passed || left <= 0;
  const tone = passed ? "passed" : left <= CLOSE ? "close" : "far";
  return (
    <span className={`deadline deadline-${tone}`} data-moment={deadline.at}>
      {withSubject && <span className="deadline-subject">{DEADLINE_WORD[deadline.subject]()}</span>}
      <span className="deadline-words">{passed ? m.deadline_passed({ date: f.date(deadline.at) }) : m.deadline_left({ left: f.duration(left) })}</span>
      {!passed && (
        <span className="deadline-track" aria-hidden="true">
          <span className="deadline-fill" style={{ inlineSize: `${deadline.left_percent}%` }} />
        </span>
      )}
    </span>
  );
}
