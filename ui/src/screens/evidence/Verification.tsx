import { ActButton } from "../../app/acts/ActButton";
import { useLongAct } from "../../app/long-acts/use-long-act";
import { useBackend } from "../../backend/context";
import type { VerificationOutcome } from "../../backend/generated/VerificationOutcome";
import type { VerificationView } from "../../backend/generated/VerificationView";
import { useReadRegisterAgain } from "../../backend/register-queries";
import { Button } from "../../design/components/Button";
import { Callout } from "../../design/components/Callout";
import { INTEGRITY, PIECE_KIND } from "../../i18n/evidence-words";
import { useFormats, type Formats } from "../../i18n/format";
import { useMessages, type Messages } from "../../i18n/language";

/** What the last verification said, in a sentence. */
function lastWords(m: Messages, f: Formats, { last }: VerificationView): string {
  if (!last) return m.proofs_verified_never();
  const facts = { date: f.dateTime(last.at), n: f.number(last.checked) };
  return last.damaged > 0 ? m.proofs_verified_bad({ ...facts, count: last.damaged }) : m.proofs_verified_good({ ...facts, count: last.checked });
}

/** Whether the captured files are still what was captured, and the means to find out. */
export function Verification({ verification, onDamaged }: { verification: VerificationView; onDamaged: () => void }) {
  const m = useMessages();
  const f = useFormats();
  const backend = useBackend();
  const readAgain = useReadRegisterAgain();
  const { run, running } = useLongAct();
  const { last, unfinished } = verification;
  const busy = running || verification.running;

  const verify = async () => {
    const outcome = ({ checked, damaged }: VerificationOutcome) =>
      damaged > 0 ? m.proofs_verify_damaged({ n: f.number(checked), count: damaged }) : m.proofs_verify_done({ n: f.number(checked), count: checked });
    await run({ title: () => m.proofs_verifying(), outcome, detail: (done) => <Damaged outcome={done} /> }, (intentId) => backend.verifyEvidence(intentId));
    await readAgain();
  };
  const bad = last !== null && last.damaged > 0;
  return (
    <section aria-label={m.proofs_verification()} data-testid="verification" data-state={busy ? "running" : bad ? "damaged" : last ? "whole" : "never"}>
      <Callout
        tone={bad ? "critical" : last ? "good" : "information"}
        actions={
          <>
            {bad && (
              <Button small look="quiet" onPress={onDamaged} data-testid="see-damaged">
                {m.proofs_verify_found()}
              </Button>
            )}
            <ActButton act="verify-evidence" small icon="check" onPress={() => void verify()} isPending={busy} data-testid="verify-evidence">
              {unfinished && !busy ? m.proofs_verify_on() : m.proofs_verify()}
            </ActButton>
          </>
        }
      >
        <p>{busy ? m.proofs_verifying_now() : lastWords(m, f, verification)}</p>
        {unfinished && !busy && <p className="soft">{m.proofs_verified_part({ date: f.dateTime(unfinished.at), n: f.number(unfinished.checked), count: unfinished.checked })}</p>}
        <p className="soft">{m.proofs_by_itself()}</p>
      </Callout>
    </section>
  );
}

function Damaged({ outcome: { found } }: { outcome: VerificationOutcome }) {
  const m = useMessages();
  if (found.length === 0) return null;
  return (
    <details>
      <summary>{m.proofs_verify_found()}</summary>
      <ul className="failures" data-testid="damaged-found">
        {found.map(({ dossier_label: label, piece }) => (
          <li key={piece.id}>
            <strong>{label}</strong> {PIECE_KIND[piece.kind]()} <span className="mono">{piece.document}</span> – {INTEGRITY[piece.integrity]()}
          </li>
        ))}
      </ul>
    </details>
  );
}
