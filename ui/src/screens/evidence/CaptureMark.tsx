import type { CaptureState } from "../../backend/generated/CaptureState";
import { Icon, type IconName } from "../../design/components/Icon";
import { CAPTURE_STATE } from "../../i18n/evidence-words";
import { useMessages } from "../../i18n/language";

const SHAPE: Record<CaptureState, IconName> = {
  waiting: "clock",
  running: "refresh",
  complete: "check",
  incomplete: "warning",
  lost: "close",
  archived: "journal",
  not_wanted: "pause",
};

/** Shape, word and colour of a capture's state. */
export function CaptureMark({ state }: { state: CaptureState }) {
  useMessages();
  return (
    <span className={`capture-mark capture-${state}`}>
      <Icon name={SHAPE[state]} size={14} /> {CAPTURE_STATE[state]()}
    </span>
  );
}
