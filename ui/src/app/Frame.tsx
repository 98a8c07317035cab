import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useAct } from "../backend/act";
import { useBackend } from "../backend/context";
import { useRemember, useSession } from "../backend/queries";
import { Button } from "../design/components/Button";
import { EnvironmentMark } from "../design/components/EnvironmentMark";
import { Icon, type IconName } from "../design/components/Icon";
import { LanguageSwitch } from "../design/components/LanguageSwitch";
import { ErrorBlock } from "../errors/ErrorBlock";
import { ACCOUNT_NAME, ACCOUNT_REACH_SHORT } from "../i18n/domain-words";
import { useMessages } from "../i18n/language";
import { CodeDialog } from "./CodeDialog";
import { useOffline } from "./connection";
import { Dock } from "./long-acts/Dock";
import { SessionOnlyBanner } from "./SessionOnlyBanner";
import "./Frame.css";

/** Header, left rail and notices around every screen of an open session. */
export function Frame() {
  const m = useMessages();
  const session = useSession();
  const offline = useOffline();
  const navigate = useNavigate();

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "n") {
        event.preventDefault();
        void navigate({ to: "/new" });
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [navigate]);

  const current = session.data?.current;
  if (!session.data || !current) return null;
  return (
    <div className={`frame environment-${current.environment_kind}`}>
      <a className="skip" href="#content" onClick={(event) => { event.preventDefault(); document.getElementById("content")?.focus(); }}>
        {m.skip_to_content()}
      </a>
      <Header />
      <nav className="rail" aria-label={m.nav_label()}>
        <RailLink to="/today" icon="today" label={m.nav_today()} testId="nav-today" />
        <RailLink to="/" icon="dossiers" label={m.nav_dossiers()} exact testId="nav-dossiers" />
        <RailLink to="/new" icon="plus" label={m.nav_new_short()} testId="new-dossier" />
        <RailLink to="/deadlines" icon="deadlines" label={m.nav_deadlines()} testId="nav-deadlines" />
        <RailLink to="/evidence" icon="vault" label={m.nav_evidence()} testId="nav-evidence" />
        <RailLink to="/verify" icon="verify" label={m.nav_verify()} testId="nav-verify" />
        <RailLink to="/journal" icon="journal" label={m.nav_journal()} testId="nav-journal" />
        <RailLink to="/settings" icon="settings" label={m.nav_settings()} testId="nav-settings" />
      </nav>
      <div className="frame-main">
        <SessionOnlyBanner keychain={session.data.keychain} />
        {offline && (
          <p className="frame-notice" role="status" data-testid="offline-notice">
            <Icon name="offline" /> {m.offline_notice()}
          </p>
        )}
        <main id="content" tabIndex={-1} className="content">
          <Outlet />
        </main>
        <Dock />
      </div>
      {current.code_wanted && <CodeDialog current={current} />}
    </div>
  );
}

function RailLink({ to, icon, label, exact, testId }: { to: "/" | "/today" | "/new" | "/deadlines" | "/evidence" | "/verify" | "/journal" | "/settings"; icon: IconName; label: string; exact?: boolean; testId?: string }) {
  return (
    <Link to={to} className="rail-link" activeOptions={{ exact: exact ?? false, includeSearch: false }} data-testid={testId}>
      <Icon name={icon} size={18} />
      <span>{label}</span>
    </Link>
  );
}

function Header() {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const session = useSession();
  const leave = useAct(async () => remember.session(await backend.signOut()));
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
      <p className="header-account">
        <Icon name={current.account === "user" ? "user" : "application"} />
        <span>{ACCOUNT_NAME[current.account]()}</span>
        <strong className="header-username">{current.username}</strong>
        <span className="header-reach">{ACCOUNT_REACH_SHORT[current.account]()}</span>
      </p>
      <div className="header-acts">
        {leave.error && <ErrorBlock error={leave.error} onDismiss={leave.clear} />}
        <LanguageSwitch />
        <Button small icon="signOut" onPress={() => void leave.run()} isDisabled={leave.running} data-testid="sign-out">
          {m.sign_out()}
        </Button>
      </div>
    </header>
  );
}
