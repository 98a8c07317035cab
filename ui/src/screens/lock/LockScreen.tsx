import { useRef, useState, type SyntheticEvent } from "react";
import { Form } from "react-aria-components";
import { useTitle } from "../../app/title";
import { useAct } from "../../backend/act";
import { useBackend } from "../../backend/context";
import type { OpenSession } from "../../backend/generated/OpenSession";
import type { UnlockWay } from "../../backend/generated/UnlockWay";
import { useRemember } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { EnvironmentMark } from "../../design/components/EnvironmentMark";
import { Field } from "../../design/components/Field";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useMessages } from "../../i18n/language";
import { Gate } from "../Gate";

/** In place of every screen while the desk is locked: whose desk it is, and the one thing that opens it. No dossier. */
export function LockScreen({ way, current }: { way: UnlockWay; current: OpenSession | null }) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const [phrase, setPhrase] = useState("");
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const open = useAct(async (_intent, typed: string | null) => remember.session(await backend.unlock(typed)));
  useTitle(m.lock_title());

  const byPassphrase = way === "passphrase";
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const empty = byPassphrase && phrase === "";
    setMissing(empty);
    if (empty) field.current?.focus();
    else
      void open.run(byPassphrase ? phrase : null).then(() => {
        setPhrase("");
        field.current?.focus();
      });
  };
  return (
    <Gate narrow {...(current && { kind: current.environment_kind })}>
      <div className="gate-head" data-testid="lock-screen" data-way={way}>
        <h1>{m.lock_title()}</h1>
        <p className="soft">{byPassphrase ? m.lock_lead_passphrase() : m.lock_lead_keychain()}</p>
      </div>
      {current && (
        <p>
          <EnvironmentMark kind={current.environment_kind} /> <strong>{current.username}</strong>
        </p>
      )}
      <Form className="gate-form" onSubmit={submit}>
        {open.error && <ErrorBlock error={open.error} />}
        {byPassphrase && (
          <Field
            label={m.unlock_passphrase()}
            type="password"
            autoComplete="current-password"
            value={phrase}
            onChange={setPhrase}
            problem={missing ? m.unlock_needs_passphrase() : null}
            inputRef={field}
            // eslint-disable-next-line jsx-a11y/no-autofocus -- the one field of the one screen there is
            autoFocus
            testId="lock-passphrase"
          />
        )}
        <div className="gate-acts">
          {/* eslint-disable-next-line jsx-a11y/no-autofocus -- without a field, the button is the screen's one stop */}
          <Button look="primary" type="submit" icon="lock" isPending={open.running} autoFocus={!byPassphrase} data-testid="unlock">
            {m.lock_open()}
          </Button>
        </div>
      </Form>
      <p className="faint">{m.lock_note()}</p>
    </Gate>
  );
}
