import { ActButton } from "../../app/acts/ActButton";
import { useAct } from "../../backend/act";
import { useBackend } from "../../backend/context";
import type { CaptureActivity } from "../../backend/generated/CaptureActivity";
import type { CaptureCounts } from "../../backend/generated/CaptureCounts";
import type { CapturePage } from "../../backend/generated/CapturePage";
import { useReadRegisterAgain } from "../../backend/register-queries";
import { Callout, type Tone } from "../../design/components/Callout";
import { entryFor } from "../../errors/catalogue";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useFormats, type Formats } from "../../i18n/format";
import { useMessages, type Messages } from "../../i18n/language";

const TONE: Record<CaptureActivity["kind"], Tone> = { idle: "good", running: "information", paused: "attention", signed_out: "attention", blocked: "error" };

function words(m: Messages, f: Formats, activity: CaptureActivity, { waiting }: CaptureCounts): string {
  switch (activity.kind) {
    case "idle": return waiting > 0 ? m.proofs_activity_later() : m.proofs_activity_idle();
    case "running": return m.proofs_activity_running({ count: activity.dossiers, n: f.number(activity.dossiers) });
    case "paused": return m.proofs_activity_paused();
    case "signed_out": return m.proofs_activity_signed_out();
    case "blocked": return m.proofs_activity_blocked({ reason: entryFor({ code: activity.code, params: {}, retryable: false, trace_id: "" }).sentence({}) });
  }
}

/** What the queue is doing, how long what waits can still be had, and the means to hold it. */
export function Activity({ page: { activity, counts, first_deadline: deadline } }: { page: CapturePage }) {
  const m = useMessages();
  const f = useFormats();
  const backend = useBackend();
  const readAgain = useReadRegisterAgain();
  const stopped = activity.kind === "paused" || activity.kind === "blocked";
  const turn = useAct(async () => {
    await (stopped ? backend.resumeCaptures() : backend.pauseCaptures());
    await readAgain();
  });
  const tone = activity.kind === "idle" && counts.waiting > 0 ? "information" : TONE[activity.kind];
  return (
    <section aria-label={m.proofs_activity()} data-testid="capture-activity" data-state={activity.kind}>
      <Callout
        tone={tone}
        live="status"
        actions={
          activity.kind === "signed_out" ? undefined : (
            <ActButton act="turn-captures" small icon={stopped ? "refresh" : "pause"} onPress={() => void turn.run()} isPending={turn.running} data-testid={stopped ? "resume-captures" : "pause-captures"}>
              {stopped ? m.proofs_resume() : m.proofs_pause()}
            </ActButton>
          )
        }
      >
        <p>{words(m, f, activity, counts)}</p>
        {deadline && <p data-testid="first-deadline">{m.proofs_activity_waiting({ count: counts.waiting, n: f.number(counts.waiting), date: f.dateTime(deadline) })}</p>}
      </Callout>
      {turn.error && <ErrorBlock error={turn.error} onDismiss={turn.clear} />}
    </section>
  );
}
