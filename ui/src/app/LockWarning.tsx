import { useEffect, useState } from "react";
import { useBackend } from "../backend/context";
import { Button } from "../design/components/Button";
import { Icon } from "../design/components/Icon";
import { useMessages } from "../i18n/language";
import { useSecond } from "./now";
import { INPUT } from "./presence";

/** Says that the desk is about to lock itself. Any input at all puts that off, and takes this away. */
export function LockWarning() {
  const backend = useBackend();
  const [at, setAt] = useState<string | null>(null);
  useEffect(() => backend.onLockComing((coming) => setAt(coming.at)), [backend]);
  useEffect(() => {
    if (at === null) return undefined;
    const stay = () => {
      setAt(null);
      // At once: presence is otherwise told now and then only.
      backend.noteInput().catch(() => undefined);
    };
    for (const kind of INPUT) window.addEventListener(kind, stay, { capture: true, passive: true });
    return () => {
      for (const kind of INPUT) window.removeEventListener(kind, stay, { capture: true });
    };
  }, [backend, at]);
  return at === null ? null : <Warning at={at} onStay={() => setAt(null)} />;
}

function Warning({ at, onStay }: { at: string; onStay: () => void }) {
  const m = useMessages();
  const left = Math.max(0, Math.ceil((new Date(at).getTime() - useSecond()) / 1_000));
  return (
    <p className="frame-notice frame-notice-attention" role="status" data-testid="lock-warning">
      <Icon name="lock" />
      <span className="visually-hidden">{m.lock_soon()}</span>
      <span aria-hidden="true">{m.lock_warning({ seconds: String(left) })}</span>
      <Button small onPress={onStay}>
        {m.lock_stay()}
      </Button>
    </p>
  );
}
