import { useState } from "react";
import { useTitle } from "../../app/title";
import { SessionOnlyBanner } from "../../app/SessionOnlyBanner";
import type { SessionView } from "../../backend/generated/SessionView";
import { Button } from "../../design/components/Button";
import { useMessages } from "../../i18n/language";
import { Gate } from "../Gate";
import { SandboxStrip } from "../sign-in/SandboxEntrance";
import { VerifyEntrance } from "../verify/VerifyEntrance";
import { AccountStep } from "./AccountStep";
import type { SetupChange, SetupDraft } from "./draft";
import { ProcessesStep } from "./ProcessesStep";
import { Progress } from "./Progress";
import { WhereStep } from "./WhereStep";
import "./Setup.css";

interface SetupScreenProps {
  session: SessionView;
  draft: SetupDraft;
  onChange: (change: SetupChange) => void;
  onClose: () => void;
  onVerify: () => void;
}

/** From nothing to a desk that works: where, with which account, on which processes. */
export function SetupScreen({ session, draft, onChange, onClose, onVerify }: SetupScreenProps) {
  const m = useMessages();
  const kind = session.environments.find(({ id }) => id === draft.environmentId)?.kind ?? draft.own.kind;
  useTitle(m.setup_title(), kind);
  const [password, setPassword] = useState("");
  const signedIn = session.current !== null;
  const step = { session, draft, onChange };
  return (
    <Gate
      kind={kind}
      banner={<SessionOnlyBanner keychain={session.keychain} />}
      acts={
        <>
          {!signedIn && <VerifyEntrance onPress={onVerify} />}
          <Button small icon={signedIn ? "close" : "clock"} onPress={onClose} data-testid="setup-later">
            {signedIn ? m.setup_close() : m.setup_later()}
          </Button>
        </>
      }
    >
      <div className="gate-head">
        <h1>{m.setup_title()}</h1>
        <p className="soft">{m.setup_lead()}</p>
      </div>
      <Progress at={draft.step} skipped={draft.tested?.finding === "passed" ? null : "account"} />
      {draft.step === "where" && <WhereStep {...step} />}
      {draft.step === "account" && <AccountStep {...step} password={password} onPassword={setPassword} />}
      {draft.step === "processes" && <ProcessesStep {...step} onDone={onClose} />}
      {draft.step === "where" && !signedIn && <SandboxStrip onEntered={onClose} />}
    </Gate>
  );
}
