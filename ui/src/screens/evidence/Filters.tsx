import type { CaptureCounts } from "../../backend/generated/CaptureCounts";
import type { CaptureFilter } from "../../backend/generated/CaptureFilter";
import { CAPTURE_FILTER } from "../../i18n/evidence-words";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { FILTERS } from "./place";

/** Every finished dossier is in one of these; the troubled wait, and a damaged file may be in any. */
function countOf(counts: CaptureCounts, state: CaptureFilter): number {
  const { waiting, complete, incomplete, lost, archived, not_wanted: unwanted } = counts;
  return state === "all" ? waiting + complete + incomplete + lost + archived + unwanted : counts[state];
}

const BAD: CaptureFilter[] = ["troubled", "damaged", "lost"];

/** How many stand where; each number shows exactly those. */
export function Filters({ counts, state, onState }: { counts: CaptureCounts; state: CaptureFilter; onState: (state: CaptureFilter) => void }) {
  const m = useMessages();
  const f = useFormats();
  return (
    <ul className="capture-filters" aria-label={m.proofs_filters()}>
      {FILTERS.map((one) => {
        const count = countOf(counts, one);
        const loud = BAD.includes(one) && count > 0;
        return (
          <li key={one}>
            <button type="button" className={loud ? "capture-filter capture-filter-bad" : "capture-filter"} aria-pressed={one === state} onClick={() => onState(one)} data-testid={`captures-${one}`}>
              <span>{CAPTURE_FILTER[one]()}</span> <strong>{f.number(count)}</strong>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
