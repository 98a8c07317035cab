import type { SettingsTab } from "../../app/router";
export function SettingsScreen(_: { tab: SettingsTab; onTab: (tab: SettingsTab) => void }) {
  return null;
}
