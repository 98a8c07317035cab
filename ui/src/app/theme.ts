import type { Theme } from "../backend/generated/Theme";

/** Puts the chosen theme on the page; `system` leaves the choice to the operating system. */
export function wear(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}
