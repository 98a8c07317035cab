import type { IconName } from "../design/components/Icon";
import type { Messages } from "../i18n/language";
import type { Chord } from "./acts/chord";
import { SETTINGS_TABS, type SettingsTab } from "./settings-tabs";

export type PlacePath = "/" | "/today" | "/new" | "/deadlines" | "/evidence" | "/verify" | "/journal" | "/settings";

export interface Place {
  to: PlacePath;
  icon: IconName;
  label: (m: Messages) => string;
  testId: string;
  /** Other places have addresses that begin with this one's. */
  exact?: boolean;
  keys?: readonly Chord[];
  /** Where the rail's word alone would not say enough. */
  paletteLabel?: (m: Messages) => string;
}

/** The rail, from top to bottom; the palette goes there too. */
export const PLACES: Place[] = [
  { to: "/today", icon: "today", label: (m) => m.nav_today(), testId: "nav-today" },
  { to: "/", icon: "dossiers", label: (m) => m.nav_dossiers(), testId: "nav-dossiers", exact: true },
  { to: "/new", icon: "plus", label: (m) => m.nav_new_short(), testId: "new-dossier", keys: ["Control+N"], paletteLabel: (m) => m.nav_new() },
  { to: "/deadlines", icon: "deadlines", label: (m) => m.nav_deadlines(), testId: "nav-deadlines" },
  { to: "/evidence", icon: "vault", label: (m) => m.nav_evidence(), testId: "nav-evidence" },
  { to: "/verify", icon: "verify", label: (m) => m.nav_verify(), testId: "nav-verify" },
  { to: "/journal", icon: "journal", label: (m) => m.nav_journal(), testId: "nav-journal" },
  { to: "/settings", icon: "settings", label: (m) => m.nav_settings(), testId: "nav-settings" },
];

const TAB_WORD: Record<SettingsTab, (m: Messages) => string> = {
  display: (m) => m.settings_display(),
  environments: (m) => m.settings_environments(),
  processes: (m) => m.settings_processes(),
  register: (m) => m.settings_register(),
  journal: (m) => m.settings_journal(),
  about: (m) => m.settings_about(),
};

/** The pages of the settings, as the palette names them. */
export function settingsPlaces(m: Messages): { tab: SettingsTab; label: string }[] {
  return SETTINGS_TABS.map((tab) => ({ tab, label: `${m.nav_settings()} › ${TAB_WORD[tab](m)}` }));
}
