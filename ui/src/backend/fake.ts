import type { Backend } from "./backend";
import { bulkCommands } from "./fake/bulk";
import { checkingCommands } from "./fake/checking";
import { deadlineCommands } from "./fake/deadlines";
import { acts, dossier, statusView, type Recipe } from "./fake/dossiers";
import { evidenceCommands } from "./fake/evidence";
import { film } from "./fake/film";
import { dataCheck, formCheck } from "./fake/form";
import { importCommands } from "./fake/import";
import { journalCommands } from "./fake/journal";
import { linkCommands } from "./fake/link";
import { listCommands } from "./fake/list";
import { choices, MANAGED, settings } from "./fake/settings";
import type { Scenario } from "./fake/scenario";
import { masked, maskedAgain, nameCommands } from "./fake/names";
import { packCommands } from "./fake/packs";
import { picture } from "./fake/pictures";
import { Register } from "./fake/register";
import { report } from "./fake/report";
import { setupCommands } from "./fake/setup";
import type { Stage } from "./fake/stage";
import { storeCommands } from "./fake/store";
import type { AccountKind } from "./generated/AccountKind";
import type { DossierRow } from "./generated/DossierRow";
import type { DossierView } from "./generated/DossierView";
import type { ErrorCode } from "./generated/ErrorCode";
import type { KnownStatus } from "./generated/KnownStatus";
import type { DraftView } from "./generated/DraftView";
import type { LaunchForm } from "./generated/LaunchForm";
import type { LaunchOutcome } from "./generated/LaunchOutcome";
import type { LockComing } from "./generated/LockComing";
import type { NextReading } from "./generated/NextReading";
import type { ReadingPlanned } from "./generated/ReadingPlanned";
import type { SavedFile } from "./generated/SavedFile";
import type { Progress } from "./generated/Progress";
import type { SessionView } from "./generated/SessionView";
import type { SettingsView } from "./generated/SettingsView";
import type { WireError } from "./generated/WireError";

/** The backend's own door for tests: what was called, and what happens by itself. */
export interface FakeControl {
  calls: { method: keyof Backend; args: unknown[] }[];
  fail(method: keyof Backend, code: ErrorCode | null, params?: WireError["params"]): void;
  finish(id: string, status: KnownStatus): DossierView;
  edit(id: string, change: (dossier: DossierView) => DossierView): void;
  lapse(): void;
  progress(progress: Progress): void;
  lockComing(at: string | null): void;
  plan(id: string, next: NextReading): void;
  drop(fileName: string): void;
}

export type FakeBackend = Backend & { control: FakeControl };

const STATUSES: (KnownStatus | "unknown" | "refused" | "ready")[] = [
  "KO", "OK", "STARTED", "NEW", "OK", "unknown", "KO", "CANCELED", "OK", "FAILED", "DISCONTINUED", "OTHER", "DELETED", "OK", "refused", "ready",
];

function seeded(scenario: Scenario, now: number): (index: number) => DossierView {
  return (index) => {
    const kind = STATUSES[index % STATUSES.length] ?? "OK";
    const recipe: Recipe = {
      index,
      creation: kind === "unknown" ? "outcome_unknown" : kind === "refused" || kind === "ready" ? kind : "created",
      status: kind === "unknown" || kind === "refused" || kind === "ready" ? null : kind,
      environment_id: scenario.signed_in ?? "sandbox",
      environment_kind: scenario.signed_in ?? "sandbox",
      age_hours: 0.4 + index * 5,
      now,
    };
    return dossier(kind === "OTHER" ? { ...recipe, word: "ON_HOLD" } : recipe);
  };
}

function typedBefore(now: number): DraftView {
  const blank = { reference: "", email: "", phone_number: "", address_line_1: "", address_line_2: "", address_line_3: "", zip_code: "", city: "", country: "", group: "", authenticator_phone_number: "" };
  return { draft: { form: { ...blank, process_id: "process-1", last_name: "NUÑEZ", first_name: "Éléonore", expected: [], lang: "fr", mode: "phone", open_link: true }, mode_chosen: true }, saved_at: new Date(now - 3_600_000).toISOString() };
}

/** A whole `Backend` in memory, for UI tests and for `npm run dev`. Never in a production bundle. */
export function fakeBackend(scenario: Scenario, now: () => number = Date.now): FakeBackend {
  const register = new Register(scenario.count, seeded(scenario, now()));
  const failing = new Map<string, { code: ErrorCode; params: WireError["params"] }>();
  for (const [method, code] of Object.entries(scenario.failing)) if (code) failing.set(method, { code, params: {} });
  let kept: DraftView | null = scenario.draft ? typedBefore(now()) : null;
  const calls: FakeControl["calls"] = [];
  const intents = new Map<string, unknown>();
  const listeners = { session: new Set<(s: SessionView) => void>(), dossier: new Set<(d: DossierView) => void>(), register: new Set<() => void>(), progress: new Set<(p: Progress) => void>(), lockComing: new Set<(coming: LockComing) => void>(), reading: new Set<(planned: ReadingPlanned) => void>(), dropped: new Set<(fileName: string) => void>() };

  let preferences: SettingsView = { ...settings(), language: scenario.language, theme: scenario.theme, mask_names: scenario.mask_names, play_videos: scenario.play_videos, managed: MANAGED[scenario.policy] };
  if (!scenario.processes) preferences = { ...preferences, processes: [] };
  let session: SessionView = {
    register: scenario.register,
    keychain: scenario.keychain,
    environments: choices(preferences.environments).map((choice) =>
      scenario.remembered && choice.id === "production"
        ? { ...choice, remembered: [{ account: "user", username: "conformite@exemple.test" }] }
        : choice,
    ),
    setup_wanted: scenario.setup,
    last_environment_id: scenario.signed_in ?? (scenario.remembered ? "production" : "sandbox"),
    current: scenario.signed_in
      ? {
          environment_id: scenario.signed_in,
          environment_kind: scenario.signed_in,
          environment_name: null,
          account: scenario.account,
          username: scenario.account === "user" ? "conformite@exemple.test" : "agence-12",
          code_wanted: scenario.code_wanted,
        }
      : null,
    beside: scenario.beside
      ? { environment_id: scenario.signed_in ?? "sandbox", environment_kind: scenario.signed_in ?? "sandbox", environment_name: null, account: scenario.account === "user" ? "application" : "user", username: scenario.account === "user" ? "agence-12" : "conformite@exemple.test", code_wanted: scenario.beside === "lapsed" }
      : null,
    locked: scenario.locked,
    names: scenario.mask_names ? "masked" : "whole",
    opening: scenario.opening,
  };

  function error(code: ErrorCode, params: WireError["params"] = {}): WireError {
    return { code, params, retryable: ["unreachable", "timed_out", "provider_incident"].includes(code), trace_id: "01JD-3F9K-TRACE" };
  }

  async function answer<Answer>(method: keyof Backend, args: unknown[], make: () => Answer): Promise<Answer> {
    calls.push({ method, args });
    await new Promise((resolve) => setTimeout(resolve, scenario.delay));
    const fault = failing.get(method);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the contract: a rejection is a `WireError`
    if (fault) throw error(fault.code, fault.params);
    return make();
  }

  function reject(code: ErrorCode): never {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the contract: a rejection is a `WireError`
    throw error(code);
  }

  /** The same intent twice gives the first answer again. */
  function once<Answer>(method: keyof Backend, intentId: string, args: unknown[], make: () => Answer): Promise<Answer> {
    return answer(method, [intentId, ...args], () => {
      if (!intents.has(intentId)) intents.set(intentId, make());
      return intents.get(intentId) as Answer;
    });
  }

  const cancelled = new Set<string>();

  async function long<Answer>(method: keyof Backend, intentId: string, args: unknown[], total: number, make: () => Answer): Promise<Answer> {
    await answer(method, [intentId, ...args], () => undefined);
    for (let step = 1; step <= scenario.steps; step++) {
      await new Promise((resolve) => setTimeout(resolve, scenario.step));
      if (cancelled.has(intentId)) reject("cancelled");
      const done = Math.round((total * step) / scenario.steps);
      listeners.progress.forEach((listener) => listener({ intent_id: intentId, done, total }));
    }
    if (!intents.has(intentId)) intents.set(intentId, make());
    return intents.get(intentId) as Answer;
  }

  const shown = (row: DossierRow): DossierRow => (session.names === "masked" ? masked(row) : row);
  const told = (view: DossierView): DossierView => ({ ...view, row: shown(view.row) });

  function put(view: DossierView): DossierView {
    register.put(view);
    for (const listener of listeners.dossier) listener(told(view));
    return told(view);
  }

  const get = (id: string): DossierView => register.get(id) ?? reject("not_found");

  function become(change: Partial<SessionView>): SessionView {
    session = { ...session, ...change };
    for (const listener of listeners.session) listener(session);
    return session;
  }

  function enter(environmentId: string, account: AccountKind, username: string): SessionView {
    const found = session.environments.find((choice) => choice.id === environmentId) ?? reject("not_found");
    const opened = { environment_id: found.id, environment_kind: found.kind, environment_name: found.name, account, username, code_wanted: false };
    const { current, beside } = session;
    const stays = current?.environment_id === environmentId && current.account !== account;
    return become({
      setup_wanted: false,
      last_environment_id: environmentId,
      ...(stays ? { beside: opened } : { current: opened, beside: current?.environment_id === environmentId ? beside : null, ...maskedAgain(session) }),
    });
  }

  function created(view: DossierView): DossierView {
    const status = statusView("NEW");
    const row = { ...view.row, creation: "created" as const, status, enrollment_id: view.row.enrollment_id ?? String(910_000 + register.size) };
    return { ...view, row, link_hint: "••••4f2a", acts: acts("created", status, false) };
  }

  function launched({ mode, open_link, lang }: LaunchForm): Partial<DossierView> {
    const at = new Date(now()).toISOString();
    if (!open_link || mode === "sent") return {};
    if (mode === "this_pc") return { opened_at: at };
    return { link_uses: { shown_at: at, mailed_at: null, copied_at: null }, shown_link: { ticket: "0a1b2c3d", lang, to_customer: false } };
  }

  function prefer(change: Partial<SettingsView>): SettingsView {
    preferences = { ...preferences, ...change };
    if (change.environments) become({ environments: choices(preferences.environments) });
    return preferences;
  }

  function finish(id: string, known: KnownStatus): DossierView {
    const view = get(id);
    const at = now();
    const full = known === "OK" || known === "KO" ? report(known, { last_name: view.row.last_name ?? "", first_name: view.row.first_name ?? "" }, at - 600_000, at) : null;
    const status = statusView(known);
    return put({ ...view, shown_link: null, report: full, read_at: new Date(at).toISOString(), row: { ...view.row, status, finished_at: new Date(at).toISOString() }, acts: acts("created", status, full !== null) });
  }

  function files(id: string, subject: string): SavedFile[] {
    const reference = get(id).row.reference ?? id;
    const file = (name: string, size: string, hash: SavedFile["hash"]): SavedFile => ({ name: `${reference} ${name}`, size, sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", hash });
    switch (subject) {
      case "recto": return [file("recto.jpg", "2481023", "agrees")];
      case "verso": return [file("verso.jpg", "2190554", "differs")];
      case "all_documents": return [file("recto.jpg", "2481023", "agrees"), file("verso.jpg", "2190554", "differs"), file("justificatif.pdf", "884120", "not_stated")];
      case "id_claim": return [file("idclaim.asice", "5120334", "not_stated")];
      case "report_pdf": return [file("rapport.pdf", "320115", "not_stated")];
      default: return [file("rapport.json", "48120", "not_stated")];
    }
  }

  const stage: Stage = {
    scenario: { ...scenario },
    now,
    answer,
    once,
    long,
    reject,
    progress: (progress) => listeners.progress.forEach((listener) => listener(progress)),
    dossiers: () => register.all(),
    shown,
    session: () => session,
    become,
    registerChanged: () => listeners.register.forEach((listener) => listener()),
  };

  return {
    ...listCommands(stage, register),
    ...bulkCommands(stage, register),
    ...importCommands(stage, register),
    ...checkingCommands(stage),
    ...deadlineCommands(stage),
    ...evidenceCommands(stage, register),
    ...journalCommands(stage),
    ...linkCommands(stage, get, put),
    ...nameCommands(stage, prefer),
    ...packCommands(stage),
    ...setupCommands(stage, enter, { get: () => preferences, put: prefer }),
    ...storeCommands(stage),
    control: {
      calls,
      fail: (method, code, params = {}) => {
        failing.delete(method);
        if (code) failing.set(method, { code, params });
      },
      finish,
      edit: (id, change) => void put(change(get(id))),
      lapse: () => void become({ current: session.current && { ...session.current, code_wanted: true } }),
      progress: stage.progress,
      lockComing: (at) => listeners.lockComing.forEach((listener) => listener({ at })),
      plan: (id, next) => listeners.reading.forEach((listener) => listener({ id, next })),
      drop: (fileName) => listeners.dropped.forEach((listener) => listener(fileName)),
    },
    windowReady: () => answer("windowReady", [], () => undefined),
    getSession: () => answer("getSession", [], () => session),
    retryRegister: () => answer("retryRegister", [], () => become({ register: "open", keychain: "available" })),
    openRegisterWithPassphrase: (passphrase) => answer("openRegisterWithPassphrase", [passphrase], () => become({ register: "open" })),
    signIn: (form) => answer("signIn", [form], () => enter(form.environment_id, form.account, form.username)),
    signInToSandbox: (account) => answer("signInToSandbox", [account], () => enter("sandbox", account, account === "user" ? "agent@sandbox.test" : "application-sandbox")),
    resumeSession: (code) => answer("resumeSession", [code], () => become({ current: session.current && { ...session.current, code_wanted: false }, beside: session.beside && { ...session.beside, code_wanted: false } })),
    lock: () => answer("lock", [], () => become({ locked: scenario.keychain === "missing" ? "passphrase" : "keychain", ...maskedAgain(session) })),
    unlock: (passphrase) => answer("unlock", [passphrase], () => (session.locked === "passphrase" && passphrase !== "phrase de passe" ? reject("passphrase_refused") : become({ locked: null }))),
    noteInput: () => answer("noteInput", [], () => undefined),
    dismissOpening: () => answer("dismissOpening", [], () => become({ opening: [] })),
    workAs: (account) => answer("workAs", [account], () => (session.beside?.account === account ? become({ current: session.beside, beside: session.current }) : session)),
    closeAccount: (account) =>
      answer("closeAccount", [account], () => become(session.current?.account === account ? { current: session.beside, beside: null, ...maskedAgain(session) } : { beside: null })),
    signOut: () => answer("signOut", [], () => become({ current: null, beside: null, opening: [], ...maskedAgain(session) })),
    forgetAccount: (environmentId, account) =>
      answer("forgetAccount", [environmentId, account], () =>
        become({ environments: session.environments.map((choice) => (choice.id === environmentId ? { ...choice, remembered: choice.remembered.filter((kept) => kept.account !== account) } : choice)) }),
      ),
    getDossier: (id) => answer("getDossier", [id], () => told(get(id))),
    watchDossier: (id, watching) => answer("watchDossier", [id, watching], () => undefined),
    refreshDossier: (id) => answer("refreshDossier", [id], () => put({ ...get(id), read_at: new Date(now()).toISOString() })),
    readDraftReport: (id) => answer("readDraftReport", [id], () => told(get(id))),
    readArchivedReport: (id) => answer("readArchivedReport", [id], () => told(get(id))),
    getPageTrouble: (id, documentId, pageNumber) => answer("getPageTrouble", [id, documentId, pageNumber], () => null),
    // The supporting document stands for a PDF file of three sheets, the front of the card for a telephone's photograph.
    getPageSheets: (id, documentId, pageNumber) => answer("getPageSheets", [id, documentId, pageNumber], () => ({
        ...(documentId === "900110" ? { total: 3, shown: 3 } : { total: 1, shown: 1 }),
        reduced_from: documentId === "900101" && pageNumber === 0 ? { width: 4032, height: 3024 } : null,
      })),
    getVideo: (id, documentId, pageNumber) => answer("getVideo", [id, documentId, pageNumber], () => (preferences.play_videos ? film() : reject("videos_not_played"))),
    getExpectedNames: (id) => answer("getExpectedNames", [id], () => ({ names: ["name", "birth_date", "birth_place"], source: "dossier" })),
    getLaunchForm: (id) =>
      answer("getLaunchForm", [id], () => {
        const { row, expected } = get(id);
        const process = preferences.processes.find((one) => one.environment_id === row.environment_id && one.name === row.process_name);
        const kept = expected.map(({ name, value, locked }) => ({ name, value, locked, auto: null }));
        const blank = { address_line_1: "", address_line_2: "", address_line_3: "", zip_code: "", city: "", country: "", group: "", authenticator_phone_number: "" };
        return { ...blank, process_id: process?.id ?? "", reference: row.reference ? `${row.reference}-2` : "", last_name: row.last_name ?? "", first_name: row.first_name ?? "", email: row.email ?? "", phone_number: row.phone_number ?? "", expected: kept, lang: "fr", mode: "this_pc", open_link: true };
      }),
    getSameReference: (reference) => answer("getSameReference", [reference], () => register.all().map(({ row }) => row).filter((row) => row.reference === reference.trim()).slice(0, 3).map(shown)),
    proposeReference: (processId) =>
      answer("proposeReference", [processId], () => {
        const pattern = preferences.processes.find(({ id }) => id === processId)?.template.reference;
        return pattern ? pattern.replace("{year}", "2026").replace("{month}", "11").replace("{day}", "23").replace("{count}", String(register.size).padStart(3, "0")) : null;
      }),
    getDraft: () => answer("getDraft", [], () => kept),
    saveDraft: (draft) => answer("saveDraft", [draft], () => void (kept = { draft, saved_at: new Date(now()).toISOString() })),
    dropDraft: () => answer("dropDraft", [], () => void (kept = null)),
    checkForm: (form) => answer("checkForm", [form], () => formCheck(form)),
    launchDossier: (intentId, form) =>
      once("launchDossier", intentId, [form], (): LaunchOutcome => {
        kept = null;
        const process = preferences.processes.find((one) => one.id === form.process_id) ?? reject("unknown_process");
        const blank = dossier({ index: register.size, creation: "created", status: "NEW", environment_id: process.environment_id, environment_kind: session.current?.environment_kind ?? "sandbox", age_hours: 0, now: now() });
        const row = { ...blank.row, reference: form.reference || null, last_name: form.last_name || null, first_name: form.first_name || null, email: form.email || null, phone_number: form.phone_number || null, process_name: process.name };
        const expected = form.expected.map(({ name, value, locked }) => ({ name, value, locked, outcome: "accepted" as const }));
        return { dossier: put({ ...created({ ...blank, row }), expected, last_name: row.last_name, first_name: row.first_name, email: row.email, phone_number: row.phone_number, mode: form.mode, lang: form.lang, ...launched(form) }), link_opened: form.open_link && form.mode === "this_pc" ? true : null };
      }),
    sendAgain: (intentId, id) => once("sendAgain", intentId, [id], () => ({ dossier: put(created(get(id))), link_opened: null })),
    checkData: (id, data) => answer("checkData", [id, data], () => dataCheck(data)),
    pushData: (intentId, id, data) =>
      once("pushData", intentId, [id, data], () => {
        const view = get(id);
        const pushed = data.map(({ name, value, locked }) => ({ name, value, locked, outcome: name === "birth_place" ? ("refused" as const) : ("accepted" as const) }));
        return put({ ...view, expected: [...view.expected.filter((one) => !data.some(({ name }) => name === one.name)), ...pushed] });
      }),
    settleUnknown: (intentId, id, settlement) =>
      once("settleUnknown", intentId, [id, settlement], () => {
        const view = get(id);
        if (settlement.how === "attach") return put(created({ ...view, row: { ...view.row, enrollment_id: settlement.enrollment_id } }));
        return put({ ...view, row: { ...view.row, creation: "closed" }, acts: acts("closed", null, false) });
      }),
    interruptDossier: (intentId, id) => once("interruptDossier", intentId, [id], () => finish(id, "DISCONTINUED")),
    decide: (intentId, id, choice, note) =>
      once("decide", intentId, [id, choice, note], () => {
        const view = get(id);
        return put({ ...view, row: { ...view.row, decision: choice }, decisions: [...view.decisions, { choice, note, at: new Date(now()).toISOString(), by: session.current?.username ?? null }] });
      }),
    savePage: (intentId, id, documentId, pageNumber) => once("savePage", intentId, [id, documentId, pageNumber], () => ({ folder: "Téléchargements", files: files(id, "recto"), failed: [] })),
    savePiece: (intentId, id, pieceId) => once("savePiece", intentId, [id, pieceId], () => ({ folder: "Téléchargements", files: files(id, "recto"), failed: [] })),
    saveEvidence: (intentId, id, subject) => once("saveEvidence", intentId, [id, subject], () => ({ folder: "Téléchargements", files: files(id, subject), failed: [] })),
    getSettings: () => answer("getSettings", [], () => preferences),
    setLanguage: (language) => answer("setLanguage", [language], () => prefer({ language })),
    setTheme: (theme) => answer("setTheme", [theme], () => prefer({ theme })),
    setTextSize: (text_size) => answer("setTextSize", [text_size], () => prefer({ text_size })),
    setNotifications: (notifications) => answer("setNotifications", [notifications], () => prefer({ notifications })),
    setLockMinutes: (lock_minutes) => answer("setLockMinutes", [lock_minutes], () => prefer({ lock_minutes })),
    setClipboardSeconds: (clipboard_seconds) => answer("setClipboardSeconds", [clipboard_seconds], () => prefer({ clipboard_seconds })),
    setLetterKeys: (letter_keys) => answer("setLetterKeys", [letter_keys], () => prefer({ letter_keys })),
    setJournalMonths: (journal_months) => answer("setJournalMonths", [journal_months], () => prefer({ journal_months })),
    saveEnvironment: (environment) =>
      answer("saveEnvironment", [environment], () => {
        const kept = { ...environment, id: environment.id || `custom-${preferences.environments.length}` };
        const others = preferences.environments.filter(({ id }) => id !== kept.id);
        return prefer({ environments: kept.built_in ? preferences.environments.map((one) => (one.id === kept.id ? kept : one)) : [...others, kept] });
      }),
    removeEnvironment: (id) =>
      answer("removeEnvironment", [id], () => {
        if (session.current?.environment_id === id) reject("environment_in_use");
        return prefer({ environments: preferences.environments.filter((one) => one.id !== id) });
      }),
    getKeptCallbackValues: (processId) =>
      answer("getKeptCallbackValues", [processId], () => preferences.processes.find(({ id }) => id === processId)?.callback_endpoints.map(({ headers }) => headers.map(() => true)) ?? []),
    saveProcess: (process, values) =>
      answer("saveProcess", [process, values], () => {
        const kept = { ...process, id: process.id || `process-${preferences.processes.length + 10}` };
        return prefer({ processes: [...preferences.processes.filter(({ id }) => id !== kept.id), kept] });
      }),
    removeProcess: (id) => answer("removeProcess", [id], () => prefer({ processes: preferences.processes.filter((one) => one.id !== id) })),
    cancel: (intentId) => answer("cancel", [intentId], () => void cancelled.add(intentId)),
    pageUrl: (_dossierId, documentId, pageNumber) => picture(documentId, pageNumber),
    onSessionChanged: (listener) => subscribe(listeners.session, listener),
    onDossierChanged: (listener) => subscribe(listeners.dossier, listener),
    onRegisterChanged: (listener) => subscribe(listeners.register, listener),
    onProgress: (listener) => subscribe(listeners.progress, listener),
    onLockComing: (listener) => {
      if (scenario.lock_coming) setTimeout(() => listener({ at: new Date(now() + 27_000).toISOString() }));
      return subscribe(listeners.lockComing, listener);
    },
    onReadingPlanned: (listener) => subscribe(listeners.reading, listener),
    onFileDropped: (listener) => subscribe(listeners.dropped, listener),
  };
}

function subscribe<Listener>(to: Set<Listener>, listener: Listener): () => void {
  to.add(listener);
  return () => void to.delete(listener);
}
