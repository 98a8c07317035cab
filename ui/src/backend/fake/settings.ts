import type { EnvironmentChoice } from "../generated/EnvironmentChoice";
import type { EnvironmentSettings } from "../generated/EnvironmentSettings";
import type { ManagedView } from "../generated/ManagedView";
import type { ProcessSettings } from "../generated/ProcessSettings";
import type { SettingsView } from "../generated/SettingsView";

const DEADLINES = { documents_days: 7, report_application_days: 7, report_user_days: 60 };

function environment(id: string, kind: EnvironmentSettings["kind"], base: string): EnvironmentSettings {
  return {
    id,
    kind,
    built_in: true,
    name: null,
    base_url: base,
    ui_base_url: base,
    return_page: null,
    archived_report_path: "enrollment/{id}/report/archive",
    report_pdf_path: "enrollment/{id}/proof_slip",
    enrollment_status_path: "enrollment/status/{token}",
    deadlines: DEADLINES,
    capture: { policy: "full", video: false },
  };
}

export const ENVIRONMENTS: EnvironmentSettings[] = [
  environment("production", "production", "https://id360docaposte.com"),
  environment("pre_production", "pre_production", "https://preprod.id360docaposte.com"),
  environment("sandbox", "sandbox", "http://127.0.0.1:41234"),
];

const NEW_ENVIRONMENT: EnvironmentSettings = { ...environment("", "pre_production", "https://"), built_in: false, name: "" };

export function choices(environments: EnvironmentSettings[]): EnvironmentChoice[] {
  return environments.map(({ id, kind, name, base_url }) => ({ id, kind, name, host: new URL(base_url).host, remembered: [] }));
}

export function process(id: string, environment_id: string, name: string, idclaim: boolean): ProcessSettings {
  return { id, environment_id, name, process_uuid: "00000000-0000-4000-8000-000000000992", idclaim, callback_endpoints: [], deadlines: null, capture: null, launch_mode: "this_pc", link_minutes: null, return_page: null, enrollment_pages: "browser", la_poste_identity: false, template: { group: "", reference: "", expected: [], lang: null } };
}

const UNMANAGED: ManagedView = { state: "none", place: "/etc/id360-desk/policy.json", trouble: null, bad_keys: [], unknown_keys: [], locked: [], environment_ids: [], process_ids: [] };

/** What an organisation fixes in the scenario of that name. */
export const MANAGED: Record<"none" | "in_force" | "refused", ManagedView> = {
  none: UNMANAGED,
  in_force: {
    ...UNMANAGED,
    state: "in_force",
    unknown_keys: ["colour"],
    locked: ["lock_minutes", "mask_names", "play_videos", "journal_months", "notifications", "deadlines", "capture", "environments", "processes"],
    environment_ids: ["production"],
    process_ids: ["process-3"],
  },
  refused: { ...UNMANAGED, state: "last_good", trouble: "bad_value", bad_keys: ["lock_minutes", "environments[0].base_url"], locked: ["lock_minutes", "environments"] },
};

export function settings(): SettingsView {
  return {
    language: "fr",
    theme: "system",
    text_size: 100,
    environments: ENVIRONMENTS,
    processes: [
      process("process-1", "sandbox", "Entrée en relation à distance", false),
      { ...process("process-2", "sandbox", "Signature avancée", true), template: { group: "agence-12", reference: "AG12-{year}{month}{day}-{count}", expected: ["name", "birth_date"], lang: "it" } },
      process("process-3", "production", "Entrée en relation à distance", false),
      process("process-4", "pre_production", "Entrée en relation à distance", false),
    ],
    notifications: true,
    journal_months: 12,
    lock_minutes: 5,
    mask_names: false,
    play_videos: false,
    clipboard_seconds: 30,
    letter_keys: true,
    bounds: {
      lock_minutes: { least: 1, most: 60 },
      journal_months: { least: 6, most: 60 },
      window_days: { least: 1, most: 3650 },
      clipboard_seconds: [10, 30, 60],
      text_sizes: [90, 100, 110, 125, 150, 175, 200],
    },
    new_environment: NEW_ENVIRONMENT,
    managed: UNMANAGED,
    version: "0.1.0",
  };
}
