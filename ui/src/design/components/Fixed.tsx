import { useMessages } from "../../i18n/language";
import { Icon } from "./Icon";
import "./Fixed.css";

/** Beside what the organisation's policy fixes: it can be read and not changed. */
export function Fixed({ testId }: { testId?: string }) {
  const m = useMessages();
  return (
    <span className="fixed" data-testid={testId}>
      <Icon name="lock" size={14} /> {m.managed_fixed()}
    </span>
  );
}
