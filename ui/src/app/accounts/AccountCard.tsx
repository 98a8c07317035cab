import { useState } from "react";
import { useAct } from "../../backend/act";
import { useBackend } from "../../backend/context";
import type { AccountKind } from "../../backend/generated/AccountKind";
import type { EnvironmentChoice } from "../../backend/generated/EnvironmentChoice";
import type { OpenSession } from "../../backend/generated/OpenSession";
import type { SessionView } from "../../backend/generated/SessionView";
import { useRemember } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { Icon } from "../../design/components/Icon";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { ACCOUNT_NAME, ACCOUNT_REACH } from "../../i18n/domain-words";
import { useMessages } from "../../i18n/language";
import { CredentialsForm } from "../../screens/sign-in/CredentialsForm";
import { CodeForm, useCode } from "./use-code";

interface AccountCardProps {
  kind: AccountKind;
  session: SessionView;
  environment: EnvironmentChoice;
  /** Its credentials are what the person came to type. */
  wanted: boolean;
}

/** One of the two kinds of account: whether it is open, what it reaches, and what can be done with it. */
export function AccountCard({ kind, session, environment, wanted }: AccountCardProps) {
  const { current, beside } = session;
  const open = [current, beside].find((one) => one?.account === kind) ?? null;
  const worked = current?.account === kind;
  return (
    <section className="account-card" aria-labelledby={`account-${kind}`} data-testid={`account-card-${kind}`} data-open={open !== null}>
      <h3 id={`account-${kind}`}>
        <Icon name={kind === "user" ? "user" : "application"} /> {ACCOUNT_NAME[kind]()}
        {open && <span className="account-card-username">{open.username}</span>}
      </h3>
      <p className="soft">{ACCOUNT_REACH[kind]()}</p>
      {open ? <OpenCard open={open} worked={worked} other={beside !== null} /> : <ClosedCard kind={kind} environment={environment} keychain={session.keychain} wanted={wanted} />}
    </section>
  );
}

function OpenCard({ open, worked, other }: { open: OpenSession; worked: boolean; other: boolean }) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const entry = useCode();
  const work = useAct(async () => remember.session(await backend.workAs(open.account)));
  const close = useAct(async () => remember.session(await backend.closeAccount(open.account)));
  const id = `code-${open.account}`;
  return (
    <>
      <p className="account-card-state">
        <Icon name={open.code_wanted ? "warning" : "check"} /> {open.code_wanted ? m.accounts_code_wanted() : worked ? m.accounts_worked_with() : m.accounts_beside()}
      </p>
      {work.error && <ErrorBlock error={work.error} onDismiss={work.clear} />}
      {close.error && <ErrorBlock error={close.error} onDismiss={close.clear} />}
      {open.code_wanted && <CodeForm id={id} entry={entry} />}
      <div className="gate-acts">
        {open.code_wanted ? (
          <Button look="primary" small type="submit" form={id} isPending={entry.running} data-testid="code-submit">
            {m.code_dialog_submit()}
          </Button>
        ) : (
          !worked && (
            <Button look="primary" small onPress={() => void work.run()} isPending={work.running} data-testid={`work-as-${open.account}`}>
              {m.accounts_work_act()}
            </Button>
          )
        )}
        {other && (
          <Button small icon="signOut" onPress={() => void close.run()} isPending={close.running} data-testid={`close-account-${open.account}`}>
            {m.accounts_close_act()}
            <span className="visually-hidden"> {open.username}</span>
          </Button>
        )}
      </div>
    </>
  );
}

function ClosedCard({ kind, environment, keychain, wanted }: { kind: AccountKind; environment: EnvironmentChoice; keychain: SessionView["keychain"]; wanted: boolean }) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const [typing, setTyping] = useState(wanted && environment.id !== "sandbox");
  const enter = useAct(async () => remember.session(await backend.signInToSandbox(kind)));
  if (typing) return <CredentialsForm environment={environment} account={kind} keychain={keychain} />;
  return (
    <>
      {enter.error && <ErrorBlock error={enter.error} onDismiss={enter.clear} />}
      <div className="gate-acts">
        {/* The sandbox knows its own credentials. */}
        <Button
          look={wanted ? "primary" : "secondary"}
          small
          icon="plus"
          onPress={() => (environment.id === "sandbox" ? void enter.run() : setTyping(true))}
          isPending={enter.running}
          data-testid={`open-account-${kind}`}
        >
          {kind === "user" ? m.accounts_open_user() : m.accounts_open_application()}
        </Button>
      </div>
    </>
  );
}
