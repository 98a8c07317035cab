import { Link } from "@tanstack/react-router";
import { useAct } from "../../backend/act";
import { useBackend } from "../../backend/context";
import type { CaptureActivity } from "../../backend/generated/CaptureActivity";
import { useReadRegisterAgain } from "../../backend/register-queries";
import { Button } from "../../design/components/Button";
import { Callout } from "../../design/components/Callout";
import { entryFor } from "../../errors/catalogue";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useMessages } from "../../i18n/language";

/** While nothing is captured by itself: why, and the act that mends it. */
export function CaptureBanner({ capture }: { capture: CaptureActivity }) {
  const m = useMessages();
  const backend = useBackend();
  const readAgain = useReadRegisterAgain();
  const resume = useAct(async () => {
    await backend.resumeCaptures();
    await readAgain();
  });
  if (capture.kind === "blocked") {
    const reason = entryFor({ code: capture.code, params: {}, retryable: false, trace_id: "" }).sentence({});
    return (
      <Callout tone="error" data-testid="capture-blocked" data-code={capture.code} actions={<Link to="/evidence">{m.radar_capture_see()}</Link>}>
        {m.proofs_activity_blocked({ reason })}
      </Callout>
    );
  }
  if (capture.kind !== "paused") return null;
  return (
    <>
      <Callout
        tone="attention"
        data-testid="capture-paused"
        actions={
          <Button small icon="refresh" onPress={() => void resume.run()} isPending={resume.running} data-testid="resume-captures">
            {m.proofs_resume()}
          </Button>
        }
      >
        {m.proofs_activity_paused()}
      </Callout>
      {resume.error && <ErrorBlock error={resume.error} onDismiss={resume.clear} />}
    </>
  );
}
