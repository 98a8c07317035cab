import { useRef, useState, type SyntheticEvent } from "react";
import { Form } from "react-aria-components";
import { z } from "zod";
import { useAct } from "../../backend/act";
import { useBackend } from "../../backend/context";
import type { AccountKind } from "../../backend/generated/AccountKind";
import type { EnvironmentChoice } from "../../backend/generated/EnvironmentChoice";
import type { ErrorCode } from "../../backend/generated/ErrorCode";
import type { KeychainState } from "../../backend/generated/KeychainState";
import { useRemember } from "../../backend/queries";
import { wireError } from "../../backend/wire-error";
import { Button } from "../../design/components/Button";
import { Check } from "../../design/components/Check";
import { Field } from "../../design/components/Field";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { ENVIRONMENT_NAME } from "../../i18n/domain-words";
import { useMessages } from "../../i18n/language";

type Name = "username" | "password" | "code";

/** Where the person can mend it. */
const FIELD_OF: Partial<Record<ErrorCode, Name>> = { credentials_refused: "password", code_refused: "code" };

function schema(account: AccountKind, passwordKept: boolean) {
  return z.object({
    username: z.string().trim().min(1),
    password: passwordKept ? z.string() : z.string().min(1),
    code: account === "user" ? z.string().min(1) : z.string(),
  });
}

interface CredentialsFormProps {
  environment: EnvironmentChoice;
  account: AccountKind;
  keychain: KeychainState;
}

export function CredentialsForm({ environment, account, keychain }: CredentialsFormProps) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const kept = environment.remembered.find((one) => one.account === account);
  const [username, setUsername] = useState(kept?.username ?? "");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [keep, setKeep] = useState(Boolean(kept));
  const [problems, setProblems] = useState<Name[]>([]);
  const usernameInput = useRef<HTMLInputElement>(null);
  const passwordInput = useRef<HTMLInputElement>(null);
  const codeInput = useRef<HTMLInputElement>(null);
  const focus = (name: Name) => {
    const input = { username: usernameInput, password: passwordInput, code: codeInput }[name].current;
    input?.focus();
    input?.select();
  };
  const passwordKept = kept?.username === username.trim() && username !== "";

  const enter = useAct(async () => {
    const typed = code.replace(/\s/g, "");
    try {
      remember.session(
        await backend.signIn({ environment_id: environment.id, account, username: username.trim(), password, code: account === "user" ? typed : null, remember: keep && keychain === "available" }),
      );
    } catch (reason) {
      const field = FIELD_OF[wireError(reason).code];
      // After the redraw, so that the screen reader reads the sentence with the field.
      if (field) setTimeout(() => focus(field));
      throw reason;
    }
  });
  const forget = useAct(async () => remember.session(await backend.forgetAccount(environment.id, account)));

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const read = schema(account, passwordKept).safeParse({ username, password, code });
    const names = read.success ? [] : read.error.issues.map(({ path }) => path[0] as Name);
    setProblems(names);
    if (names[0]) focus(names[0]);
    else void enter.run();
  };

  const refusedField = enter.error ? FIELD_OF[enter.error.code] : undefined;
  const problem = (name: Name, sentence: string) => (problems.includes(name) ? sentence : null);
  return (
    <Form className="gate-form" onSubmit={submit}>
      {enter.error && <ErrorBlock error={enter.error} acts={{ retry: () => void enter.run() }} />}
      {forget.error && <ErrorBlock error={forget.error} onDismiss={forget.clear} />}
      <Field
        label={account === "application" ? m.sign_in_username_application() : m.sign_in_username_user()}
        value={username}
        onChange={setUsername}
        autoComplete="username"
        spellCheck="false"
        problem={problem("username", account === "application" ? m.sign_in_needs_username() : m.sign_in_needs_email())}
        inputRef={usernameInput}
        testId="signin-username"
      />
      <Field
        label={m.sign_in_password()}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        hint={passwordKept ? m.sign_in_password_kept() : undefined}
        problem={problem("password", m.sign_in_needs_password()) ?? (refusedField === "password" ? m.sign_in_needs_password() : null)}
        inputRef={passwordInput}
        testId="signin-password"
      />
      {account === "user" && (
        <Field
          label={m.sign_in_code()}
          value={code}
          onChange={setCode}
          inputMode="numeric"
          autoComplete="one-time-code"
          hint={m.sign_in_code_hint()}
          problem={problem("code", m.sign_in_needs_code()) ?? (refusedField === "code" ? m.sign_in_needs_code() : null)}
          inputRef={codeInput}
          testId="signin-code"
          mono
        />
      )}
      {keychain === "available" && (
        <Check isSelected={keep} onChange={setKeep}>
          {m.sign_in_remember()}
        </Check>
      )}
      <div className="gate-acts">
        <Button look="primary" type="submit" isDisabled={enter.running} data-testid="signin-submit">
          {m.sign_in_submit({ environment: environment.name ?? ENVIRONMENT_NAME[environment.kind]() })}
        </Button>
        {kept && (
          <Button look="quiet" icon="trash" onPress={() => void forget.run()} isDisabled={forget.running}>
            {m.sign_in_forget()}
          </Button>
        )}
      </div>
    </Form>
  );
}
