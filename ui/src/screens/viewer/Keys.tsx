import { useMessages, type Messages } from "../../i18n/language";

const KEYS: { keys: (m: Messages) => string; does: (m: Messages) => string }[] = [
  { keys: () => "R", does: (m) => m.viewer_key_recto() },
  { keys: () => "V", does: (m) => m.viewer_key_verso() },
  { keys: () => "B", does: (m) => m.viewer_key_both() },
  { keys: () => "S", does: (m) => m.viewer_key_selfie() },
  { keys: (m) => m.viewer_keys_zoom(), does: (m) => m.viewer_key_zoom() },
  { keys: () => "F", does: (m) => m.viewer_key_fit() },
  { keys: (m) => m.viewer_keys_rotate(), does: (m) => m.viewer_key_rotate() },
  { keys: () => "← ↑ ↓ →", does: (m) => m.viewer_key_pan() },
  { keys: (m) => m.viewer_keys_ends(), does: (m) => m.viewer_key_ends() },
  { keys: () => "J / K", does: (m) => m.viewer_key_neighbours() },
  { keys: (m) => m.viewer_keys_close(), does: (m) => m.viewer_key_close() },
];

/** Every key of the viewer; each act has a button too. */
export function Keys() {
  const m = useMessages();
  return (
    <ul className="viewer-keys" aria-label={m.viewer_keys()}>
      {KEYS.map(({ keys, does }) => (
        <li key={does(m)}>
          <kbd>{keys(m)}</kbd> {does(m)}
        </li>
      ))}
    </ul>
  );
}
