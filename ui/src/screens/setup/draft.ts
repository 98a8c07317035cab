import type { AccountKind } from "../../backend/generated/AccountKind";
import type { AccountTest } from "../../backend/generated/AccountTest";
import type { EnvironmentKind } from "../../backend/generated/EnvironmentKind";
import type { SessionView } from "../../backend/generated/SessionView";

export const SETUP_STEPS = ["where", "account", "processes"] as const;

export type SetupStep = (typeof SETUP_STEPS)[number];

/** Stands for an address of one's own among the environments. */
export const OTHER = "other";

/** What was chosen and typed so far, but no secret; it outlives a lock of the desk. */
export interface SetupDraft {
  step: SetupStep;
  environmentId: string;
  /** An address of one's own; with an id once it is an environment. */
  own: { id: string; address: string; name: string; kind: EnvironmentKind };
  account: AccountKind;
  username: string;
  /** What the last test found, until something it was about is changed. */
  tested: AccountTest | null;
  processes: string;
}

/** Begins where mistakes cost least, or where the desk works already. */
export function newDraft(session: SessionView): SetupDraft {
  const real = session.environments.filter(({ id }) => id !== "sandbox");
  const first = [session.current?.environment_id, "pre_production"].find((wanted) => real.some(({ id }) => id === wanted)) ?? real[0]?.id ?? OTHER;
  return {
    step: "where",
    environmentId: first,
    own: { id: "", address: "https://", name: "", kind: "pre_production" },
    account: session.current?.environment_id === first ? session.current.account : "application",
    username: session.current?.environment_id === first ? session.current.username : "",
    tested: null,
    processes: "",
  };
}

/** Whom a test is about: its answer may come when something else is typed. */
export function testedOf({ environmentId, account, username }: SetupDraft): string {
  return JSON.stringify([environmentId, account, username.trim()]);
}

/** What changes; what comes late is judged by the draft of that moment. */
export type SetupChange = Partial<SetupDraft> | ((now: SetupDraft) => Partial<SetupDraft>);

export interface StepProps {
  session: SessionView;
  draft: SetupDraft;
  onChange: (change: SetupChange) => void;
}
