import { useState, type SyntheticEvent } from "react";
import { Form } from "react-aria-components";
import { useAct } from "../../backend/act";
import { useBackend } from "../../backend/context";
import { useRemember } from "../../backend/queries";
import { Field } from "../../design/components/Field";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useMessages } from "../../i18n/language";

/** What is typed to resume a user session that lapsed. */
export function useCode() {
  const backend = useBackend();
  const remember = useRemember();
  const [code, setCode] = useState("");
  const [missing, setMissing] = useState(false);
  const resume = useAct(async (_intent, typed: string) => remember.session(await backend.resumeSession(typed)));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const typed = code.replace(/\s/g, "");
    setMissing(typed === "");
    if (typed) void resume.run(typed).then(() => setCode(""));
  };
  return { code, setCode, missing, submit, running: resume.running, error: resume.error };
}

/** The form that a button with `form={id}` submits. */
export function CodeForm({ id, entry }: { id: string; entry: ReturnType<typeof useCode> }) {
  const m = useMessages();
  return (
    <>
      {entry.error && <ErrorBlock error={entry.error} />}
      <Form id={id} onSubmit={entry.submit}>
        <Field
          label={m.sign_in_code()}
          hint={m.sign_in_code_hint()}
          value={entry.code}
          onChange={entry.setCode}
          problem={entry.missing ? m.sign_in_needs_code() : null}
          inputMode="numeric"
          autoComplete="one-time-code"
          // eslint-disable-next-line jsx-a11y/no-autofocus -- what waits for one code starts in its field
          autoFocus
          testId="code-field"
          mono
        />
      </Form>
    </>
  );
}
