import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Backend, Unsubscribe } from "./backend";
import { DOCUMENT_ORIGIN, linkPicture } from "./document-scheme";
import { listPage } from "./page-columns";
import { wireError } from "./wire-error";

async function call<Answer>(command: string, args?: Record<string, unknown>): Promise<Answer> {
  try {
    return await invoke<Answer>(command, args);
  } catch (reason) {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the contract: a rejection is a `WireError`
    throw wireError(reason);
  }
}

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as Tauri's own `listen`
function on<Payload>(event: string, listener: (payload: Payload) => void): Unsubscribe {
  const listening = listen<Payload>(event, ({ payload }) => listener(payload));
  return () => void listening.then((stop) => stop());
}

export const tauriBackend: Backend = {
  windowReady: () => call("window_ready"),

  getSession: () => call("get_session"),
  retryRegister: () => call("retry_register"),
  openRegisterWithPassphrase: (passphrase) => call("open_register_with_passphrase", { passphrase }),
  signIn: (form) => call("sign_in", { form }),
  testAccount: (form) => call("test_account", { form }),
  signInToSandbox: (account) => call("sign_in_to_sandbox", { account }),
  resumeSession: (code) => call("resume_session", { code }),
  lock: () => call("lock"),
  unlock: (passphrase) => call("unlock", { passphrase }),
  noteInput: () => call("note_input"),
  revealNames: (wanted) => call("reveal_names", { wanted }),
  dismissOpening: () => call("dismiss_opening"),
  workAs: (account) => call("work_as", { account }),
  closeAccount: (account) => call("close_account", { account }),
  signOut: () => call("sign_out"),
  forgetAccount: (environmentId, account) => call("forget_account", { environmentId, account }),

  listDossiers: async (query, offset, limit) => listPage(await call("list_dossiers", { query, offset, limit })),
  countDossiers: (query) => call("count_dossiers", { query }),
  listViews: () => call("list_views"),
  saveView: (view) => call("save_view", { view }),
  removeView: (id) => call("remove_view", { id }),
  listTags: () => call("list_tags"),
  tagDossiers: (intentId, selection, add, remove) => call("tag_dossiers", { intentId, selection, add, remove }),
  markTreated: (intentId, selection, treated) => call("mark_treated", { intentId, selection, treated }),
  refreshDossiers: (intentId, selection) => call("refresh_dossiers", { intentId, selection }),
  exportDossiers: (intentId, form) => call("export_dossiers", { intentId, form }),
  readImport: (intentId, source, processId) => call("read_import", { intentId, source, processId }),
  applyImport: (intentId, planId) => call("apply_import", { intentId, planId }),
  dropImport: (planId) => call("drop_import", { planId }),
  cancel: (intentId) => call("cancel", { intentId }),
  getDossier: (id) => call("get_dossier", { id }),
  watchDossier: (id, watching) => call("watch_dossier", { id, watching }),
  refreshDossier: (id) => call("refresh_dossier", { id }),
  readDraftReport: (id) => call("read_draft_report", { id }),
  readArchivedReport: (id) => call("read_archived_report", { id }),
  getExpectedNames: (id) => call("get_expected_names", { id }),
  getPageTrouble: (id, documentId, pageNumber) => call("get_page_trouble", { id, documentId, pageNumber }),
  getPageSheets: (id, documentId, pageNumber) => call("get_page_sheets", { id, documentId, pageNumber }),
  // Without a type: a player finds it by itself, and Rust gives nothing but videos.
  getVideo: async (id, documentId, pageNumber) => {
    const film: ArrayBuffer = await call("get_video", { id, documentId, pageNumber });
    return new Blob([film]);
  },

  getLaunchForm: (id) => call("get_launch_form", { id }),
  getSameReference: (reference) => call("get_same_reference", { reference }),
  proposeReference: (processId) => call("propose_reference", { processId }),
  getDraft: () => call("get_draft"),
  saveDraft: (form) => call("save_draft", { form }),
  dropDraft: () => call("drop_draft"),
  checkForm: (form) => call("check_form", { form }),
  launchDossier: (intentId, form) => call("launch_dossier", { intentId, form }),
  sendAgain: (intentId, id) => call("send_again", { intentId, id }),
  checkData: (id, data) => call("check_data", { id, data }),
  pushData: (intentId, id, data) => call("push_data", { intentId, id, data }),
  settleUnknown: (intentId, id, settlement) => call("settle_unknown", { intentId, id, settlement }),
  openLink: (id, lang, pages, confirmed) => call("open_link", { id, lang, pages, confirmed }),
  showLink: (id, form) => call("show_link", { id, form }),
  hideLink: (id) => call("hide_link", { id }),
  closeCustomerScreen: () => call("close_customer_screen"),
  mailLink: (id, lang, confirmed) => call("mail_link", { id, lang, confirmed }),
  copyLink: (id, form) => call("copy_link", { id, form }),
  interruptDossier: (intentId, id) => call("interrupt_dossier", { intentId, id }),

  decide: (intentId, id, choice, note) => call("decide", { intentId, id, choice, note }),

  saveEvidence: (intentId, id, subject) => call("save_evidence", { intentId, id, subject }),
  savePiece: (intentId, id, pieceId) => call("save_piece", { intentId, id, pieceId }),
  savePage: (intentId, id, documentId, pageNumber) => call("save_page", { intentId, id, documentId, pageNumber }),

  listCaptures: (filter, offset, limit) => call("list_captures", { filter, offset, limit }),
  captureDossiers: (intentId, selection) => call("capture_dossiers", { intentId, selection }),
  captureNow: (intentId, id) => call("capture_now", { intentId, id }),
  pauseCaptures: () => call("pause_captures"),
  resumeCaptures: () => call("resume_captures"),
  getEvidence: (id) => call("get_evidence", { id }),
  verifyEvidence: (intentId) => call("verify_evidence", { intentId }),
  makePack: (intentId, id) => call("make_pack", { intentId, id }),
  makePacks: (intentId, selection) => call("make_packs", { intentId, selection }),
  checkFile: (intentId) => call("check_file", { intentId }),
  checkDroppedFile: (intentId) => call("check_dropped_file", { intentId }),
  checkAgain: (intentId, checkId) => call("check_again", { intentId, checkId }),
  judgeClaim: (intentId, id) => call("judge_claim", { intentId, id }),
  readCheckedText: (checkId, position) => call("read_checked_text", { checkId, position }),
  saveCheckedFile: (intentId, checkId, position) => call("save_checked_file", { intentId, checkId, position }),
  saveCheckReport: (intentId, checkId, form) => call("save_check_report", { intentId, checkId, form }),
  getTrust: () => call("get_trust"),
  addTrusted: (intentId, role) => call("add_trusted", { intentId, role }),
  removeTrusted: (role, sha256) => call("remove_trusted", { role, sha256 }),
  setRevocationRule: (rule) => call("set_revocation_rule", { rule }),

  getHome: () => call("get_home"),
  getRadar: () => call("get_radar"),

  listJournal: (query, offset, limit) => call("list_journal", { query, offset, limit }),
  getChain: () => call("get_chain"),
  verifyJournal: (intentId) => call("verify_journal", { intentId }),
  exportJournal: (intentId, query) => call("export_journal", { intentId, query }),

  getStore: () => call("get_store"),
  backUpNow: (intentId) => call("back_up_now", { intentId }),
  restoreBackup: (intentId, name) => call("restore_backup", { intentId, name }),
  rebuildRegister: (intentId) => call("rebuild_register", { intentId }),
  renewRegisterKey: (intentId) => call("renew_register_key", { intentId }),

  getSettings: () => call("get_settings"),
  setLanguage: (language) => call("set_language", { language }),
  setTheme: (theme) => call("set_theme", { theme }),
  setTextSize: (hundredths) => call("set_text_size", { hundredths }),
  setNotifications: (wanted) => call("set_notifications", { wanted }),
  setJournalMonths: (months) => call("set_journal_months", { months }),
  setLockMinutes: (minutes) => call("set_lock_minutes", { minutes }),
  setMaskNames: (wanted) => call("set_mask_names", { wanted }),
  setPlayVideos: (wanted) => call("set_play_videos", { wanted }),
  setClipboardSeconds: (seconds) => call("set_clipboard_seconds", { seconds }),
  setLetterKeys: (wanted) => call("set_letter_keys", { wanted }),
  saveEnvironment: (environment) => call("save_environment", { environment }),
  removeEnvironment: (id) => call("remove_environment", { id }),
  saveProcess: (process, values) => call("save_process", { process, values }),
  getKeptCallbackValues: (processId) => call("get_kept_callback_values", { processId }),
  removeProcess: (id) => call("remove_process", { id }),
  judgeProcesses: (environmentId, text) => call("judge_processes", { environmentId, text }),
  addProcesses: (environmentId, text) => call("add_processes", { environmentId, text }),

  pageUrl: (dossierId, documentId, pageNumber, sheet, size, attempt) => {
    const path = [dossierId, documentId, String(pageNumber), String(sheet), size].map(encodeURIComponent).join("/");
    return `${DOCUMENT_ORIGIN}/${path}?attempt=${attempt}`;
  },

  linkPictureUrl: linkPicture,

  checkedPictureUrl: (checkId, position) => `${DOCUMENT_ORIGIN}/checked/${encodeURIComponent(checkId)}/${position}/0/screen`,

  onSessionChanged: (listener) => on("session-changed", listener),
  onDossierChanged: (listener) => on("dossier-changed", listener),
  onRegisterChanged: (listener) => on("register-changed", listener),
  onReadingPlanned: (listener) => on("reading-planned", listener),
  onLockComing: (listener) => on("lock-coming", listener),
  onProgress: (listener) => on("progress", listener),
  onFileDropped: (listener) => on("file-dropped", listener),
};
