import { Dock } from "../../app/long-acts/Dock";
import { useTitle } from "../../app/title";
import { useAct } from "../../backend/act";
import { useBackend } from "../../backend/context";
import type { RegisterState } from "../../backend/generated/RegisterState";
import type { SessionView } from "../../backend/generated/SessionView";
import { useRemember, useSettings } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useMessages, type Messages } from "../../i18n/language";
import { Gate } from "../Gate";
import { VerifyEntrance } from "../verify/VerifyEntrance";
import { DamagedRegister } from "./DamagedRegister";
import { PassphraseForm } from "./PassphraseForm";

const WORDS = {
  passphrase_to_choose: (m: Messages) => [m.unlock_choose_title(), m.unlock_choose_lead()],
  passphrase_wanted: (m: Messages) => [m.unlock_wanted_title(), m.unlock_wanted_lead()],
  key_unreachable: (m: Messages) => [m.unlock_unreachable_title(), m.unlock_unreachable_lead()],
  key_refused: (m: Messages) => [m.unlock_refused_title(), m.unlock_refused_lead()],
  damaged: (m: Messages) => [m.unlock_damaged_title(), m.unlock_damaged_lead()],
  newer: (m: Messages) => [m.unlock_newer_title(), m.unlock_newer_lead()],
  in_use: (m: Messages) => [m.unlock_in_use_title(), m.unlock_in_use_lead()],
  unreadable: (m: Messages) => [m.unlock_unreadable_title(), m.unlock_unreadable_lead()],
} satisfies Record<Exclude<RegisterState, "open">, (m: Messages) => [string, string]>;

function wordsOf({ register, keychain }: SessionView, m: Messages) {
  if (register === "open") return null;
  if (register === "key_unreachable" && keychain === "refusing") return [m.unlock_refusing_title(), m.unlock_refusing_lead()];
  return WORDS[register](m);
}

/** Where trying again is not what helps first. */
const ANOTHER_WAY = new Set<RegisterState>(["damaged", "newer"]);

/** What stands between the person and the register, and the one thing that opens it. */
export function UnlockScreen({ session, onVerify }: { session: SessionView; onVerify: () => void }) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const retry = useAct(async () => remember.session(await backend.retryRegister()));
  const settings = useSettings();
  const { register } = session;
  const words = wordsOf(session, m);
  useTitle(words?.[0] ?? "");
  if (!words) return null;
  const byPassphrase = register === "passphrase_to_choose" || register === "passphrase_wanted";
  const again = (
    <>
      {retry.error && <ErrorBlock error={retry.error} onDismiss={retry.clear} />}
      <div className="gate-acts">
        <Button look={ANOTHER_WAY.has(register) ? "secondary" : "primary"} icon="refresh" onPress={() => void retry.run()} isDisabled={retry.running} data-testid="retry-register">
          {m.retry()}
        </Button>
      </div>
    </>
  );
  return (
    <Gate narrow={register !== "damaged"} acts={<VerifyEntrance onPress={onVerify} />} foot={<Dock />}>
      <div className="gate-head" data-testid="register-state" data-state={register}>
        <h1>{words[0]}</h1>
        <p className="soft">{words[1]}</p>
        {register === "newer" && settings.data && <p className="faint">{m.unlock_version({ version: settings.data.version })}</p>}
      </div>
      {byPassphrase ? <PassphraseForm choosing={register === "passphrase_to_choose"} /> : register === "damaged" ? <DamagedRegister retry={again} /> : again}
    </Gate>
  );
}
