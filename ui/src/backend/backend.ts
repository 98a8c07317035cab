import type { AccountKind } from "./generated/AccountKind";
import type { DossierPage } from "./generated/DossierPage";
import type { DossierQuery } from "./generated/DossierQuery";
import type { DossierView } from "./generated/DossierView";
import type { ErrorCode } from "./generated/ErrorCode";
import type { EnvironmentSettings } from "./generated/EnvironmentSettings";
import type { Language } from "./generated/Language";
import type { LaunchForm } from "./generated/LaunchForm";
import type { LaunchOutcome } from "./generated/LaunchOutcome";
import type { ProcessSettings } from "./generated/ProcessSettings";
import type { SaveOutcome } from "./generated/SaveOutcome";
import type { SaveProgress } from "./generated/SaveProgress";
import type { SaveSubject } from "./generated/SaveSubject";
import type { SessionView } from "./generated/SessionView";
import type { Settlement } from "./generated/Settlement";
import type { SettingsView } from "./generated/SettingsView";
import type { SignInForm } from "./generated/SignInForm";
import type { Theme } from "./generated/Theme";

/**
 * The only door to Rust. Every method is one command of `src-tauri/build.rs`, in the same order; every
 * rejected promise is a `WireError`. A method that changes something takes an `intentId` (a UUID made
 * when the button is pressed): the same id twice gives the first result again.
 */
export interface Backend {
  /** Shows the window, hidden until the first paint. */
  windowReady(): Promise<void>;

  getSession(): Promise<SessionView>;
  /** Opens the register with the keychain's key again, after the keychain was opened. */
  retryRegister(): Promise<SessionView>;
  openRegisterWithPassphrase(passphrase: string): Promise<SessionView>;
  signIn(form: SignInForm): Promise<SessionView>;
  /** Signs in to the built-in sandbox with the credentials that its process printed. */
  signInToSandbox(account: AccountKind): Promise<SessionView>;
  /** Answers the code dialog of a lapsed user session. */
  resumeSession(code: string): Promise<SessionView>;
  signOut(): Promise<SessionView>;
  forgetAccount(environmentId: string, account: AccountKind): Promise<SessionView>;

  listDossiers(query: DossierQuery): Promise<DossierPage>;
  getDossier(id: string): Promise<DossierView>;
  /** Reads the plain report now; at most one call to ID360. */
  refreshDossier(id: string): Promise<DossierView>;
  readDraftReport(id: string): Promise<DossierView>;
  readArchivedReport(id: string): Promise<DossierView>;
  /** The names that the dossier's process expects (`flow/enrollment_info`). */
  getExpectedNames(id: string): Promise<string[]>;
  /** Why the last picture of that page did not come: an `<img>` gives no reason. */
  getPageTrouble(id: string, documentId: string, pageNumber: number): Promise<ErrorCode | null>;

  launchDossier(intentId: string, form: LaunchForm): Promise<LaunchOutcome>;
  /** Sends a `ready` dossier, the same data, on the person's word. */
  sendAgain(intentId: string, id: string): Promise<LaunchOutcome>;
  settleUnknown(intentId: string, id: string, settlement: Settlement): Promise<DossierView>;
  openLink(id: string, lang: string): Promise<DossierView>;
  interruptDossier(intentId: string, id: string): Promise<DossierView>;

  /** Opens the system's own save dialog, then writes. `null` when the person closes the dialog. */
  saveEvidence(intentId: string, id: string, subject: SaveSubject): Promise<SaveOutcome | null>;

  getSettings(): Promise<SettingsView>;
  setLanguage(language: Language): Promise<SettingsView>;
  setTheme(theme: Theme): Promise<SettingsView>;
  saveEnvironment(environment: EnvironmentSettings): Promise<SettingsView>;
  removeEnvironment(id: string): Promise<SettingsView>;
  saveProcess(process: ProcessSettings): Promise<SettingsView>;
  removeProcess(id: string): Promise<SettingsView>;

  /** Address of a display copy of one page, for an `<img>`; `attempt` changes on «try again». */
  pageUrl(dossierId: string, documentId: string, pageNumber: number, attempt: number): string;

  onSessionChanged(listener: (session: SessionView) => void): Unsubscribe;
  onDossierChanged(listener: (dossier: DossierView) => void): Unsubscribe;
  onSaveProgress(listener: (progress: SaveProgress) => void): Unsubscribe;
}

export type Unsubscribe = () => void;
