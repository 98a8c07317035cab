import type { CheckState } from "../../backend/generated/CheckState";
import { Icon } from "../../design/components/Icon";
import { STATE } from "../../i18n/check-words";

/** Shape, word and colour, in that order of weight. */
export function Mark({ state, word }: { state: CheckState; word?: string | undefined }) {
  return (
    <span className={`check-mark check-${state}`} data-state={state}>
      <Icon name={STATE[state].icon} size={14} />
      {word ?? STATE[state].word()}
    </span>
  );
}
