import { Link, Outlet, useRouter } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState, type RefObject } from "react";
import { useAct } from "../backend/act";
import type { AccountKind } from "../backend/generated/AccountKind";
import { useBackend } from "../backend/context";
import { useRemember, useSession } from "../backend/queries";
import { EnvironmentMark } from "../design/components/EnvironmentMark";
import { Icon } from "../design/components/Icon";
import { LanguageSwitch } from "../design/components/LanguageSwitch";
import { ErrorBlock } from "../errors/ErrorBlock";
import { useMessages } from "../i18n/language";
import { AccountsDialog } from "./accounts/AccountsDialog";
import { AccountsDoorContext } from "./accounts/door";
import { HeaderAccounts } from "./accounts/HeaderAccounts";
import { CodeDialog } from "./CodeDialog";
import { useOffline } from "./connection";
import { DeskActs } from "./DeskActs";
import { ErrorActsContext, useErrorActs } from "./error-acts";
import { catchFocus } from "./focus";
import { LeaveSession } from "./LeaveSession";
import { ActButton } from "./acts/ActButton";
import { PLACES, type Place } from "./places";
import { Dock } from "./long-acts/Dock";
import { LockWarning } from "./LockWarning";
import { OpeningNotices } from "./OpeningNotices";
import { SessionOnlyBanner } from "./SessionOnlyBanner";
import { useSpeaking } from "./speaking";
import { useTextSize } from "./text-size";
import "./Frame.css";

const LOCK = ["Control+L"];

/** Header, left rail and notices around every screen of an open session. */
export function Frame() {
  const m = useMessages();
  const session = useSession();
  const offline = useOffline();
  const [accounts, setAccounts] = useState<{ wanted: AccountKind | null } | null>(null);
  const door = useMemo(() => (wanted: AccountKind | null) => setAccounts({ wanted }), []);
  const [leaving, setLeaving] = useState<string | null>(null);
  const errorActs = useErrorActs(setLeaving);
  const content = useRef<HTMLElement>(null);
  useContentFocus(content);

  const current = session.data?.current;
  if (!session.data || !current) return null;
  return (
    <AccountsDoorContext value={door}>
      <ErrorActsContext value={errorActs}>
        <div className={`frame environment-${current.environment_kind}`}>
          <a className="skip" href="#content" onClick={(event) => { event.preventDefault(); content.current?.focus(); }}>
            {m.skip_to_content()}
          </a>
          <Header />
          <nav className="rail" aria-label={m.nav_label()}>
            {PLACES.map((place) => (
              <RailLink key={place.to} place={place} />
            ))}
          </nav>
          <div className="frame-main">
            <LockWarning />
            <SessionOnlyBanner keychain={session.data.keychain} />
            <OpeningNotices notices={session.data.opening} />
            {offline && (
              <p className="frame-notice" role="status" data-testid="offline-notice">
                <Icon name="offline" /> {m.offline_notice()}
              </p>
            )}
            {leaving !== null && <LeaveSession environmentId={leaving} onClose={() => setLeaving(null)} />}
            <main ref={content} id="content" tabIndex={-1} className="content">
              <Outlet />
            </main>
            <Dock />
          </div>
          {current.code_wanted && <CodeDialog current={current} beside={session.data.beside} />}
          {accounts && !current.code_wanted && <AccountsDialog wanted={accounts.wanted} onClose={() => setAccounts(null)} />}
        </div>
      </ErrorActsContext>
    </AccountsDoorContext>
  );
}

/** A screen that went with what had the focus, for one that takes none, leaves it to the content. */
function useContentFocus(content: RefObject<HTMLElement | null>): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe("onRendered", ({ fromLocation, pathChanged }) => {
        // A window that opens begins at its top.
        if (fromLocation && pathChanged) catchFocus(() => content.current);
      }),
    [router, content],
  );
}

function RailLink({ place: { to, icon, label, exact, keys, testId } }: { place: Place }) {
  const m = useMessages();
  return (
    <Link to={to} className="rail-link" activeOptions={{ exact: exact ?? false, includeSearch: false }} data-testid={testId} aria-keyshortcuts={keys?.join(" ")}>
      <Icon name={icon} size={18} />
      <span>{label(m)}</span>
    </Link>
  );
}

function Header() {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const session = useSession();
  const leave = useAct(async () => remember.session(await backend.signOut()));
  const lock = useAct(async () => remember.session(await backend.lock()));
  const speaking = useSpeaking();
  const textSize = useTextSize();
  const current = session.data?.current;
  if (!session.data || !current) return null;
  const host = session.data.environments.find(({ id }) => id === current.environment_id)?.host;
  return (
    <header className="header">
      <div className="header-environment">
        <EnvironmentMark kind={current.environment_kind} testId="environment-word" />
        {current.environment_name && <strong>{current.environment_name}</strong>}
        <span className="header-host">{host}</span>
      </div>
      <HeaderAccounts current={current} beside={session.data.beside} />
      <div className="header-acts">
        <DeskActs onLanguage={speaking.choose} />
        <LanguageSwitch onChoose={speaking.choose} />
        <ActButton act="lock" keys={LOCK} layer="desk" always small icon="lock" onPress={() => void lock.run()} isPending={lock.running} data-testid="lock">
          {m.lock_act()}
        </ActButton>
        <ActButton act="sign-out" layer="desk" small icon="signOut" onPress={() => void leave.run()} isPending={leave.running} data-testid="sign-out">
          {m.sign_out()}
        </ActButton>
      </div>
      {[leave, lock, speaking, textSize].map(
        ({ error, clear }, place) =>
          error && (
            <div key={place} className="header-refused">
              <ErrorBlock error={error} onDismiss={clear} />
            </div>
          ),
      )}
    </header>
  );
}
