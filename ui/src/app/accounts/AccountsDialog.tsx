import type { AccountKind } from "../../backend/generated/AccountKind";
import { useSession } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { Dialog } from "../../design/components/Dialog";
import { EnvironmentMark } from "../../design/components/EnvironmentMark";
import { useMessages } from "../../i18n/language";
import { AccountCard } from "./AccountCard";
import { AccountsDoorContext } from "./door";
import "./accounts.css";

const KINDS = ["application", "user"] as const;

/** Both kinds of account of the environment, open or not, over the screen that stays as it was. */
export function AccountsDialog({ wanted, onClose }: { wanted: AccountKind | null; onClose: () => void }) {
  const m = useMessages();
  const session = useSession();
  const current = session.data?.current;
  const environment = session.data?.environments.find(({ id }) => id === current?.environment_id);
  if (!session.data || !current || !environment) return null;
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={m.accounts_title()}
      actions={
        <Button onPress={onClose} data-testid="close-accounts">
          {m.close()}
        </Button>
      }
    >
      {/* What goes wrong in here is mended in here. */}
      <AccountsDoorContext value={null}>
        <p>
          <EnvironmentMark kind={current.environment_kind} /> {m.accounts_lead()}
        </p>
        <div className="account-cards">
          {KINDS.map((kind) => (
            <AccountCard key={kind} kind={kind} session={session.data} environment={environment} wanted={wanted === kind} />
          ))}
        </div>
      </AccountsDoorContext>
    </Dialog>
  );
}
