import { chordWords } from "../../app/acts/chord";
import { useKnownActs } from "../../app/acts/registry";
import { useMessages } from "../../i18n/language";

/** The keys of the viewer, as its buttons tell them; the sheet of shortcuts has the arrows too. */
export function Keys() {
  const m = useMessages();
  const acts = useKnownActs().filter(({ layer, keys, keysOnly }) => layer === "cover" && keys && !keysOnly);
  return (
    <ul className="viewer-keys" aria-label={m.viewer_keys()}>
      {acts.map(({ id, label, keys: [chord = ""] = [] }) => (
        <li key={id}>
          <kbd>{chordWords(m, chord)}</kbd> {label}
        </li>
      ))}
    </ul>
  );
}
