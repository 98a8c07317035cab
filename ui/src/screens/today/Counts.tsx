import { ListLink } from "../../app/ListLink";
import type { HomeView } from "../../backend/generated/HomeView";
import { Icon, type IconName } from "../../design/components/Icon";
import { useFormats } from "../../i18n/format";
import { useMessages, type Messages } from "../../i18n/language";

type Count = "to_treat" | "due_soon" | "troubled" | "in_progress" | "unknown";

interface Tile {
  count: Count;
  icon: IconName;
  tone: "bad" | "warn" | "info" | "odd";
  word: (m: Messages) => string;
  note: (m: Messages) => string;
  view: string;
}

const TILES: Tile[] = [
  { count: "to_treat", icon: "warning", tone: "bad", word: (m) => m.today_to_treat(), note: (m) => m.today_to_treat_note(), view: "to_treat" },
  { count: "due_soon", icon: "clock", tone: "warn", word: (m) => m.today_due_soon(), note: (m) => m.today_due_soon_note(), view: "deadlines" },
  { count: "troubled", icon: "stop", tone: "warn", word: (m) => m.today_troubled(), note: (m) => m.today_troubled_note(), view: "all" },
  { count: "in_progress", icon: "refresh", tone: "info", word: (m) => m.today_in_progress(), note: (m) => m.today_in_progress_note(), view: "in_progress" },
  { count: "unknown", icon: "info", tone: "odd", word: (m) => m.today_unknown(), note: (m) => m.today_unknown_note(), view: "unknown" },
];

/** Five numbers; each opens the list on exactly those dossiers. */
export function Counts({ home }: { home: HomeView }) {
  const m = useMessages();
  const f = useFormats();
  return (
    <nav aria-label={m.today_counts()}>
      <ul className="counts">
        {TILES.map(({ count, icon, tone, word, note, view }) => (
          <li key={count}>
            <ListLink view={view} filters={home[count].filters} className={home[count].dossiers > 0 ? `count count-${tone}` : "count count-none"} testId={`count-${count}`}>
              <span className="count-line">
                <Icon name={icon} size={18} />
                <strong className="count-number">{f.number(home[count].dossiers)}</strong>
                <span className="count-word">{word(m)}</span>
              </span>
              <span className="count-note">{note(m)}</span>
            </ListLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
