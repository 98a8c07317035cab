export const SETTINGS_TABS = ["display", "environments", "processes", "register", "journal", "about"] as const;

export type SettingsTab = (typeof SETTINGS_TABS)[number];
