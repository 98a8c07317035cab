import { useEffect, useLayoutEffect, useRef, useState, type SyntheticEvent } from "react";
import { Form } from "react-aria-components";
import { useAct } from "../../backend/act";
import { useBackend } from "../../backend/context";
import type { TestFinding } from "../../backend/generated/TestFinding";
import { useRemember } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { Check } from "../../design/components/Check";
import { Choice } from "../../design/components/Choice";
import { Field } from "../../design/components/Field";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { ACCOUNT_NAME, ACCOUNT_REACH } from "../../i18n/domain-words";
import { useMessages } from "../../i18n/language";
import { testedOf, type SetupDraft, type StepProps } from "./draft";
import { TestResult } from "./TestResult";

type Name = "username" | "password" | "code";

/** Where the person can mend what the test found. */
const FIELD_OF: Partial<Record<TestFinding, Name>> = { id_or_secret: "password", account_refused: "password", code: "code" };

interface AccountStepProps extends StepProps {
  /** Typed and not yet tested well: kept between the steps, and gone with the screen. */
  password: string;
  onPassword: (typed: string) => void;
}

/** Id and secret, and the test that says whether they are good. */
export function AccountStep({ session, draft, onChange, password, onPassword }: AccountStepProps) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const { account, username, tested } = draft;
  const [code, setCode] = useState("");
  const hasKeychain = session.keychain === "available";
  const [keep, setKeep] = useState(true);
  const [missing, setMissing] = useState<Name[]>([]);
  const usernameInput = useRef<HTMLInputElement>(null);
  const passwordInput = useRef<HTMLInputElement>(null);
  const codeInput = useRef<HTMLInputElement>(null);
  const forward = useRef<HTMLButtonElement>(null);
  const passed = tested?.finding === "passed";
  const environment = session.environments.find(({ id }) => id === draft.environmentId);
  const passwordKept = passed || Boolean(environment?.remembered.some((one) => one.account === account && one.username === username.trim()));

  const [first] = useState<Name | "next">(username === "" ? "username" : passed ? "next" : "password");
  useEffect(() => {
    ({ username: usernameInput, password: passwordInput, code: codeInput, next: forward })[first].current?.focus();
  }, [first]);
  const focus = (name: Name) => {
    const input = { username: usernameInput, password: passwordInput, code: codeInput }[name].current;
    input?.focus();
    input?.select();
  };

  /** Whom the fields are about now; nobody, once they are gone. */
  const typed = useRef<string | null>(null);
  useLayoutEffect(() => {
    typed.current = testedOf(draft);
    return () => {
      typed.current = null;
    };
  });
  const test = useAct(async () => {
    const asked = testedOf(draft);
    const answer = await backend.testAccount({ environment_id: draft.environmentId, account, username: username.trim(), password, code: account === "user" ? code.replace(/\s/g, "") : null, remember: keep && hasKeychain });
    remember.session(answer.desk);
    onChange((now) => (testedOf(now) === asked ? { tested: answer } : {}));
    // What stands in the fields by now was not tested.
    if (typed.current !== asked) return;
    // A login that was accepted has used both up.
    if (answer.account === "good") {
      onPassword("");
      setCode("");
    }
    const field = FIELD_OF[answer.finding];
    // After the redraw, so that a screen reader reads the sentence with the field.
    setTimeout(() => (answer.finding === "passed" ? forward.current?.focus() : field && focus(field)));
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const empty: Record<Name, boolean> = { username: username.trim() === "", password: password === "" && !passwordKept, code: account === "user" && code.trim() === "" && !passed };
    const names = (["username", "password", "code"] as const).filter((name) => empty[name]);
    setMissing(names);
    if (names[0]) focus(names[0]);
    else void test.run();
  };
  const edit = (part: Partial<SetupDraft>) => onChange({ ...part, tested: null });
  const problem = (name: Name, sentence: string) => (missing.includes(name) ? sentence : null);
  const look = tested ? FIELD_OF[tested.finding] : undefined;
  const host = environment?.host ?? "";
  return (
    <>
      <Form className="gate-form" onSubmit={submit}>
        <Choice
          label={m.setup_account_title()}
          columns={2}
          value={account}
          onChange={(kind) => {
            setCode("");
            edit({ account: kind });
          }}
          options={(["application", "user"] as const).map((kind) => ({
            id: kind,
            testId: `setup-account-${kind}`,
            content: (
              <>
                <strong>{ACCOUNT_NAME[kind]()}</strong>
                <span className="soft">{kind === "application" ? m.account_application_needs() : m.account_user_needs()}</span>
                <span className="sign-in-note">{ACCOUNT_REACH[kind]()}</span>
              </>
            ),
          }))}
        />
        {test.error && <ErrorBlock error={test.error} onDismiss={test.clear} />}
        <div className="form-grid">
          <Field
            label={account === "application" ? m.sign_in_username_application() : m.sign_in_username_user()}
            value={username}
            onChange={(text) => edit({ username: text })}
            autoComplete="username"
            spellCheck="false"
            problem={problem("username", account === "application" ? m.sign_in_needs_username() : m.sign_in_needs_email()) ?? (look === "password" ? m.setup_proof_doubtful() : null)}
            inputRef={usernameInput}
            testId="setup-username"
          />
          <Field
            label={m.sign_in_password()}
            type="password"
            value={password}
            onChange={(text) => {
              onPassword(text);
              if (tested) edit({});
            }}
            autoComplete="current-password"
            hint={passed ? m.setup_password_tested() : passwordKept ? m.sign_in_password_kept() : undefined}
            problem={problem("password", m.sign_in_needs_password()) ?? (look === "password" ? m.setup_proof_doubtful() : null)}
            inputRef={passwordInput}
            testId="setup-password"
          />
        </div>
        {account === "user" && (
          <Field
            label={m.sign_in_code()}
            value={code}
            onChange={(text) => {
              setCode(text);
              if (tested) edit({});
            }}
            inputMode="numeric"
            autoComplete="one-time-code"
            hint={m.sign_in_code_hint()}
            problem={problem("code", m.sign_in_needs_code()) ?? (look === "code" ? m.sign_in_needs_code() : null)}
            inputRef={codeInput}
            testId="setup-code"
            mono
          />
        )}
        {hasKeychain ? (
          <Check isSelected={keep} onChange={setKeep} data-testid="setup-keep">
            {m.sign_in_remember()}
          </Check>
        ) : (
          <p className="field-hint">{m.setup_keep_none()}</p>
        )}
        <div className="gate-acts">
          <Button look={passed ? "secondary" : "primary"} icon="verify" type="submit" data-testid="setup-test">
            {passed ? m.setup_test_again() : m.setup_test()}
          </Button>
          <span className="soft" role="status">
            {test.running && m.setup_testing()}
          </span>
        </div>
      </Form>
      {tested && !test.running && <TestResult test={tested} account={account} host={host} environmentId={draft.environmentId} />}
      <div className="setup-foot">
        <Button icon="back" onPress={() => onChange({ step: "where" })} data-testid="setup-back">
          {m.setup_back()}
        </Button>
        {passed ? (
          <Button look="primary" buttonRef={forward} onPress={() => onChange({ step: "processes" })} data-testid="setup-next">
            {m.setup_next()}
          </Button>
        ) : (
          <Button look="quiet" onPress={() => onChange({ step: "processes" })} data-testid="setup-skip">
            {m.setup_skip()}
          </Button>
        )}
      </div>
    </>
  );
}
