import type { Selection } from "../../backend/generated/Selection";
import { Button } from "../../design/components/Button";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { useCaptureActs } from "./capture-acts";
import { usePackActs } from "./pack-acts";

/** What is done with the chosen captures. */
export function ChosenBar({ chosen, onClear }: { chosen: ReadonlySet<string>; onClear: () => void }) {
  const m = useMessages();
  const f = useFormats();
  const packs = usePackActs();
  const captures = useCaptureActs();
  if (chosen.size === 0) return null;
  const selection = (): Selection => ({ kind: "some", ids: Array.from(chosen) });
  return (
    <section className="captures-chosen" aria-label={m.selection_bar()} data-testid="chosen-bar">
      <strong role="status">{m.proofs_chosen({ count: chosen.size, n: f.number(chosen.size) })}</strong>
      <Button small look="quiet" onPress={onClear}>
        {m.selection_clear()}
      </Button>
      <div className="captures-chosen-acts">
        <Button small icon="refresh" isPending={captures.running} onPress={() => void captures.many(selection())} data-testid="capture-chosen">
          {m.bulk_capture()}
        </Button>
        <Button small look="primary" icon="seal" isPending={packs.running} onPress={() => packs.many(selection())} data-testid="pack-chosen">
          {m.proofs_pack()}
        </Button>
      </div>
    </section>
  );
}
