import { m } from "../../paraglide/messages";

type Sentence = () => string;

/** Fields of an environment and of a process, as their forms name them. */
const FIELD: Partial<Record<string, Sentence>> = {
  name: m.environment_name,
  kind: m.environment_kind,
  base_url: m.environment_base_url,
  ui_base_url: m.environment_ui_base_url,
  return_page: m.environment_return_page,
  archived_report_path: m.environment_archived_report_path,
  report_pdf_path: m.environment_report_pdf_path,
  enrollment_status_path: m.environment_enrollment_status_path,
  deadlines: m.managed_setting_deadlines,
  capture: m.managed_setting_capture,
  environment_id: m.process_environment,
  process_uuid: m.process_uuid,
  idclaim: m.process_idclaim_short,
  callback_endpoints: m.process_endpoints,
  callback_values: m.detail_callback_values,
  launch_mode: m.process_launch_mode,
  link_minutes: m.process_link_minutes,
  enrollment_pages: m.process_pages,
  la_poste_identity: m.process_la_poste,
  template: m.template_title,
};

/** A number that was changed. */
const NUMBER: Partial<Record<string, (change: { before: string; after: string }) => string>> = {
  clipboard_seconds: m.detail_clipboard_seconds,
  lock_minutes: m.detail_lock_minutes,
  journal_months: m.detail_journal_months,
};

/** What an id is called now; an id that nothing is called by any more stands for itself. */
export interface Names {
  environment: (id: string) => string;
  process: (id: string) => string;
}

/** A change of the settings: which, never what they hold. */
export function settingsWords(detail: string, names: Names): string | null {
  const [, state] = /^notifications (on|off)$/.exec(detail) ?? [];
  if (state) return state === "on" ? m.detail_notifications_on() : m.detail_notifications_off();
  const [, right, given] = /^(mask_names|play_videos) (?:true|false) to (true|false)$/.exec(detail) ?? [];
  if (right === "mask_names") return given === "true" ? m.detail_mask_names_on() : m.detail_mask_names_off();
  if (right === "play_videos") return given === "true" ? m.detail_play_videos_on() : m.detail_play_videos_off();
  const [, setting = "", before = "", after = ""] = /^(\w+) (\d+) to (\d+)$/.exec(detail) ?? [];
  const number = NUMBER[setting];
  if (number) return number({ before, after });
  const [, what, id = "", done = ""] = /^(environment|process) (\S+) (added|removed|changed: .+)$/.exec(detail) ?? [];
  if (!what) return null;
  const name = what === "environment" ? m.detail_environment({ name: names.environment(id) }) : m.detail_process({ name: names.process(id) });
  if (done === "added") return m.detail_added({ name });
  if (done === "removed") return m.detail_removed({ name });
  const fields = done.slice("changed: ".length).split(" ").map((field) => FIELD[field]?.() ?? field);
  return m.detail_changed({ name, fields: fields.join(", ") });
}

/** Windows or rules of environments and their processes: `place value` or `place -`, a comma between. */
export function policyWords(detail: string, names: Names, word: (value: string) => string | null): string | null {
  const parts = detail.split(", ").map((part) => {
    const [, environment = "", process = "", value = ""] = /^([^/\s]*)\/(\S*) (\S+)$/.exec(part) ?? [];
    const said = value === "-" ? m.detail_policy_inherited() : word(value);
    if (!environment || said === null) return null;
    const place = process === "" ? names.environment(environment) : `${names.environment(environment)}, ${names.process(process)}`;
    return m.detail_policy({ place, value: said });
  });
  return parts.includes(null) ? null : parts.join(" · ");
}

/** What an organisation's file did. */
export function organisationWords(detail: string): string | null {
  if (detail === "organisation: removed") return m.detail_organisation_removed();
  if (/^organisation: in force\b/.test(detail)) return m.detail_organisation_in_force();
  if (/^organisation: refused \([^)]*\), the last one counts\b/.test(detail)) return m.detail_organisation_last_good();
  return /^organisation: refused \([^)]*\), closed$/.test(detail) ? m.detail_organisation_closed() : null;
}

/** Windows in days, as the register tells them. */
export function windowWords(value: string): string | null {
  const [, documents, application, user] = /^(\d+)\/(\d+)\/(\d+)$/.exec(value) ?? [];
  return documents && application && user ? m.detail_windows({ documents, application, user }) : null;
}

const RULE: Partial<Record<string, Sentence>> = {
  full: m.proofs_rule_full,
  "full+video": m.proofs_rule_full_video,
  report_only: m.proofs_rule_report_only,
  references_only: m.proofs_rule_references_only,
};

/** A rule of capture, as the register tells it. */
export function captureRuleWords(value: string): string | null {
  return RULE[value.replace(/^(report_only|references_only)\+video$/, "$1")]?.() ?? null;
}
