import type { AccountKind } from "./generated/AccountKind";
import type { AccountTest } from "./generated/AccountTest";
import type { BulkOutcome } from "./generated/BulkOutcome";
import type { CaptureActivity } from "./generated/CaptureActivity";
import type { CaptureFilter } from "./generated/CaptureFilter";
import type { CapturePage } from "./generated/CapturePage";
import type { ChainView } from "./generated/ChainView";
import type { CheckedText } from "./generated/CheckedText";
import type { CheckReportForm } from "./generated/CheckReportForm";
import type { CopyLinkForm } from "./generated/CopyLinkForm";
import type { CopyOutcome } from "./generated/CopyOutcome";
import type { DecisionChoice } from "./generated/DecisionChoice";
import type { CallbackValue } from "./generated/CallbackValue";
import type { DraftForm } from "./generated/DraftForm";
import type { DraftView } from "./generated/DraftView";
import type { DossierRow } from "./generated/DossierRow";
import type { DossierView } from "./generated/DossierView";
import type { EnrollmentPages } from "./generated/EnrollmentPages";
import type { EnvironmentSettings } from "./generated/EnvironmentSettings";
import type { ErrorCode } from "./generated/ErrorCode";
import type { EvidenceView } from "./generated/EvidenceView";
import type { ExpectedDatumForm } from "./generated/ExpectedDatumForm";
import type { FormCheck } from "./generated/FormCheck";
import type { ExpectedNamesView } from "./generated/ExpectedNamesView";
import type { ExportForm } from "./generated/ExportForm";
import type { ExportOutcome } from "./generated/ExportOutcome";
import type { FileCheck } from "./generated/FileCheck";
import type { HomeView } from "./generated/HomeView";
import type { ImportOutcome } from "./generated/ImportOutcome";
import type { ImportPlan } from "./generated/ImportPlan";
import type { ImportSource } from "./generated/ImportSource";
import type { JournalPage } from "./generated/JournalPage";
import type { JournalQuery } from "./generated/JournalQuery";
import type { Language } from "./generated/Language";
import type { LaunchForm } from "./generated/LaunchForm";
import type { LaunchOutcome } from "./generated/LaunchOutcome";
import type { ListPage } from "./generated/ListPage";
import type { ListQuery } from "./generated/ListQuery";
import type { ListView } from "./generated/ListView";
import type { LockComing } from "./generated/LockComing";
import type { PackOutcome } from "./generated/PackOutcome";
import type { ProcessLines } from "./generated/ProcessLines";
import type { ProcessSettings } from "./generated/ProcessSettings";
import type { Progress } from "./generated/Progress";
import type { RadarView } from "./generated/RadarView";
import type { ReadingPlanned } from "./generated/ReadingPlanned";
import type { RefreshOutcome } from "./generated/RefreshOutcome";
import type { RevocationRule } from "./generated/RevocationRule";
import type { SaveOutcome } from "./generated/SaveOutcome";
import type { SaveSubject } from "./generated/SaveSubject";
import type { Selection } from "./generated/Selection";
import type { SessionView } from "./generated/SessionView";
import type { SettingsView } from "./generated/SettingsView";
import type { Settlement } from "./generated/Settlement";
import type { SheetsView } from "./generated/SheetsView";
import type { ShowLinkForm } from "./generated/ShowLinkForm";
import type { SignInForm } from "./generated/SignInForm";
import type { StoreView } from "./generated/StoreView";
import type { Theme } from "./generated/Theme";
import type { TrustedFor } from "./generated/TrustedFor";
import type { TrustView } from "./generated/TrustView";
import type { VerificationOutcome } from "./generated/VerificationOutcome";

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
  /** One login, then whoami: what is in doubt is the answer, never a rejection. An account that passes is signed in. */
  testAccount(form: SignInForm): Promise<AccountTest>;
  /** Signs in to the built-in sandbox with the credentials that its process printed. */
  signInToSandbox(account: AccountKind): Promise<SessionView>;
  /** Answers the code dialog of a lapsed user session. */
  resumeSession(code: string): Promise<SessionView>;
  /** Wipes what was to be looked at; from then on every command but these and the settings rejects with `locked`. */
  lock(): Promise<SessionView>;
  /** `null` where the keychain's presence is enough. */
  unlock(passphrase: string | null): Promise<SessionView>;
  /** Somebody is there. */
  noteInput(): Promise<void>;
  /** Whole names where several dossiers are shown, once the journal has it; `SessionView.names` tells how they read. */
  revealNames(wanted: boolean): Promise<SessionView>;
  /** `SessionView.opening` was read, and is not told again. */
  dismissOpening(): Promise<SessionView>;
  /** Works with the other open account from now on. */
  workAs(account: AccountKind): Promise<SessionView>;
  /** Of two open accounts, leaves that one; the only one is signed out. */
  closeAccount(account: AccountKind): Promise<SessionView>;
  /** Of every account. */
  signOut(): Promise<SessionView>;
  forgetAccount(environmentId: string, account: AccountKind): Promise<SessionView>;

  /** Rejects with `cancelled` when a later call of the same kind overtook it. `limit` is at most 500. */
  listDossiers(query: ListQuery, offset: number, limit: number): Promise<ListPage>;
  /** The exact count, where the page told a lower bound. A later call cancels it. */
  countDossiers(query: ListQuery): Promise<number>;
  listViews(): Promise<ListView[]>;
  /** Of a built-in view only the columns change. */
  saveView(view: ListView): Promise<ListView[]>;
  removeView(id: string): Promise<ListView[]>;
  /** Every tag in use, by name. */
  listTags(): Promise<string[]>;
  tagDossiers(intentId: string, selection: Selection, add: string[], remove: string[]): Promise<BulkOutcome>;
  markTreated(intentId: string, selection: Selection, treated: boolean): Promise<BulkOutcome>;
  refreshDossiers(intentId: string, selection: Selection): Promise<RefreshOutcome>;
  /** `null` when the person closes the system's dialog. */
  exportDossiers(intentId: string, form: ExportForm): Promise<ExportOutcome | null>;
  /** Reads and judges; changes nothing. `null` when the person closes the dialog. */
  readImport(intentId: string, source: ImportSource, processId: string | null): Promise<ImportPlan | null>;
  applyImport(intentId: string, planId: string): Promise<ImportOutcome>;
  dropImport(planId: string): Promise<void>;
  /** Ends a running long act; it rejects with `cancelled`, or tells how far it came. */
  cancel(intentId: string): Promise<void>;
  getDossier(id: string): Promise<DossierView>;
  /** Reads the plain report now; at most one call to ID360. */
  /** That dossier is looked at in a window that has the focus, or no longer: whoever left it is called back at its end. */
  watchDossier(id: string, watching: boolean): Promise<void>;
  refreshDossier(id: string): Promise<DossierView>;
  readDraftReport(id: string): Promise<DossierView>;
  readArchivedReport(id: string): Promise<DossierView>;
  /** The names that the dossier expects (`flow/enrollment_info`); asked with the customer's key, so on a person's word only. */
  getExpectedNames(id: string): Promise<ExpectedNamesView>;
  /** Why the last picture of that page did not come: an `<img>` gives no reason. */
  getPageTrouble(id: string, documentId: string, pageNumber: number): Promise<ErrorCode | null>;
  /** How many sheets the file of that page has, and how large its photograph is: known once one of them was shown, one until then. */
  getPageSheets(id: string, documentId: string, pageNumber: number): Promise<SheetsView>;
  /** A liveness video for its player alone, journaled as a view; rejects with `videos_not_played` without the right. */
  getVideo(id: string, documentId: string, pageNumber: number): Promise<Blob>;

  /** What to begin a further dossier of the same person with. */
  getLaunchForm(id: string): Promise<LaunchForm>;
  /** The newest dossiers of this environment that have exactly that reference. */
  getSameReference(reference: string): Promise<DossierRow[]>;
  /** By the process's pattern, one that no dossier has; `null` where it has no pattern. */
  proposeReference(processId: string): Promise<string | null>;
  /** The form that was begun in this environment, before a restart perhaps. */
  getDraft(): Promise<DraftView | null>;
  /** Keeps what is typed, unfinished as it is; a launch forgets it. */
  saveDraft(form: DraftForm): Promise<void>;
  dropDraft(): Promise<void>;
  /** What a launch of it would be refused for, and what is to be asked first. */
  checkForm(form: LaunchForm): Promise<FormCheck>;
  launchDossier(intentId: string, form: LaunchForm): Promise<LaunchOutcome>;
  /** Sends a `ready` dossier, the same data, on the person's word. */
  sendAgain(intentId: string, id: string): Promise<LaunchOutcome>;
  checkData(id: string, data: ExpectedDatumForm[]): Promise<FormCheck>;
  /** Each datum once; what became of it is in `DossierView.expected`. */
  pushData(intentId: string, id: string, data: ExpectedDatumForm[]): Promise<DossierView>;
  settleUnknown(intentId: string, id: string, settlement: Settlement): Promise<DossierView>;
  /** `pages`: null opens it where its process says. */
  openLink(id: string, lang: string, pages: EnrollmentPages | null, confirmed: boolean): Promise<DossierView>;
  /** Shows the link as a QR code: `DossierView.shown_link` names its picture until it is hidden or used up. */
  showLink(id: string, form: ShowLinkForm): Promise<DossierView>;
  hideLink(id: string): Promise<DossierView>;
  closeCustomerScreen(): Promise<void>;
  /** Begins a message in the person's mail program. */
  mailLink(id: string, lang: string, confirmed: boolean): Promise<DossierView>;
  /** Into the clipboard, for a while. */
  copyLink(id: string, form: CopyLinkForm): Promise<CopyOutcome>;
  interruptDossier(intentId: string, id: string): Promise<DossierView>;

  /** One's own decision, beside ID360's verdict; it is added to those before it. */
  decide(intentId: string, id: string, choice: DecisionChoice, note: string): Promise<DossierView>;

  /** Opens the system's own save dialog, then writes. `null` when the person closes the dialog. */
  saveEvidence(intentId: string, id: string, subject: SaveSubject): Promise<SaveOutcome | null>;
  /** The original of one page, whatever it is. `null` when the person closes the dialog. */
  savePage(intentId: string, id: string, documentId: string, pageNumber: number): Promise<SaveOutcome | null>;
  /** One captured piece, out of the vault, without a network. `null` when the person closes the dialog. */
  savePiece(intentId: string, id: string, pieceId: string): Promise<SaveOutcome | null>;
  /** One dossier into a sealed evidence pack. `null` when the person closes the dialog. */
  makePack(intentId: string, id: string): Promise<PackOutcome | null>;
  /** All that are selected, into one file. `null` when the person closes the dialog. */
  makePacks(intentId: string, selection: Selection): Promise<PackOutcome | null>;
  /** Lets the person choose a file, and checks it. Works signed out. `null` when they close the dialog. */
  checkFile(intentId: string): Promise<FileCheck | null>;
  /** Checks the file that was dropped last. `null` when none was. */
  checkDroppedFile(intentId: string): Promise<FileCheck | null>;
  /** Judges the same bytes once more, after trust has changed. */
  checkAgain(intentId: string, checkId: string): Promise<FileCheck>;
  /** Judges the dossier's idClaim, captured or from ID360, and ties it to the dossier. */
  judgeClaim(intentId: string, id: string): Promise<FileCheck>;
  /** A text inside a checked container; a picture has an address. */
  readCheckedText(checkId: string, position: number): Promise<CheckedText>;
  /** A file inside a checked container. `null` when the person closes the dialog. */
  saveCheckedFile(intentId: string, checkId: string, position: number): Promise<SaveOutcome | null>;
  /** The verification sheet. `null` when the person closes the dialog. */
  saveCheckReport(intentId: string, checkId: string, form: CheckReportForm): Promise<SaveOutcome | null>;
  /** Whom the desk trusts; rejects with `register_closed` while the register is. */
  getTrust(): Promise<TrustView>;
  /** The certificates of a file that the person chooses. `null` when they close the dialog. */
  addTrusted(intentId: string, role: TrustedFor): Promise<TrustView | null>;
  removeTrusted(role: TrustedFor, sha256: string): Promise<TrustView>;
  setRevocationRule(rule: RevocationRule): Promise<TrustView>;

  /** Captures of the whole register; `limit` is at most 500. */
  listCaptures(filter: CaptureFilter, offset: number, limit: number): Promise<CapturePage>;
  /** Puts them into the queue, also what was given up or seems lost. */
  captureDossiers(intentId: string, selection: Selection): Promise<BulkOutcome>;
  /** Fetches one dossier's evidence now, also while capture is paused. */
  captureNow(intentId: string, id: string): Promise<EvidenceView>;
  /** Until resumed, or until the desk ends. */
  pauseCaptures(): Promise<CaptureActivity>;
  resumeCaptures(): Promise<CaptureActivity>;
  getEvidence(id: string): Promise<EvidenceView>;
  /** Reads every captured file again; goes on where a stopped run stood. */
  verifyEvidence(intentId: string): Promise<VerificationOutcome>;

  getHome(): Promise<HomeView>;
  getRadar(): Promise<RadarView>;

  listJournal(query: JournalQuery, offset: number, limit: number): Promise<JournalPage>;
  getChain(): Promise<ChainView>;
  verifyJournal(intentId: string): Promise<ChainView>;
  /** Signed; `null` when the person closes the dialog. */
  exportJournal(intentId: string, query: JournalQuery): Promise<ExportOutcome | null>;

  getStore(): Promise<StoreView>;
  backUpNow(intentId: string): Promise<StoreView>;
  /** From the unlock screen, for a damaged register: the damaged file is kept aside. */
  restoreBackup(intentId: string, name: string): Promise<SessionView>;
  /** From the unlock screen: goes on with what the journal of creations knows. */
  rebuildRegister(intentId: string): Promise<SessionView>;
  /** A new key for the register, proved before the old one is dropped. */
  renewRegisterKey(intentId: string): Promise<StoreView>;

  getSettings(): Promise<SettingsView>;
  setLanguage(language: Language): Promise<SettingsView>;
  setTheme(theme: Theme): Promise<SettingsView>;
  /** Hundredths of the usual size; takes effect at once. */
  setTextSize(hundredths: number): Promise<SettingsView>;
  setNotifications(wanted: boolean): Promise<SettingsView>;
  setJournalMonths(months: number): Promise<SettingsView>;
  setLockMinutes(minutes: number): Promise<SettingsView>;
  setMaskNames(wanted: boolean): Promise<SettingsView>;
  setPlayVideos(wanted: boolean): Promise<SettingsView>;
  setClipboardSeconds(seconds: number): Promise<SettingsView>;
  setLetterKeys(wanted: boolean): Promise<SettingsView>;
  saveEnvironment(environment: EnvironmentSettings): Promise<SettingsView>;
  removeEnvironment(id: string): Promise<SettingsView>;
  /** With the values typed for headers of its callback addresses; they never come back. */
  saveProcess(process: ProcessSettings, values: CallbackValue[]): Promise<SettingsView>;
  /** Which of those values the keychain has, by address and header. */
  getKeptCallbackValues(processId: string): Promise<boolean[][]>;
  removeProcess(id: string): Promise<SettingsView>;
  /** Judges pasted processes by their form, line by line; changes nothing. */
  judgeProcesses(environmentId: string, text: string): Promise<ProcessLines>;
  /** Adds those that are new and well formed. */
  addProcesses(environmentId: string, text: string): Promise<SettingsView>;

  /** Address of a display copy of one sheet of a page, for an `<img>`; `attempt` changes on «try again». */
  pageUrl(dossierId: string, documentId: string, pageNumber: number, sheet: number, size: "screen" | "thumbnail", attempt: number): string;

  /** Address of the QR code of a link that is shown. */
  linkPictureUrl(ticket: string, lang: string): string;

  /** Address of a display copy of a picture inside a checked container. */
  checkedPictureUrl(checkId: string, position: number): string;

  onSessionChanged(listener: (session: SessionView) => void): Unsubscribe;
  onDossierChanged(listener: (dossier: DossierView) => void): Unsubscribe;
  /** Many dossiers, deadlines or counts changed at once: what is shown of them is to be read again. */
  onRegisterChanged(listener: () => void): Unsubscribe;
  /** A dossier is read next at another time than was told. */
  onReadingPlanned(listener: (planned: ReadingPlanned) => void): Unsubscribe;
  /** The desk locks itself at that time for want of input; `null`: no longer. */
  onLockComing(listener: (coming: LockComing) => void): Unsubscribe;
  /** Of everything long: saves, imports, exports, bulk reading, verification, backups. */
  onProgress(listener: (progress: Progress) => void): Unsubscribe;
  /** A file was dropped on the window; its path stays in Rust. */
  onFileDropped(listener: (fileName: string) => void): Unsubscribe;
}

export type Unsubscribe = () => void;
