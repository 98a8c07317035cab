import { useRef, useState, type SyntheticEvent } from "react";
import { Form } from "react-aria-components";
import { useAct } from "../../backend/act";
import { useBackend } from "../../backend/context";
import { useRemember } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { Field } from "../../design/components/Field";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useMessages } from "../../i18n/language";

const SHORTEST = 12;

type Problem = "missing" | "short" | "differs";

export function PassphraseForm({ choosing }: { choosing: boolean }) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const [phrase, setPhrase] = useState("");
  const [again, setAgain] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  const open = useAct(async (_intent, typed: string) => remember.session(await backend.openRegisterWithPassphrase(typed)));

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const length = Array.from(phrase).length;
    const found: Problem | null = !phrase ? "missing" : choosing && length < SHORTEST ? "short" : choosing && phrase !== again ? "differs" : null;
    setProblem(found);
    if (found) (found === "differs" ? second : first).current?.focus();
    else void open.run(phrase).then((done) => done ?? first.current?.focus());
  };

  const firstProblem = problem === "missing" ? m.unlock_needs_passphrase() : problem === "short" ? m.unlock_too_short({ n: Array.from(phrase).length }) : null;
  return (
    <Form className="gate-form" onSubmit={submit}>
      {open.error && <ErrorBlock error={open.error} />}
      <Field
        label={m.unlock_passphrase()}
        hint={choosing ? m.unlock_choose_hint() : undefined}
        type="password"
        autoComplete={choosing ? "new-password" : "current-password"}
        value={phrase}
        onChange={setPhrase}
        problem={firstProblem}
        inputRef={first}
        testId="passphrase"
      />
      {choosing && (
        <Field
          label={m.unlock_passphrase_again()}
          type="password"
          autoComplete="new-password"
          value={again}
          onChange={setAgain}
          problem={problem === "differs" ? m.unlock_not_same() : null}
          inputRef={second}
          testId="passphrase-again"
        />
      )}
      <div className="gate-acts">
        <Button look="primary" type="submit" isDisabled={open.running} data-testid="passphrase-submit">
          {choosing ? m.unlock_choose_submit() : m.unlock_wanted_submit()}
        </Button>
      </div>
    </Form>
  );
}
