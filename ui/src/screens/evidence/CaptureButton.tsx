import type { CaptureRow } from "../../backend/generated/CaptureRow";
import { useSession } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { useMessages } from "../../i18n/language";
import { useCaptureActs } from "./capture-acts";

/** One dossier now, where that can bring something. */
export function CaptureButton({ capture: { row, state, damaged, trouble }, name }: { capture: CaptureRow; name: string }) {
  const m = useMessages();
  const session = useSession();
  const acts = useCaptureActs();
  const worth = damaged > 0 || (["waiting", "incomplete", "lost", "archived"] as (typeof state)[]).includes(state);
  if (!worth || row.environment_id !== session.data?.current?.environment_id) return null;
  return (
    <Button small icon="refresh" onPress={() => void acts.one(row.id, name)} isPending={acts.running} data-testid="capture-one">
      {trouble === null && state === "waiting" ? m.bulk_capture() : m.proofs_retry()}
      <span className="visually-hidden"> {name}</span>
    </Button>
  );
}
