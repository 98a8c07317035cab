import { useAct } from "../../backend/act";
import { useBackend } from "../../backend/context";
import type { AccountKind } from "../../backend/generated/AccountKind";
import { useRemember } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { ACCOUNT_NAME, ACCOUNT_REACH } from "../../i18n/domain-words";
import { useMessages } from "../../i18n/language";

/** The sandbox knows its own credentials: one button for each kind of account. */
export function SandboxEntrance() {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const enter = useAct(async (_intent, account: AccountKind) => remember.session(await backend.signInToSandbox(account)));
  return (
    <section className="gate-form" aria-label={m.account_label()}>
      {enter.error && <ErrorBlock error={enter.error} acts={{ retry: enter.clear }} onDismiss={enter.clear} />}
      <div className="choice-cards choice-cards-2">
        {(["application", "user"] as const).map((account) => (
          <div key={account} className="sandbox-card">
            <h2>{ACCOUNT_NAME[account]()}</h2>
            <p className="soft">{ACCOUNT_REACH[account]()}</p>
            <Button look="primary" onPress={() => void enter.run(account)} isDisabled={enter.running} data-testid={`enter-sandbox-${account}`}>
              {account === "application" ? m.sign_in_sandbox_application() : m.sign_in_sandbox_user()}
              <span className="visually-hidden"> {account === "application" ? m.sign_in_sandbox_as_application() : m.sign_in_sandbox_as_user()}</span>
            </Button>
          </div>
        ))}
      </div>
    </section>
  );
}
