import { Button as AriaButton } from "react-aria-components";
import { useAct } from "../../backend/act";
import { useBackend } from "../../backend/context";
import type { OpenSession } from "../../backend/generated/OpenSession";
import { useRemember } from "../../backend/queries";
import { Icon } from "../../design/components/Icon";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { ACCOUNT_NAME, ACCOUNT_REACH_SHORT } from "../../i18n/domain-words";
import { useMessages } from "../../i18n/language";
import { useDeskActs } from "../acts/registry";
import { useAccountsDoor } from "./door";
import "./accounts.css";

/** Who works here, how far that account reaches, and which other one is open beside it. */
export function HeaderAccounts({ current, beside }: { current: OpenSession; beside: OpenSession | null }) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const door = useAccountsDoor();
  const work = useAct(async (_intent, session: OpenSession) => remember.session(await backend.workAs(session.account)));
  useDeskActs("desk", [
    { id: "accounts", label: m.accounts_title(), icon: "user", run: () => door?.(null) },
    ...(beside ? [{ id: "work-as", label: m.accounts_work_as({ username: beside.username }), icon: "user" as const, available: !beside.code_wanted, run: () => void work.run(beside) }] : []),
  ]);
  return (
    <>
      <AriaButton className="header-account" onPress={() => door?.(null)} data-testid="open-accounts">
        <span className="visually-hidden">{m.accounts_title()} </span>
        <Icon name={current.account === "user" ? "user" : "application"} />
        <span>{ACCOUNT_NAME[current.account]()}</span>
        <strong className="header-username">{current.username}</strong>
        <span className="header-reach">{ACCOUNT_REACH_SHORT[current.account]()}</span>
        {beside && (
          <span className="header-beside" data-testid="header-beside">
            <Icon name={beside.code_wanted ? "warning" : beside.account === "user" ? "user" : "application"} />
            {beside.code_wanted ? m.accounts_header_code_wanted() : m.accounts_header_beside({ account: ACCOUNT_NAME[beside.account]() })}
          </span>
        )}
        <Icon name="chevron" size={12} />
      </AriaButton>
      {work.error && (
        <div className="header-refused">
          <ErrorBlock error={work.error} onDismiss={work.clear} />
        </div>
      )}
    </>
  );
}
