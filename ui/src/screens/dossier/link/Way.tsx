import { useNow } from "../../../app/now";
import type { DossierView } from "../../../backend/generated/DossierView";
import { Icon, type IconName } from "../../../design/components/Icon";
import { useFormats } from "../../../i18n/format";
import { useMessages, type Messages } from "../../../i18n/language";

/** `untold`: ID360 does not say before its verdict whether the customer is there. */
type Reached = "behind" | "ahead" | "untold";

interface Step {
  id: string;
  word: (m: Messages) => string;
  reached: Reached;
}

const ICONS: Record<Reached, IconName> = { behind: "check", ahead: "clock", untold: "info" };

function stepsOf(dossier: DossierView): Step[] {
  const returned = dossier.returned_at !== null;
  const started = returned || dossier.row.status?.known === "STARTED";
  return [
    { id: "created", word: (m) => m.way_created(), reached: "behind" },
    { id: "started", word: (m) => m.way_started(), reached: started ? "behind" : "ahead" },
    { id: "sent", word: (m) => m.way_sent(), reached: returned ? "behind" : started ? "untold" : "ahead" },
    { id: "verdict", word: (m) => m.way_verdict(), reached: "ahead" },
  ];
}

/** How far the customer is, and how long the link still opens. */
export function Way({ dossier }: { dossier: DossierView }) {
  const m = useMessages();
  const f = useFormats();
  const now = useNow();
  const steps = stepsOf(dossier);
  const current = steps.findLastIndex(({ reached }) => reached === "behind");
  const left = dossier.link_until === null ? null : new Date(dossier.link_until).getTime() - now;
  return (
    <div className="way">
      <ol className="way-steps" aria-label={m.way_title()}>
        {steps.map(({ id, word, reached }, at) => (
          <li key={id} className={`way-step way-${reached}`} aria-current={at === current ? "step" : undefined} data-testid={`way-${id}`} data-reached={reached}>
            <Icon name={ICONS[reached]} size={14} />
            {word(m)}
            {reached === "untold" && <span className="way-note"> {m.way_untold()}</span>}
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
