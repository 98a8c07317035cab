import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Backend, Unsubscribe } from "./backend";
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

/** WebView2 and Android have no custom schemes of their own: Tauri serves them as `http://{scheme}.localhost`. */
const DOCUMENT_ORIGIN = /Windows|Android/.test(navigator.userAgent)
  ? "http://document.localhost"
  : "document://localhost";

export const tauriBackend: Backend = {
  windowReady: () => call("window_ready"),

  getSession: () => call("get_session"),
  retryRegister: () => call("retry_register"),
  openRegisterWithPassphrase: (passphrase) => call("open_register_with_passphrase", { passphrase }),
  signIn: (form) => call("sign_in", { form }),
  signInToSandbox: (account) => call("sign_in_to_sandbox", { account }),
  resumeSession: (code) => call("resume_session", { code }),
  signOut: () => call("sign_out"),
  forgetAccount: (environmentId, account) => call("forget_account", { environmentId, account }),

  listDossiers: (query) => call("list_dossiers", { query }),
  getDossier: (id) => call("get_dossier", { id }),
  refreshDossier: (id) => call("refresh_dossier", { id }),
  readDraftReport: (id) => call("read_draft_report", { id }),
  readArchivedReport: (id) => call("read_archived_report", { id }),
  getExpectedNames: (id) => call("get_expected_names", { id }),
  getPageTrouble: (id, documentId, pageNumber) => call("get_page_trouble", { id, documentId, pageNumber }),

  launchDossier: (intentId, form) => call("launch_dossier", { intentId, form }),
  sendAgain: (intentId, id) => call("send_again", { intentId, id }),
  settleUnknown: (intentId, id, settlement) => call("settle_unknown", { intentId, id, settlement }),
  openLink: (id, lang) => call("open_link", { id, lang }),
  interruptDossier: (intentId, id) => call("interrupt_dossier", { intentId, id }),

  saveEvidence: (intentId, id, subject) => call("save_evidence", { intentId, id, subject }),

  getSettings: () => call("get_settings"),
  setLanguage: (language) => call("set_language", { language }),
  setTheme: (theme) => call("set_theme", { theme }),
  saveEnvironment: (environment) => call("save_environment", { environment }),
  removeEnvironment: (id) => call("remove_environment", { id }),
  saveProcess: (process) => call("save_process", { process }),
  removeProcess: (id) => call("remove_process", { id }),

  pageUrl: (dossierId, documentId, pageNumber, attempt) => {
    const path = [dossierId, documentId, String(pageNumber)].map(encodeURIComponent).join("/");
    return `${DOCUMENT_ORIGIN}/${path}?attempt=${attempt}`;
  },

  onSessionChanged: (listener) => on("session-changed", listener),
  onDossierChanged: (listener) => on("dossier-changed", listener),
  onSaveProgress: (listener) => on("save-progress", listener),
};
