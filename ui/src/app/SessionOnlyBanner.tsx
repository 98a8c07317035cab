import type { KeychainState } from "../backend/generated/KeychainState";
import { Icon } from "../design/components/Icon";
import { useMessages, type Messages } from "../i18n/language";

const WORDS: Record<Exclude<KeychainState, "available">, (m: Messages) => string> = {
  missing: (m) => m.session_only_missing(),
  locked: (m) => m.session_only_locked(),
  refusing: (m) => m.session_only_refusing(),
};

/** Says that nothing secret outlives the window on this computer. */
export function SessionOnlyBanner({ keychain }: { keychain: KeychainState }) {
  const m = useMessages();
  if (keychain === "available") return null;
  return (
    <p className="frame-notice frame-notice-attention" role="status" data-testid="session-only-banner">
      <Icon name="lock" /> {WORDS[keychain](m)}
    </p>
  );
}
