import type { ManagedSetting } from "../backend/generated/ManagedSetting";
import type { PolicyState } from "../backend/generated/PolicyState";
import type { PolicyTrouble } from "../backend/generated/PolicyTrouble";
import { m } from "../paraglide/messages";

export const POLICY_STATE: Record<PolicyState, () => string> = {
  none: m.managed_state_none,
  in_force: m.managed_state_in_force,
  last_good: m.managed_state_last_good,
  closed: m.managed_state_closed,
};

export const POLICY_TROUBLE: Record<PolicyTrouble, (words: { keys: string }) => string> = {
  not_of_root: () => m.managed_trouble_not_of_root(),
  writable_by_others: () => m.managed_trouble_writable_by_others(),
  too_large: () => m.managed_trouble_too_large(),
  unreadable: () => m.managed_trouble_unreadable(),
  not_json: () => m.managed_trouble_not_json(),
  bad_value: m.managed_trouble_bad_value,
};

export const MANAGED_SETTING: Record<ManagedSetting, () => string> = {
  lock_minutes: m.managed_setting_lock_minutes,
  mask_names: m.managed_setting_mask_names,
  play_videos: m.managed_setting_play_videos,
  journal_months: m.managed_setting_journal_months,
  notifications: m.managed_setting_notifications,
  deadlines: m.managed_setting_deadlines,
  capture: m.managed_setting_capture,
  environments: m.managed_setting_environments,
  processes: m.managed_setting_processes,
};
