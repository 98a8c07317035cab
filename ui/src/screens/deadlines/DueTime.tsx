import { useNow } from "../../app/now";
import type { RadarCard } from "../../backend/generated/RadarCard";
import { Icon } from "../../design/components/Icon";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";

const DAY = 24 * 3_600_000;

/** How long is left, in words first; then the date, and how much of the window remains; or since when nothing is. */
export function DueTime({ card }: { card: RadarCard }) {
  const m = useMessages();
  const f = useFormats();
  const now = useNow();
  const left = new Date(card.here).getTime() - now;
  const close = left <= DAY;
  const passed = left <= 0;
  const percent = card.row.deadline?.at === card.at ? card.row.deadline.left_percent : null;
  return (
    <span className={close ? "due-time due-time-close" : "due-time"} title={f.fullDateTime(card.at)}>
      <strong className="due-left">
        <Icon name={close ? "warning" : "clock"} size={14} />
        {passed ? m.deadline_passed({ date: f.dateTime(card.at) }) : f.duration(left)}
      </strong>
      {!passed && <span className="due-date">{f.dateTime(card.at)}</span>}
      {!passed && percent !== null && (
        <span className="deadline-track due-track" aria-hidden="true">
          <span className="deadline-fill" style={{ inlineSize: `${percent}%` }} />
        </span>
      )}
    </span>
  );
}
