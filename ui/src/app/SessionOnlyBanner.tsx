import type { KeychainState } from "../backend/generated/KeychainState";
import { Icon } from "../design/components/Icon";
import { useMessages } from "../i18n/language";

/** Says that nothing secret outlives the window on this computer. */
export function SessionOnlyBanner({ keychain }: { keychain: KeychainState }) {
  const m = useMessages();
  if (keychain === "available") return null;
  return (
    <p className="frame-notice frame-notice-attention" role="status" data-testid="session-only-banner">
      <Icon name="lock" /> {keychain === "missing" ? m.session_only_missing() : m.session_only_locked()}
    </p>
  );
}
