import { Icon } from "../../design/components/Icon";
import { useMessages, type Messages } from "../../i18n/language";
import { SETUP_STEPS, type SetupStep } from "./draft";

const WORD: Record<SetupStep, (m: Messages) => string> = {
  where: (m) => m.setup_step_where(),
  account: (m) => m.setup_step_account(),
  processes: (m) => m.setup_step_processes(),
};

/** How far one is. */
export function Progress({ at, skipped }: { at: SetupStep; skipped: SetupStep | null }) {
  const m = useMessages();
  const here = SETUP_STEPS.indexOf(at);
  return (
    <ol className="setup-steps" aria-label={m.setup_steps()}>
      {SETUP_STEPS.map((step, place) => {
        const done = place < here && step !== skipped;
        return (
          <li key={step} className="setup-step" data-state={done ? "done" : place === here ? "here" : "other"} aria-current={place === here ? "step" : undefined}>
            <span className="setup-step-mark" aria-hidden="true">
              {done ? <Icon name="check" size={12} /> : place + 1}
            </span>
            {WORD[step](m)}
            {done && <span className="visually-hidden"> {m.setup_step_done()}</span>}
          </li>
        );
      })}
    </ol>
  );
}
