import { useState } from "react";
import { SessionOnlyBanner } from "../../app/SessionOnlyBanner";
import type { SignInWish } from "../../app/sign-in-wish";
import { useSetupDoor } from "../../app/setup-door";
import { useTitle } from "../../app/title";
import type { AccountKind } from "../../backend/generated/AccountKind";
import type { SessionView } from "../../backend/generated/SessionView";
import type { SettingsTab } from "../../app/settings-tabs";
import { Button } from "../../design/components/Button";
import { Choice } from "../../design/components/Choice";
import { EnvironmentMark } from "../../design/components/EnvironmentMark";
import { ACCOUNT_NAME, ACCOUNT_REACH, ENVIRONMENT_NOTE } from "../../i18n/domain-words";
import { useMessages } from "../../i18n/language";
import { Gate } from "../Gate";
import { SettingsScreen } from "../settings/SettingsScreen";
import { VerifyEntrance } from "../verify/VerifyEntrance";
import { CredentialsForm } from "./CredentialsForm";
import { SandboxEntrance } from "./SandboxEntrance";
import "./SignIn.css";

/** Where, then with which account, then the credentials: nothing else on the way in. */
export function SignInScreen({ session, wish, onVerify }: { session: SessionView; wish: SignInWish; onVerify: () => void }) {
  const m = useMessages();
  const openSetup = useSetupDoor();
  const [environmentId, setEnvironmentId] = useState(() => wish.get() ?? session.last_environment_id);
  const environment = session.environments.find(({ id }) => id === environmentId) ?? session.environments[0];
  const [account, setAccount] = useState<AccountKind>(() => environment?.remembered[0]?.account ?? "application");
  useTitle(m.sign_in_title(), environment?.kind);
  const [settings, setSettings] = useState<SettingsTab | null>(null);
  if (!environment) return null;
  if (settings) {
    return (
      <Gate
        kind={environment.kind}
        acts={
          <Button small icon="back" onPress={() => setSettings(null)} data-testid="back-to-sign-in">
            {m.sign_in_back()}
          </Button>
        }
      >
        <SettingsScreen tab={settings} onTab={setSettings} />
      </Gate>
    );
  }

  const chooseEnvironment = (id: string) => {
    setEnvironmentId(id);
    const kept = session.environments.find((choice) => choice.id === id)?.remembered[0];
    if (kept) setAccount(kept.account);
  };
  return (
    <Gate
      kind={environment.kind}
      banner={<SessionOnlyBanner keychain={session.keychain} />}
      acts={
        <>
          <VerifyEntrance onPress={onVerify} />
          <Button small icon="plus" onPress={openSetup} data-testid="open-setup">
            {m.setup_short()}
          </Button>
          <Button small icon="settings" onPress={() => setSettings("environments")} data-testid="open-settings">
            {m.nav_settings()}
          </Button>
        </>
      }
    >
      <div className="gate-head">
        <h1>{m.sign_in_title()}</h1>
        <p className="soft">{m.sign_in_lead()}</p>
      </div>
      <Choice
        label={m.environment_label()}
        columns={3}
        value={environment.id}
        onChange={chooseEnvironment}
        options={session.environments.map((choice) => ({
          id: choice.id,
          testId: `env-${choice.id}`,
          className: `environment-card environment-${choice.kind}`,
          content: (
            <>
              <span className="sign-in-mark">
                <EnvironmentMark kind={choice.kind} testId={choice.id === environment.id ? "environment-word" : undefined} />
              </span>
              {choice.name && <strong>{choice.name}</strong>}
              <span className="soft sign-in-note">{ENVIRONMENT_NOTE[choice.kind]()}</span>
              <span className="faint mono sign-in-note">{choice.host}</span>
            </>
          ),
        }))}
      />
      {environment.id === "sandbox" ? (
        <SandboxEntrance />
      ) : (
        <>
          <Choice
            label={m.account_label()}
            columns={2}
            value={account}
            onChange={setAccount}
            options={(["application", "user"] as const).map((kind) => ({
              id: kind,
              testId: `account-${kind}`,
              content: (
                <>
                  <strong>{ACCOUNT_NAME[kind]()}</strong>
                  <span className="soft">{kind === "application" ? m.account_application_needs() : m.account_user_needs()}</span>
                  <span className="sign-in-note">{ACCOUNT_REACH[kind]()}</span>
                </>
              ),
            }))}
          />
          <CredentialsForm key={`${environment.id} ${account}`} environment={environment} account={account} keychain={session.keychain} />
        </>
      )}
    </Gate>
  );
}
