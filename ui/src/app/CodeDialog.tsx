import { useState, type SyntheticEvent } from "react";
import { Form } from "react-aria-components";
import { useAct } from "../backend/act";
import { useBackend } from "../backend/context";
import type { OpenSession } from "../backend/generated/OpenSession";
import { useRemember } from "../backend/queries";
import { Button } from "../design/components/Button";
import { Dialog } from "../design/components/Dialog";
import { EnvironmentMark } from "../design/components/EnvironmentMark";
import { Field } from "../design/components/Field";
import { ErrorBlock } from "../errors/ErrorBlock";
import { useMessages } from "../i18n/language";

/** A lapsed user session: the screens stay behind as they were, only a code is asked for. */
export function CodeDialog({ current }: { current: OpenSession }) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const [code, setCode] = useState("");
  const [missing, setMissing] = useState(false);
  const resume = useAct(async (_intent, typed: string) => remember.session(await backend.resumeSession(typed)));
  const leave = useAct(async () => remember.session(await backend.signOut()));

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const typed = code.replace(/\s/g, "");
    setMissing(typed === "");
    if (typed) void resume.run(typed).then(() => setCode(""));
  };
  return (
    <Dialog
      open
      urgent
      title={m.code_dialog_title()}
      actions={
        <>
          <Button onPress={() => void leave.run()}>{m.sign_out()}</Button>
          <Button look="primary" type="submit" form="code-form" isDisabled={resume.running} data-testid="code-submit">
            {m.code_dialog_submit()}
          </Button>
        </>
      }
    >
      <p>
        <EnvironmentMark kind={current.environment_kind} /> <strong>{current.username}</strong>
      </p>
      <p>{m.code_dialog_lead()}</p>
      {resume.error && <ErrorBlock error={resume.error} />}
      <Form id="code-form" onSubmit={submit}>
        <Field
          label={m.sign_in_code()}
          hint={m.sign_in_code_hint()}
          value={code}
          onChange={setCode}
          problem={missing ? m.sign_in_needs_code() : null}
          inputMode="numeric"
          autoComplete="one-time-code"
          // eslint-disable-next-line jsx-a11y/no-autofocus -- a dialog that waits for one code starts in its field
          autoFocus
          testId="code-field"
          mono
        />
      </Form>
    </Dialog>
  );
}
