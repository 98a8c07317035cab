import { Link } from "@tanstack/react-router";
import type { ErrorCode } from "../../backend/generated/ErrorCode";
import type { RadarCard } from "../../backend/generated/RadarCard";
import { useSession } from "../../backend/queries";
import { EnvironmentMark } from "../../design/components/EnvironmentMark";
import { StatusPill } from "../../design/components/StatusPill";
import { entryFor } from "../../errors/catalogue";
import { LANE_WORD } from "../../i18n/domain-words";
import { useMessages, type Messages } from "../../i18n/language";
import { dossierName } from "../dossier/names";
import { DueTime } from "./DueTime";
import type { Settled } from "./next-act";
import { NextActButton } from "./NextActButton";
import "./DueCard.css";

const sentence = (code: ErrorCode) => entryFor({ code, params: {}, retryable: false, trace_id: "" }).sentence({});

/** Why the act is not simply the keeping. */
function reason(m: Messages, { next }: RadarCard): string | null {
  switch (next.kind) {
    case "look": return sentence(next.trouble);
    case "capture": return next.trouble ? sentence(next.trouble) : next.by_itself ? m.next_waits_capture() : null;
    case "sign_in": return m.next_needs_environment();
    case "sign_in_as_user": return m.next_needs_user();
    default: return null;
  }
}

/** One dossier about to lose something, and what to do about it. */
export function DueCard({ card, withLane, onSettled }: { card: RadarCard; withLane?: boolean; onSettled: (words: Settled) => Promise<void> }) {
  const m = useMessages();
  const session = useSession();
  const { row } = card;
  const why = reason(m, card);
  const name = [row.last_name, row.first_name].filter(Boolean).join(" ");
  return (
    <li className="due" data-testid="due-card" data-id={row.id} data-lane={card.lane}>
      <DueTime card={card} />
      <span className="due-name">
        <Link to="/dossiers/$id" params={{ id: row.id }} data-testid="due-dossier">
          {dossierName(m, row)}
        </Link>
        {row.environment_id !== session.data?.current?.environment_id && <EnvironmentMark kind={row.environment_kind} />}
      </span>
      <StatusPill creation={row.creation} status={row.status} />
      {why && <span className="due-why">{why}</span>}
      <span className="due-person">
        {withLane && <strong>{LANE_WORD[card.lane]()}</strong>}
        {name && <span>{name}</span>}
      </span>
      <span className="due-act">
        <NextActButton card={card} onSettled={onSettled} />
      </span>
    </li>
  );
}
