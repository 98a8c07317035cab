import { useNow } from "../../../app/now";
import type { DossierView } from "../../../backend/generated/DossierView";
import { Icon } from "../../../design/components/Icon";
import { useFormats } from "../../../i18n/format";
import { useMessages, type Messages } from "../../../i18n/language";

/** The steps that ID360 tells of. */
const STEPS: ((m: Messages) => string)[] = [(m) => m.way_created(), (m) => m.way_started(), (m) => m.way_verdict()];

/** How far the customer is, and how long the link still opens. */
export function Way({ dossier }: { dossier: DossierView }) {
  const m = useMessages();
  const f = useFormats();
  const now = useNow();
  const reached = dossier.row.status?.known === "STARTED" ? 1 : 0;
  const left = dossier.link_until === null ? null : new Date(dossier.link_until).getTime() - now;
  return (
    <div className="way">
      <ol className="way-steps" aria-label={m.way_title()}>
        {STEPS.map((word, at) => (
          <li key={at} className={at <= reached ? "way-step way-behind" : "way-step"} aria-current={at === reached ? "step" : undefined}>
            <Icon name={at <= reached ? "check" : "clock"} size={14} />
            {word(m)}
          </li>
        ))}
      </ol>
      {left !== null && (
        <p className={left > 0 ? "way-left" : "way-left way-over"} data-testid="link-left">
          {left > 0 ? m.way_left({ left: f.duration(Math.max(left, 60_000)) }) : m.way_over()}
        </p>
      )}
    </div>
  );
}
