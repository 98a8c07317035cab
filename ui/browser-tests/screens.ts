import type { Page } from "playwright-core";

const dossier = (index: number, tab?: string) => `/dossiers/00000000-0000-7000-8000-${String(index).padStart(12, "0")}${tab ? `?tab=${tab}` : ""}`;

export interface Screen {
  name: string;
  scenario: string;
  hash?: string;
  prepare?: (page: Page) => Promise<void>;
}

const click = (testId: string) => (page: Page) => page.getByTestId(testId).click();

/** Every screen and every state that looks different. */
export const SCREENS: Screen[] = [
  { name: "passphrase-to-choose", scenario: "passphrase-to-choose" },
  { name: "passphrase-wanted", scenario: "passphrase-wanted" },
  { name: "key-unreachable", scenario: "key-unreachable" },
  { name: "register-damaged", scenario: "damaged", prepare: async (page) => page.getByTestId("restore-backup").waitFor() },
  { name: "register-damaged-last", scenario: "no-backup", prepare: async (page) => { await page.getByTestId("rebuild-register").click(); await page.getByRole("alertdialog").waitFor(); } },
  { name: "register-newer", scenario: "newer" },
  { name: "sign-in-sandbox", scenario: "signed-out" },
  { name: "sign-in-settings", scenario: "signed-out", prepare: click("open-settings") },
  { name: "sign-in-user", scenario: "remembered" },
  { name: "sign-in-refused", scenario: "remembered&fail=signIn:code_refused", prepare: async (page) => { await page.getByTestId("signin-code").fill("000000"); await page.getByTestId("signin-submit").click(); await page.getByTestId("error").waitFor(); } },
  { name: "list", scenario: "many" },
  { name: "list-chosen", scenario: "many", prepare: async (page) => { await page.getByTestId("row-box").nth(1).click(); await page.getByTestId("row-box").nth(4).click({ modifiers: ["Shift"] }); await page.getByTestId("sort-name").click(); await page.getByTestId("sort-created_at").click({ modifiers: ["Shift"] }); await page.getByTestId("sort-created_at").locator("[data-place='2']").waitFor(); } },
  { name: "list-view", scenario: "many", hash: "/?view=to_treat", prepare: async (page) => { await page.getByTestId("view-menu").click(); await page.getByTestId("view-to_treat").waitFor(); } },
  { name: "list-filter", scenario: "many", hash: "/?view=to_treat", prepare: async (page) => { await page.getByTestId("filter-add").click(); await page.getByTestId("filter-field-created").click(); await page.getByTestId("filter-value-between").click(); await page.getByTestId("filter-from").waitFor(); } },
  { name: "list-columns", scenario: "many", prepare: async (page) => { await page.getByTestId("columns").click(); await page.getByTestId("columns-panel").waitFor(); } },
  { name: "list-tag", scenario: "many", prepare: async (page) => { await page.getByTestId("row-box").nth(1).click(); await page.getByTestId("bulk-tag").click(); await page.getByTestId("tag-apply").waitFor(); } },
  { name: "list-export", scenario: "many", prepare: async (page) => { await page.getByTestId("export").click(); await page.getByTestId("export-start").waitFor(); } },
  { name: "list-long-act", scenario: "long-acts&count=400", prepare: async (page) => { await page.getByTestId("dossier-row").first().waitFor(); await page.keyboard.press("Control+Shift+A"); await page.getByTestId("bulk-refresh").click(); await page.getByTestId("long-act-stop").waitFor(); } },
  { name: "import", scenario: "sandbox", hash: "/import" },
  { name: "import-plan", scenario: "sandbox", hash: "/import", prepare: async (page) => { await page.getByTestId("import-file").click(); await page.getByTestId("import-plan").waitFor(); } },
  { name: "list-production", scenario: "production" },
  { name: "list-empty", scenario: "empty" },
  { name: "list-nothing", scenario: "sandbox", hash: "/?search=introuvable" },
  { name: "list-error", scenario: "sandbox&fail=listDossiers:internal" },
  { name: "list-offline", scenario: "sandbox&fail=listDossiers:unreachable" },
  { name: "session-only", scenario: "keychain-missing" },
  { name: "code-wanted", scenario: "code-wanted" },
  { name: "new-dossier", scenario: "sandbox", hash: "/new" },
  { name: "new-dossier-expected", scenario: "sandbox", hash: "/new", prepare: async (page) => { for (let row = 0; row < 4; row++) await page.getByTestId("add-expected").click(); await page.getByTestId("more").click(); } },
  { name: "new-dossier-problems", scenario: "sandbox", hash: "/new", prepare: async (page) => { await page.getByTestId("field-email").fill("ondine@"); await page.getByTestId("launch").click(); await page.getByTestId("error-summary").waitFor(); } },
  { name: "new-dossier-no-process", scenario: "no-process", hash: "/new" },
  { name: "dossier-ko", scenario: "sandbox", hash: dossier(0), prepare: async (page) => page.getByTestId("finding").first().getByRole("button").click() },
  { name: "dossier-ko-leftovers", scenario: "sandbox", hash: dossier(0), prepare: async (page) => { for (const id of ["why-unexplained", "why-previous", "why-passed", "why-unknown"]) await page.getByTestId(id).getByRole("button").click(); } },
  { name: "dossier-comparison", scenario: "sandbox", hash: dossier(0, "comparison"), prepare: async (page) => page.getByTestId("compared").first().waitFor() },
  { name: "dossier-summary", scenario: "sandbox", hash: dossier(0, "summary"), prepare: async (page) => page.getByTestId("tab-summary").waitFor() },
  { name: "dossier-ok", scenario: "production", hash: dossier(1) },
  { name: "dossier-started", scenario: "sandbox", hash: dossier(2) },
  { name: "dossier-new", scenario: "sandbox", hash: dossier(3) },
  { name: "dossier-unknown", scenario: "pre-production", hash: dossier(5) },
  { name: "dossier-refused", scenario: "sandbox", hash: dossier(14) },
  { name: "dossier-interrupt", scenario: "sandbox", hash: dossier(2), prepare: click("interrupt") },
  { name: "documents", scenario: "sandbox", hash: dossier(1, "documents"), prepare: async (page) => page.locator('[data-testid=page-image][data-state=shown]').waitFor() },
  { name: "documents-saved", scenario: "sandbox", hash: dossier(1, "documents"), prepare: async (page) => { await page.getByTestId("save-all").click(); await page.getByTestId("save-result").waitFor(); } },
  { name: "technical", scenario: "sandbox", hash: dossier(1, "technical") },
  { name: "today", scenario: "sandbox&count=80", hash: "/today", prepare: async (page) => page.getByTestId("due-card").first().waitFor() },
  { name: "today-empty", scenario: "empty", hash: "/today", prepare: async (page) => page.getByTestId("today-state").waitFor() },
  { name: "deadlines", scenario: "clock-wrong&count=300", hash: "/deadlines", prepare: async (page) => page.getByTestId("due-card").first().waitFor() },
  { name: "deadlines-none", scenario: "nothing-due", hash: "/deadlines", prepare: async (page) => page.getByTestId("radar-state").waitFor() },
  { name: "deadlines-leave", scenario: "sandbox&count=300", hash: "/deadlines", prepare: async (page) => { await page.locator("[data-act=sign_in_as_user]").first().click(); await page.getByRole("alertdialog").waitFor(); } },
  { name: "journal", scenario: "sandbox", hash: "/journal", prepare: async (page) => page.getByTestId("journal-entry").first().waitFor() },
  { name: "journal-broken", scenario: "chain-broken", hash: "/journal", prepare: async (page) => page.getByTestId("journal-entry").first().waitFor() },
  { name: "journal-acts", scenario: "sandbox", hash: "/journal", prepare: async (page) => { await page.getByTestId("filter-acts").click(); await page.getByTestId("act-viewed").click(); await page.waitForFunction(() => window.location.hash.includes("acts")); } },
  { name: "journal-verifying", scenario: "long-acts", hash: "/journal", prepare: async (page) => { await page.getByTestId("verify-journal").click(); await page.getByTestId("long-act").waitFor(); } },
  { name: "journal-nothing", scenario: "sandbox", hash: "/journal?to=%222001-01-01%22", prepare: async (page) => page.getByTestId("journal-state").waitFor() },
  { name: "settings-register", scenario: "backup-failed", hash: "/settings?tab=register", prepare: async (page) => page.getByTestId("backup").first().waitFor() },
  { name: "settings-journal", scenario: "sandbox", hash: "/settings?tab=journal" },
  { name: "settings-display", scenario: "sandbox", hash: "/settings?tab=display" },
  { name: "settings-environments", scenario: "sandbox", hash: "/settings?tab=environments", prepare: async (page) => page.getByTestId("environment-production").getByRole("button").click() },
  { name: "settings-processes", scenario: "sandbox", hash: "/settings?tab=processes", prepare: click("add-process") },
  { name: "settings-about", scenario: "sandbox", hash: "/settings?tab=about" },
];
