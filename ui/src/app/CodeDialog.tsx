import { useAct } from "../backend/act";
import { useBackend } from "../backend/context";
import type { OpenSession } from "../backend/generated/OpenSession";
import { useRemember } from "../backend/queries";
import { Button } from "../design/components/Button";
import { Dialog } from "../design/components/Dialog";
import { EnvironmentMark } from "../design/components/EnvironmentMark";
import { ErrorBlock } from "../errors/ErrorBlock";
import { useMessages } from "../i18n/language";
import { CodeForm, useCode } from "./accounts/use-code";

/** A lapsed user session: the screens stay behind as they were, only a code is asked for. */
export function CodeDialog({ current, beside }: { current: OpenSession; beside: OpenSession | null }) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const entry = useCode();
  const leave = useAct(async () => remember.session(await backend.closeAccount(current.account)));
  return (
    <Dialog
      open
      urgent
      title={m.code_dialog_title()}
      actions={
        <>
          <Button onPress={() => void leave.run()} isPending={leave.running} data-testid="code-leave">
            {beside ? m.code_dialog_go_on_with({ username: beside.username }) : m.sign_out()}
          </Button>
          <Button look="primary" type="submit" form="code-form" isPending={entry.running} data-testid="code-submit">
            {m.code_dialog_submit()}
          </Button>
        </>
      }
    >
      <p>
        <EnvironmentMark kind={current.environment_kind} /> <strong>{current.username}</strong>
      </p>
      <p>{m.code_dialog_lead()}</p>
      {leave.error && <ErrorBlock error={leave.error} onDismiss={leave.clear} />}
      <CodeForm id="code-form" entry={entry} />
    </Dialog>
  );
}
