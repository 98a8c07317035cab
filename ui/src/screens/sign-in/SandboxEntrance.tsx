import { useAct } from "../../backend/act";
import { useBackend } from "../../backend/context";
import type { AccountKind } from "../../backend/generated/AccountKind";
import { useRemember } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { ACCOUNT_NAME, ACCOUNT_REACH } from "../../i18n/domain-words";
import { useMessages } from "../../i18n/language";

const ACCOUNTS = ["application", "user"] as const;

function useSandbox(onEntered?: () => void) {
  const backend = useBackend();
  const remember = useRemember();
  return useAct(async (_intent, account: AccountKind) => {
    remember.session(await backend.signInToSandbox(account));
    onEntered?.();
  });
}

/** The same doors in one line, beside what somebody with an account does. */
export function SandboxStrip({ onEntered }: { onEntered: () => void }) {
  const m = useMessages();
  const enter = useSandbox(onEntered);
  return (
    <section className="sandbox-strip environment-sandbox" aria-labelledby="sandbox-strip">
      {enter.error && <ErrorBlock error={enter.error} acts={{ retry: enter.clear }} onDismiss={enter.clear} />}
      <div className="sandbox-strip-words">
        <h2 id="sandbox-strip">{m.setup_try_title()}</h2>
        <p className="soft">{m.setup_try_note()}</p>
      </div>
      <div className="gate-acts">
        {ACCOUNTS.map((account) => (
          <Button key={account} onPress={() => void enter.run(account)} isDisabled={enter.running} data-testid={`enter-sandbox-${account}`}>
            {account === "application" ? m.setup_try_application() : m.setup_try_user()}
          </Button>
        ))}
      </div>
    </section>
  );
}

/** The sandbox knows its own credentials: one button for each kind of account. */
export function SandboxEntrance() {
  const m = useMessages();
  const enter = useSandbox();
  return (
    <section className="gate-form" aria-label={m.account_label()}>
      {enter.error && <ErrorBlock error={enter.error} acts={{ retry: enter.clear }} onDismiss={enter.clear} />}
      <div className="choice-cards choice-cards-2">
        {ACCOUNTS.map((account) => (
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
