import type { CheckHeadline } from "../generated/CheckHeadline";
import type { ClaimTie } from "../generated/ClaimTie";
import type { ErrorCode } from "../generated/ErrorCode";
import type { EnvironmentKind } from "../generated/EnvironmentKind";
import type { KeychainState } from "../generated/KeychainState";
import type { OpeningNotice } from "../generated/OpeningNotice";
import type { PackState } from "../generated/PackState";
import type { RegisterState } from "../generated/RegisterState";
import type { Language } from "../generated/Language";
import type { UnlockWay } from "../generated/UnlockWay";
import type { TestFinding } from "../generated/TestFinding";
import type { Theme } from "../generated/Theme";

/** What the fake plays: `?fake=sandbox&count=5000&fail=launchDossier:timed_out&language=en&theme=dark`. */
export interface Scenario {
  /** Environment of an open session, or `null` when signed out. */
  signed_in: EnvironmentKind | null;
  account: "application" | "user";
  code_wanted: boolean;
  /** An account of the other kind is open beside; a user's may have lapsed. */
  beside: boolean | "lapsed";
  register: RegisterState;
  keychain: KeychainState;
  locked: UnlockWay | null;
  /** What opening the register found. */
  opening: OpeningNotice[];
  count: number;
  /** Method of `Backend` to the code that it rejects with. */
  failing: Partial<Record<string, ErrorCode>>;
  delay: number;
  processes: boolean;
  remembered: boolean;
  language: Language;
  theme: Theme;
  /** Of a long act, and milliseconds of each. */
  steps: number;
  step: number;
  /** Entries of the journal, and what its last verification said. */
  entries: number;
  chain: "unverified" | "running" | "intact" | "broken";
  backups: boolean;
  backup_trouble: ErrorCode | null;
  /** Automatic capture: at work, paused by a person, or refused by the disk. */
  capture: "on" | "paused" | "blocked";
  lost: number;
  clock_offset: number | null;
  /** Captured files that the last verification found changed. */
  damaged: number;
  /** A form was begun before the window opened. */
  draft: boolean;
  /** Nobody has been there for a while. */
  lock_coming: boolean;
  /** What comes of a chosen file. */
  check: CheckHeadline | "pack";
  /** What comes of a dropped one, a pack, and whether this desk sealed it. */
  pack: { state: PackState; own_key: boolean | null };
  /** What the claim of a dossier is tied by. */
  tie: Partial<Pick<ClaimTie, "named" | "signer">>;
  /** The window begins with the set-up, and what its test finds. */
  setup: boolean;
  finding: TestFinding;
  /** The desk masks names in lists. */
  mask_names: boolean;
  play_videos: boolean;
  /** What the organisation's policy does. */
  policy: "none" | "in_force" | "refused";
}

export const PLAIN: Scenario = {
  signed_in: "sandbox",
  account: "application",
  code_wanted: false,
  beside: false,
  register: "open",
  keychain: "available",
  locked: null,
  opening: [],
  count: 24,
  failing: {},
  delay: 0,
  processes: true,
  remembered: false,
  language: "fr",
  theme: "system",
  steps: 4,
  step: 5,
  entries: 640,
  chain: "intact",
  backups: true,
  backup_trouble: null,
  capture: "on",
  lost: 0,
  clock_offset: null,
  damaged: 0,
  draft: false,
  lock_coming: false,
  check: "sound_untrusted",
  pack: { state: "incomplete", own_key: true },
  tie: {},
  setup: false,
  finding: "passed",
  mask_names: false,
  play_videos: false,
  policy: "none",
};

const NAMED: Record<string, Partial<Scenario>> = {
  "signed-out": { signed_in: null },
  setup: { signed_in: null, processes: false, setup: true },
  "setup-no-keychain": { signed_in: null, processes: false, setup: true, keychain: "missing" },
  managed: { policy: "in_force" },
  "setup-managed": { signed_in: null, setup: true, policy: "in_force" },
  "policy-refused": { policy: "refused" },
  remembered: { signed_in: null, remembered: true },
  sandbox: {},
  production: { signed_in: "production", account: "user" },
  "pre-production": { signed_in: "pre_production", account: "user" },
  beside: { signed_in: "production", beside: true },
  "beside-lapsed": { signed_in: "production", beside: "lapsed" },
  "code-wanted-beside": { signed_in: "production", account: "user", code_wanted: true, beside: true },
  "code-wanted": { signed_in: "production", account: "user", code_wanted: true },
  locked: { locked: "keychain" },
  "locked-passphrase": { locked: "passphrase", keychain: "missing" },
  "opening-told": {
    opening: [
      { kind: "journal_damaged", lacking: false },
      { kind: "outcomes_unknown", dossiers: 2, filters: [{ field: "status", not: false, words: ["OUTCOME_UNKNOWN"] }] },
      { kind: "steps_restored", steps: 12 },
    ],
  },
  "opening-rebuilt": { opening: [{ kind: "register_rebuilt", steps: 1_204 }, { kind: "journal_damaged", lacking: true }] },
  "opening-restored": { opening: [{ kind: "steps_restored", steps: 1 }] },
  "keychain-missing": { keychain: "missing" },
  "keychain-locked": { keychain: "locked", signed_in: null },
  "passphrase-to-choose": { register: "passphrase_to_choose", keychain: "missing", signed_in: null },
  "passphrase-wanted": { register: "passphrase_wanted", keychain: "missing", signed_in: null },
  "key-unreachable": { register: "key_unreachable", keychain: "locked", signed_in: null },
  "keychain-refusing": { register: "key_unreachable", keychain: "refusing", signed_in: null },
  "key-refused": { register: "key_refused", signed_in: null },
  damaged: { register: "damaged", signed_in: null },
  newer: { register: "newer", signed_in: null },
  "in-use": { register: "in_use", signed_in: null },
  unreadable: { register: "unreadable", signed_in: null },
  empty: { count: 0 },
  many: { count: 5000 },
  million: { count: 1_000_000 },
  slow: { delay: 1500 },
  "no-process": { processes: false },
  "long-acts": { steps: 400, step: 250 },
  "chain-broken": { chain: "broken" },
  "chain-unverified": { chain: "unverified" },
  "clock-wrong": { clock_offset: 7, lost: 3 },
  "evidence-damaged": { damaged: 2 },
  "no-backup": { register: "damaged", signed_in: null, backups: false },
  "backup-failed": { backup_trouble: "disk_full" },
  "capture-paused": { capture: "paused" },
  "capture-blocked": { capture: "blocked" },
  "nothing-due": { count: 0, lost: 0 },
  "lock-coming": { lock_coming: true },
  "names-masked": { mask_names: true },
  "videos-played": { play_videos: true },
  "draft-kept": { draft: true },
  "check-passed": { check: "passed" },
  "check-altered": { check: "altered" },
  "check-partly": { check: "partly_signed" },
  "check-failed": { check: "failed" },
  "pack-of-a-stranger": { check: "pack", pack: { state: "whole", own_key: false } },
  "claim-unproven": { tie: { named: "reference", signer: "unproven" } },
};

const KEPT = "fake-scenario";

/** The query names the scenario once; it is kept for reloads and leaves the address to the router. */
export function readScenario(): Scenario {
  if (window.location.search) {
    sessionStorage.setItem(KEPT, window.location.search);
    window.history.replaceState(null, "", `/${window.location.hash}`);
  }
  return scenarioOf(sessionStorage.getItem(KEPT) ?? "");
}

export function scenarioOf(search: string): Scenario {
  const query = new URLSearchParams(search);
  const scenario: Scenario = { ...PLAIN, ...NAMED[query.get("fake") ?? "sandbox"] };
  const count = query.get("count");
  if (count) scenario.count = Number(count);
  const fail = query.get("fail");
  if (fail) {
    scenario.failing = Object.fromEntries(fail.split(",").map((pair) => pair.split(":") as [string, ErrorCode]));
  }
  if (query.get("language") === "en") scenario.language = "en";
  const finding = query.get("finding");
  if (finding) scenario.finding = finding as TestFinding;
  const theme = query.get("theme");
  if (theme === "dark" || theme === "light") scenario.theme = theme;
  return scenario;
}
