import type { Page } from "playwright-core";

const dossier = (index: number, tab?: string) => `/dossiers/00000000-0000-7000-8000-${String(index).padStart(12, "0")}${tab ? `?tab=${tab}` : ""}`;

export interface Screen {
  name: string;
  scenario: string;
  hash?: string;
  prepare?: (page: Page) => Promise<void>;
}

const click = (testId: string) => (page: Page) => page.getByTestId(testId).click();

const UUID = (last: number) => `0b0e6f4e-3f0a-4c5e-9d5c-${String(last).padStart(12, "0")}`;

/** The last page in the viewer: the liveness video. */
const lastLeaf = async (page: Page) => {
  await page.locator("[data-testid=page-image][data-state=shown]").first().waitFor();
  await page.keyboard.press("End");
};

/** As far as the account of the set-up, with credentials typed and tested. */
const tested = (account: "application" | "user") => async (page: Page) => {
  await page.getByTestId("setup-next").click();
  await page.getByTestId(`setup-account-${account}`).click();
  await page.getByTestId("setup-username").fill(account === "user" ? "conformite@exemple.test" : "agence-12");
  await page.getByTestId("setup-password").fill("un secret");
  if (account === "user") await page.getByTestId("setup-code").fill("123456");
  await page.getByTestId("setup-test").click();
  await page.getByTestId("test-result").waitFor();
};

/** Every screen and every state that looks different. */
export const SCREENS: Screen[] = [
  { name: "passphrase-to-choose", scenario: "passphrase-to-choose" },
  { name: "passphrase-wanted", scenario: "passphrase-wanted" },
  { name: "key-unreachable", scenario: "key-unreachable" },
  { name: "keychain-refusing", scenario: "keychain-refusing" },
  { name: "register-damaged", scenario: "damaged", prepare: async (page) => page.getByTestId("restore-backup").waitFor() },
  { name: "register-damaged-copy", scenario: "damaged&fail=restoreBackup:backup_damaged", prepare: async (page) => { await page.getByTestId("restore-backup").click(); await page.locator("[data-testid=long-act][data-state=failed]").waitFor(); } },
  { name: "register-damaged-last", scenario: "no-backup", prepare: async (page) => { await page.getByTestId("rebuild-register").click(); await page.getByRole("alertdialog").waitFor(); } },
  { name: "register-newer", scenario: "newer" },
  { name: "setup-where", scenario: "setup" },
  { name: "setup-other", scenario: "setup", prepare: async (page) => { await page.getByTestId("setup-env-other").click(); await page.getByTestId("setup-next").click(); } },
  { name: "setup-account", scenario: "setup", prepare: click("setup-next") },
  { name: "setup-no-keychain", scenario: "setup-no-keychain", prepare: click("setup-next") },
  { name: "setup-passed", scenario: "setup", prepare: tested("application") },
  { name: "setup-passed-user", scenario: "setup", prepare: tested("user") },
  { name: "setup-bad-secret", scenario: "setup&finding=id_or_secret", prepare: tested("application") },
  { name: "setup-dead-host", scenario: "setup&finding=host_silent", prepare: tested("application") },
  { name: "setup-no-code", scenario: "setup&finding=code", prepare: tested("user") },
  { name: "setup-processes", scenario: "setup", prepare: async (page) => { await tested("application")(page); await page.getByTestId("setup-next").click(); } },
  { name: "setup-processes-judged", scenario: "setup", prepare: async (page) => { await tested("application")(page); await page.getByTestId("setup-next").click(); await page.getByTestId("setup-processes").fill(`Nom;UUID\nAgence en ligne;${UUID(1)}\n${UUID(2)}\nsans identifiant\nEncore;${UUID(1)}`); await page.getByTestId("setup-line").nth(4).waitFor(); } },
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
  { name: "list-names-masked", scenario: "names-masked", prepare: async (page) => page.getByTestId("reveal-names").waitFor() },
  { name: "list-names-shown", scenario: "names-masked", prepare: async (page) => { await page.getByTestId("reveal-names").click(); await page.locator("[data-testid=reveal-names][aria-pressed=true]").waitFor(); } },
  { name: "today-names-masked", scenario: "names-masked", hash: "/today", prepare: async (page) => page.getByTestId("reveal-names").waitFor() },
  { name: "import", scenario: "sandbox", hash: "/import" },
  { name: "import-plan", scenario: "sandbox", hash: "/import", prepare: async (page) => { await page.getByTestId("import-file").click(); await page.getByTestId("import-plan").waitFor(); } },
  { name: "list-production", scenario: "production" },
  { name: "list-empty", scenario: "empty" },
  { name: "list-nothing", scenario: "sandbox", hash: "/?search=introuvable" },
  { name: "list-error", scenario: "sandbox&fail=listDossiers:internal" },
  { name: "header-refused", scenario: "sandbox&fail=lock:internal", prepare: async (page) => { await page.getByTestId("lock").click(); await page.locator(".header-refused").waitFor(); } },
  { name: "palette-unread", scenario: "sandbox&fail=listDossiers:internal", hash: "/today", prepare: async (page) => { await page.keyboard.press("Control+K"); await page.keyboard.type("ref-10"); await page.getByText(/n’ont pas pu être lus|could not be read/).first().waitFor(); } },
  { name: "list-offline", scenario: "sandbox&fail=listDossiers:unreachable" },
  { name: "session-only", scenario: "keychain-missing" },
  { name: "code-wanted", scenario: "code-wanted" },
  { name: "code-wanted-beside", scenario: "code-wanted-beside" },
  { name: "accounts-one", scenario: "production", prepare: async (page) => { await page.getByTestId("open-accounts").click(); await page.getByTestId("open-account-application").click(); await page.getByTestId("signin-username").waitFor(); } },
  { name: "accounts-both", scenario: "beside", prepare: async (page) => { await page.getByTestId("open-accounts").click(); await page.getByTestId("work-as-user").waitFor(); } },
  { name: "accounts-lapsed", scenario: "beside-lapsed", prepare: async (page) => { await page.getByTestId("open-accounts").click(); await page.getByTestId("code-field").waitFor(); } },
  { name: "new-dossier", scenario: "sandbox", hash: "/new" },
  { name: "new-dossier-expected", scenario: "sandbox", hash: "/new", prepare: async (page) => { for (let row = 0; row < 4; row++) await page.getByTestId("add-expected").click(); await page.getByTestId("more").click(); } },
  { name: "new-dossier-kept", scenario: "draft-kept", hash: "/new", prepare: async (page) => page.getByTestId("kept-draft").waitFor() },
  { name: "new-dossier-template", scenario: "sandbox", hash: "/new", prepare: async (page) => { await page.getByTestId("field-last_name").fill("NUÑEZ"); await page.getByTestId("field-process_id").click(); await page.getByRole("option").nth(1).click(); await page.getByTestId("expected-row").first().waitFor(); await page.getByTestId("more").click(); } },
  { name: "new-dossier-return-refused", scenario: "sandbox&fail=launchDossier:return_address_refused", hash: "/new", prepare: async (page) => { await page.getByTestId("launch").click(); await page.getByTestId("error").waitFor(); } },
  { name: "new-dossier-problems", scenario: "sandbox", hash: "/new", prepare: async (page) => { await page.getByTestId("field-email").fill("ondine@"); await page.getByTestId("launch").click(); await page.getByTestId("error-summary").waitFor(); } },
  { name: "new-dossier-same-reference", scenario: "sandbox", hash: "/new", prepare: async (page) => { await page.getByTestId("field-reference").fill("REF-1000"); await page.getByTestId("same-reference").waitFor(); } },
  { name: "new-dossier-process-gone", scenario: "sandbox", hash: dossier(9), prepare: async (page) => { await page.getByTestId("again").click(); await page.getByTestId("field-process_id").waitFor(); } },
  { name: "new-dossier-no-process", scenario: "no-process", hash: "/new" },
  { name: "dossier-ko", scenario: "sandbox", hash: dossier(0), prepare: async (page) => page.getByTestId("finding").first().getByRole("button").click() },
  { name: "dossier-ko-leftovers", scenario: "sandbox", hash: dossier(0), prepare: async (page) => { for (const id of ["why-unexplained", "why-previous", "why-passed", "why-unknown"]) await page.getByTestId(id).getByRole("button").click(); } },
  { name: "dossier-comparison", scenario: "sandbox", hash: dossier(0, "comparison"), prepare: async (page) => page.getByTestId("compared").first().waitFor() },
  { name: "dossier-summary", scenario: "sandbox", hash: dossier(0, "summary"), prepare: async (page) => page.getByTestId("tab-summary").waitFor() },
  { name: "dossier-ok", scenario: "production", hash: dossier(1) },
  { name: "dossier-started", scenario: "sandbox", hash: dossier(2) },
  { name: "dossier-returned", scenario: "sandbox", hash: dossier(18), prepare: async (page) => page.getByTestId("next-look").waitFor() },
  { name: "dossier-new", scenario: "sandbox", hash: dossier(3) },
  { name: "dossier-link-shown", scenario: "sandbox", hash: dossier(3), prepare: async (page) => { await page.getByTestId("open-customer-screen").click(); await page.getByTestId("customer-screen-shown").waitFor(); await page.getByTestId("copy-sms").click(); } },
  { name: "dossier-push-data", scenario: "sandbox", hash: dossier(3, "summary"), prepare: async (page) => { await page.getByTestId("push-add").click(); await page.getByTestId("expected-value").waitFor(); } },
  { name: "lock-warning", scenario: "lock-coming", hash: "/today", prepare: async (page) => page.getByTestId("lock-warning").waitFor() },
  { name: "dossier-second-device", scenario: "sandbox", hash: dossier(3), prepare: async (page) => { await page.getByTestId("open-link").click(); await page.getByTestId("link-uses").getByText(/Ouvert|Opened/).waitFor(); await page.getByTestId("show-qr").click(); await page.getByRole("alertdialog").waitFor(); } },
  { name: "dossier-redo", scenario: "sandbox", hash: dossier(2), prepare: async (page) => { await page.getByTestId("redo").click(); await page.getByRole("alertdialog").waitFor(); } },
  { name: "dossier-unknown", scenario: "pre-production", hash: dossier(5) },
  { name: "dossier-refused", scenario: "sandbox", hash: dossier(14) },
  { name: "dossier-interrupt", scenario: "sandbox", hash: dossier(2), prepare: click("interrupt") },
  { name: "documents", scenario: "sandbox", hash: dossier(1, "documents"), prepare: async (page) => page.locator('[data-testid=page-image][data-state=shown]').waitFor() },
  { name: "documents-saved", scenario: "sandbox", hash: dossier(1, "documents"), prepare: async (page) => { await page.getByTestId("save-all").click(); await page.getByTestId("save-result").waitFor(); } },
  { name: "evidence-tab", scenario: "sandbox", hash: dossier(1, "evidence"), prepare: async (page) => page.getByTestId("piece").first().waitFor() },
  { name: "evidence-tab-pack", scenario: "sandbox", hash: dossier(1, "evidence"), prepare: async (page) => { await page.getByTestId("make-pack").click(); await page.getByTestId("pack-made").waitFor(); } },
  { name: "evidence-tab-none", scenario: "sandbox", hash: dossier(2, "evidence"), prepare: async (page) => page.getByTestId("no-piece").waitFor() },
  { name: "decision", scenario: "sandbox", hash: dossier(0), prepare: async (page) => { await page.getByTestId("why-decide").click(); await page.getByTestId("decide").waitFor(); await page.getByTestId("decide").click(); await page.getByTestId("decision-none").waitFor(); } },
  { name: "decided", scenario: "sandbox", hash: dossier(0, "summary"), prepare: async (page) => { await page.getByTestId("open-decision").click(); await page.getByTestId("decision-refused").click(); await page.getByTestId("decision-note").fill("Pièce périmée, vue au guichet."); await page.getByTestId("decide").click(); await page.getByTestId("decisions").waitFor(); } },
  { name: "viewer", scenario: "sandbox", hash: `${dossier(1)}?view=first`, prepare: async (page) => page.locator("[data-testid=thumbnail-image][data-state=shown]").first().waitFor() },
  { name: "viewer-beside", scenario: "sandbox", hash: `${dossier(1)}?view=first`, prepare: async (page) => { await page.getByTestId("face-selfie").click(); await page.waitForFunction(() => document.querySelectorAll("[data-testid=page-image][data-state=shown]").length === 2); } },
  { name: "viewer-video-not-allowed", scenario: "sandbox", hash: `${dossier(1)}?view=first`, prepare: async (page) => { await lastLeaf(page); await page.getByTestId("video-not-played").waitFor(); } },
  { name: "viewer-video-asked", scenario: "videos-played", hash: `${dossier(1)}?view=first`, prepare: async (page) => { await lastLeaf(page); await page.getByTestId("ask-video").waitFor(); } },
  { name: "viewer-video", scenario: "videos-played", hash: `${dossier(1)}?view=first`, prepare: async (page) => { await lastLeaf(page); await page.getByTestId("ask-video").click(); await page.getByTestId("video-position").waitFor(); await page.getByTestId("play-video").click(); } },
  { name: "technical", scenario: "sandbox", hash: dossier(1, "technical") },
  { name: "today", scenario: "sandbox&count=80", hash: "/today", prepare: async (page) => page.getByTestId("due-card").first().waitFor() },
  { name: "today-opening-told", scenario: "opening-told&count=80", hash: "/today", prepare: async (page) => page.getByTestId("opening-notices").waitFor() },
  { name: "list-opening-rebuilt", scenario: "opening-rebuilt", prepare: async (page) => page.getByTestId("opening-register_rebuilt").waitFor() },
  { name: "list-opening-restored", scenario: "opening-restored&fail=dismissOpening:internal", prepare: async (page) => { await page.getByTestId("dismiss-opening").click(); await page.getByTestId("error").waitFor(); } },
  { name: "today-empty", scenario: "empty", hash: "/today", prepare: async (page) => page.getByTestId("today-state").waitFor() },
  { name: "deadlines", scenario: "clock-wrong&count=300", hash: "/deadlines", prepare: async (page) => page.getByTestId("due-card").first().waitFor() },
  { name: "deadlines-none", scenario: "nothing-due", hash: "/deadlines", prepare: async (page) => page.getByTestId("radar-state").waitFor() },
  { name: "deadlines-account", scenario: "sandbox&count=300", hash: "/deadlines", prepare: async (page) => { await page.locator("[data-act=sign_in_as_user]").first().click(); await page.getByTestId("open-account-user").waitFor(); } },
  { name: "evidence", scenario: "sandbox&count=120", hash: "/evidence", prepare: async (page) => { await page.getByTestId("capture").first().waitFor(); await page.getByTestId("choose-capture").nth(1).click(); await page.getByTestId("chosen-bar").waitFor(); } },
  { name: "evidence-damaged", scenario: "sandbox&count=120", hash: "/evidence?state=damaged", prepare: async (page) => { await page.getByTestId("verify-evidence").click(); await page.getByTestId("damaged-found").waitFor({ state: "attached" }); } },
  { name: "evidence-paused", scenario: "sandbox&count=120", hash: "/evidence?state=troubled", prepare: async (page) => { await page.getByTestId("pause-captures").click(); await page.getByTestId("resume-captures").waitFor(); } },
  { name: "evidence-empty", scenario: "empty", hash: "/evidence", prepare: async (page) => page.getByTestId("captures-state").waitFor() },
  { name: "today-damaged", scenario: "evidence-damaged&count=80", hash: "/today", prepare: async (page) => page.getByTestId("today-damaged").waitFor() },
  { name: "today-chain-broken", scenario: "chain-broken&count=80", hash: "/today", prepare: async (page) => page.getByTestId("today-chain").waitFor() },
  { name: "today-backup-failed", scenario: "backup-failed&count=80", hash: "/today", prepare: async (page) => page.getByTestId("today-backup").waitFor() },
  { name: "today-capture-paused", scenario: "capture-paused&count=80", hash: "/today", prepare: async (page) => page.getByTestId("capture-paused").waitFor() },
  { name: "deadlines-capture-blocked", scenario: "capture-blocked&count=80", hash: "/deadlines", prepare: async (page) => page.getByTestId("capture-blocked").waitFor() },
  { name: "verify", scenario: "sandbox", hash: "/verify", prepare: async (page) => page.getByTestId("add-signatures").waitFor() },
  { name: "verify-container", scenario: "check-passed", hash: "/verify", prepare: async (page) => { await page.getByTestId("choose-file").click(); await page.getByTestId("verdict").waitFor(); await page.getByTestId("signature-details").click(); await page.getByTestId("show-inside").click(); await page.getByTestId("inside-text").waitFor(); } },
  { name: "verify-altered", scenario: "check-altered", hash: "/verify", prepare: async (page) => { await page.getByTestId("choose-file").click(); await page.getByTestId("verdict").waitFor(); } },
  { name: "verify-partly", scenario: "check-partly", hash: "/verify", prepare: async (page) => { await page.getByTestId("choose-file").click(); await page.getByTestId("verdict").waitFor(); } },
  { name: "verify-failed", scenario: "check-failed", hash: "/verify", prepare: async (page) => { await page.getByTestId("choose-file").click(); await page.getByTestId("verdict").waitFor(); } },
  { name: "verify-stranger", scenario: "pack-of-a-stranger", hash: "/verify", prepare: async (page) => { await page.getByTestId("choose-file").click(); await page.getByTestId("verdict").waitFor(); } },
  { name: "verify-signed-out", scenario: "signed-out", prepare: async (page) => { await page.getByTestId("open-verify").click(); await page.getByTestId("choose-file").click(); await page.getByTestId("verdict").waitFor(); } },
  { name: "verify-trusted", scenario: "sandbox", hash: "/verify", prepare: async (page) => { await page.getByTestId("add-signatures").click(); await page.getByTestId("trusted").waitFor(); } },
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
  { name: "settings-callback-headers", scenario: "sandbox", hash: "/settings?tab=processes", prepare: async (page) => { await page.getByTestId("add-process").click(); await page.getByTestId("add-endpoint").click(); await page.getByTestId("add-header").click(); await page.getByTestId("header-name").fill("X-Api-Key"); await page.getByTestId("header-value").fill("valeur"); } },
  { name: "settings-about", scenario: "sandbox", hash: "/settings?tab=about" },
  { name: "managed-register", scenario: "managed", hash: "/settings?tab=register", prepare: async (page) => { await page.getByTestId("backup").first().waitFor(); await page.getByTestId("lock-minutes").scrollIntoViewIfNeeded(); } },
  { name: "managed-journal", scenario: "managed", hash: "/settings?tab=journal" },
  { name: "managed-environments", scenario: "managed", hash: "/settings?tab=environments", prepare: async (page) => page.getByTestId("environment-production").getByRole("button").click() },
  { name: "managed-processes", scenario: "managed", hash: "/settings?tab=processes" },
  { name: "managed-about", scenario: "managed", hash: "/settings?tab=about" },
  { name: "policy-refused", scenario: "policy-refused", hash: "/settings?tab=about" },
  { name: "setup-managed", scenario: "setup-managed", prepare: async (page) => { await tested("application")(page); await page.getByTestId("setup-next").click(); } },
  { name: "palette", scenario: "sandbox", hash: dossier(1), prepare: async (page) => { await page.getByTestId("make-pack").waitFor(); await page.keyboard.press("Control+k"); await page.getByTestId("palette-line").first().waitFor(); } },
  { name: "palette-typed", scenario: "sandbox&count=80", hash: "/journal", prepare: async (page) => { await page.getByTestId("export-journal").waitFor(); await page.keyboard.press("Control+k"); await page.keyboard.type("va"); await page.locator("#palette-dossiers").waitFor(); } },
  { name: "key-sheet", scenario: "sandbox", hash: "/", prepare: async (page) => { await page.getByTestId("dossier-table").waitFor(); await page.keyboard.press("F1"); await page.getByTestId("key-sheet").waitFor(); } },
  { name: "key-sheet-viewer", scenario: "sandbox", hash: `${dossier(1)}?view=first`, prepare: async (page) => { await page.locator("[data-testid=thumbnail-image][data-state=shown]").first().waitFor(); await page.keyboard.press("F1"); await page.getByTestId("key-sheet").waitFor(); } },
  { name: "locked", scenario: "locked", prepare: async (page) => page.getByTestId("lock-screen").waitFor() },
  { name: "locked-passphrase", scenario: "locked-passphrase", prepare: async (page) => { await page.getByTestId("lock-passphrase").fill("fausse"); await page.getByTestId("unlock").click(); await page.getByTestId("error").waitFor(); } },
];
