import { useAct } from "../backend/act";
import { useBackend } from "../backend/context";
import { useRemember, useSession } from "../backend/queries";
import { ErrorBlock } from "../errors/ErrorBlock";
import { useMessages } from "../i18n/language";
import { Confirm } from "../screens/dossier/Confirm";
import { useEnvironmentName } from "./environment-name";
import { useSignInWish } from "./sign-in-wish";

/** Asks once whether the session may end for a sign-in to that environment. */
export function LeaveSession({ environmentId, onClose }: { environmentId: string; onClose: () => void }) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const wish = useSignInWish();
  const username = useSession().data?.current?.username ?? "";
  const environment = useEnvironmentName(environmentId);
  const leave = useAct(async () => {
    wish.set(environmentId);
    remember.session(await backend.signOut());
  });
  if (leave.error) return <ErrorBlock error={leave.error} onDismiss={onClose} />;
  return <Confirm open={!leave.running} title={m.leave_title()} lead={m.leave_lead({ username, environment })} act={m.leave_act()} onConfirm={() => void leave.run()} onClose={onClose} />;
}
