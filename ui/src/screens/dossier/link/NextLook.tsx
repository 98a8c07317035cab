import { useOffline } from "../../../app/connection";
import { useSecond } from "../../../app/now";
import type { NextReading } from "../../../backend/generated/NextReading";
import { useFormats } from "../../../i18n/format";
import { useMessages } from "../../../i18n/language";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** When the dossier is read next: an instant that Rust told, counted down here. Not announced: it changes each second. */
export function NextLook({ next }: { next: NextReading }) {
  const m = useMessages();
  const f = useFormats();
  const now = useSecond();
  const offline = useOffline();
  const words = () => {
    if (next.state === "paused" || offline) return m.next_look_paused();
    const left = new Date(next.at).getTime() - now;
    if (left < SECOND) return m.next_look_now();
    return left < 2 * MINUTE ? m.next_look_seconds({ seconds: String(Math.floor(left / SECOND)) }) : m.next_look_later({ left: f.duration(left) });
  };
  return (
    <span className="faint next-look" data-testid="next-look">
      {words()}
    </span>
  );
}
