import type { ErrorCode } from "../backend/generated/ErrorCode";
import type { WireError } from "../backend/generated/WireError";
import { m } from "../paraglide/messages";

export type Severity = "information" | "attention" | "error" | "critical";

/** What the one button of an error block does; `null` where no button helps. */
export type ErrorAction =
  "retry" | "change_mode" | "sign_in" | "sign_in_as_user" | "change_account" | "choose_process" | "open_settings" | "refresh" | "unlock" | null;

export interface ErrorEntry {
  severity: Severity;
  sentence: (params: WireError["params"]) => string;
  action: ErrorAction;
}

function entry(severity: Severity, sentence: ErrorEntry["sentence"], action: ErrorAction = null): ErrorEntry {
  return { severity, sentence, action };
}

/** Every code that Rust can send: a missing one does not compile. */
export const ERRORS = {
  unreachable: entry("attention", () => m.error_unreachable(), "retry"),
  certificate_refused: entry("critical", () => m.error_certificate_refused()),
  timed_out: entry("attention", () => m.error_timed_out(), "retry"),
  credentials_refused: entry("error", () => m.error_credentials_refused()),
  code_refused: entry("error", () => m.error_code_refused()),
  account_blocked: entry("error", ({ seconds }) =>
    seconds ? m.error_account_blocked_seconds({ seconds }) : m.error_account_blocked(),
  ),
  session_expired: entry("attention", () => m.error_session_expired()),
  refused_after_sign_in: entry("error", () => m.error_refused_after_sign_in()),
  not_signed_in: entry("attention", () => m.error_not_signed_in(), "sign_in"),
  login_held_back: entry("attention", ({ seconds }) =>
    seconds ? m.error_login_held_back_seconds({ seconds }) : m.error_login_held_back(),
  ),
  forbidden: entry("attention", () => m.error_forbidden(), "change_account"),
  return_address_refused: entry("error", () => m.error_return_address_refused(), "change_mode"),
  unknown_process: entry("error", () => m.error_unknown_process(), "choose_process"),
  unknown_dossier: entry("attention", () => m.error_unknown_dossier()),
  report_needs_user: entry("attention", () => m.error_report_needs_user(), "sign_in_as_user"),
  document_gone: entry("attention", () => m.error_document_gone()),
  document_withheld: entry("attention", () => m.error_document_withheld()),
  document_differs: entry("attention", () => m.error_document_differs()),
  evidence_damaged: entry("critical", () => m.error_evidence_damaged()),
  format_not_shown: entry("information", () => m.error_format_not_shown()),
  videos_not_played: entry("information", () => m.error_videos_not_played()),
  picture_damaged: entry("attention", () => m.error_picture_damaged()),
  no_id_claim: entry("information", () => m.error_no_id_claim()),
  no_pdf: entry("information", () => m.error_no_pdf()),
  refused: entry("error", () => m.error_refused()),
  conflict: entry("error", () => m.error_conflict()),
  state_changed: entry("attention", () => m.error_state_changed(), "refresh"),
  number_taken: entry("error", () => m.error_number_taken()),
  customer_at_work: entry("attention", () => m.error_customer_at_work()),
  other_api_key: entry("error", ({ line, number }) =>
    line && number ? m.error_other_api_key_line({ line, number }) : m.error_other_api_key(),
  ),
  rate_limited: entry(
    "attention",
    ({ seconds }) => (seconds ? m.error_rate_limited_seconds({ seconds }) : m.error_rate_limited()),
    "retry",
  ),
  provider_incident: entry("attention", () => m.error_provider_incident(), "retry"),
  unreadable_answer: entry("error", () => m.error_unreadable_answer(), "retry"),
  report_of_another: entry("error", ({ number }) => m.error_report_of_another({ number: number ?? "?" }), "retry"),
  answer_too_large: entry("error", () => m.error_answer_too_large()),
  truncated_document: entry(
    "error",
    ({ received, expected }) =>
      received && expected
        ? m.error_truncated_document_sizes({ received, expected })
        : m.error_truncated_document(),
    "retry",
  ),
  outcome_unknown: entry("critical", ({ reference }) =>
    reference ? m.error_outcome_unknown_reference({ reference }) : m.error_outcome_unknown(),
  ),
  interrupt_unconfirmed: entry("attention", () => m.error_interrupt_unconfirmed(), "refresh"),
  already_finished: entry(
    "information",
    ({ status }) => (status ? m.error_already_finished_status({ status }) : m.error_already_finished()),
    "refresh",
  ),
  no_verdict_yet: entry("information", () => m.error_no_verdict_yet()),
  invalid_field: entry("error", () => m.error_invalid_field()),
  environment_in_use: entry("attention", () => m.error_environment_in_use()),
  no_certificate: entry("attention", () => m.error_no_certificate()),
  browser_did_not_open: entry("attention", () => m.error_browser_did_not_open()),
  mail_did_not_open: entry("attention", () => m.error_mail_did_not_open()),
  not_copied: entry("attention", () => m.error_not_copied(), "retry"),
  second_device: entry("attention", () => m.error_second_device()),
  link_refused: entry("critical", () => m.error_link_refused()),
  no_link: entry("attention", () => m.error_no_link()),
  disk_full: entry("critical", () => m.error_disk_full(), "retry"),
  folder_read_only: entry("error", () => m.error_folder_read_only(), "retry"),
  folder_missing: entry("error", () => m.error_folder_missing(), "retry"),
  file_exists: entry("attention", () => m.error_file_exists(), "retry"),
  write_failed: entry("error", () => m.error_write_failed(), "retry"),
  too_many_rows: entry("attention", () => m.error_too_many_rows()),
  cancelled: entry("information", () => m.error_cancelled()),
  keychain_locked: entry("attention", () => m.error_keychain_locked(), "retry"),
  keychain_refusing: entry("attention", () => m.error_keychain_refusing(), "retry"),
  callback_value_missing: entry("error", (p) => m.error_callback_value_missing({ header: p["header"] ?? "", process: p["process"] ?? "" }), "open_settings"),
  keychain_missing: entry("attention", () => m.error_keychain_missing()),
  register_closed: entry("error", () => m.error_register_closed(), "unlock"),
  register_busy: entry("attention", () => m.error_register_busy(), "retry"),
  register_not_damaged: entry("attention", () => m.error_register_not_damaged()),
  verification_running: entry("information", () => m.error_verification_running()),
  passphrase_refused: entry("error", () => m.error_passphrase_refused()),
  managed: entry("information", () => m.error_managed()),
  locked: entry("attention", () => m.error_locked()),
  unlock_held_back: entry("attention", ({ seconds = "" }) => m.error_unlock_held_back({ seconds })),
  register_damaged: entry("critical", () => m.error_register_damaged()),
  backup_damaged: entry("error", () => m.error_backup_damaged()),
  register_newer: entry("error", () => m.error_register_newer()),
  sandbox_stopped: entry("attention", () => m.error_sandbox_stopped(), "sign_in"),
  not_configured: entry("information", () => m.error_not_configured(), "open_settings"),
  not_found: entry("error", () => m.error_not_found()),
  internal: entry("error", () => m.error_internal()),
} satisfies Record<ErrorCode, ErrorEntry>;

/** The entry for an error, also for a code that a newer Rust half might send. */
export function entryFor(error: WireError): ErrorEntry {
  const known: Partial<Record<string, ErrorEntry>> = ERRORS;
  return known[error.code] ?? ERRORS.internal;
}

export const SEVERITY_WORD: Record<Severity, () => string> = {
  information: m.severity_information,
  attention: m.severity_attention,
  error: m.severity_error,
  critical: m.severity_critical,
};

export const ACTION_WORD: Record<Exclude<ErrorAction, null>, () => string> = {
  retry: m.action_retry,
  change_mode: m.action_change_mode,
  sign_in: m.action_sign_in,
  sign_in_as_user: m.next_sign_in_as_user,
  change_account: m.action_change_account,
  choose_process: m.action_choose_process,
  open_settings: m.action_open_settings,
  refresh: m.action_refresh,
  unlock: m.action_unlock,
};
