import { Icon } from "../../../design/components/Icon";
import { useMessages } from "../../../i18n/language";

/** Whether a copy was whole when it was last read back. */
export function Soundness({ sound }: { sound: boolean }) {
  const m = useMessages();
  return (
    <span className={sound ? "soundness" : "soundness soundness-damaged"}>
      <Icon name={sound ? "check" : "warning"} size={14} /> {sound ? m.store_sound() : m.store_damaged()}
    </span>
  );
}
