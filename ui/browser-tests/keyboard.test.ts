import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch, visit } from "./browser";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Tabs until the focus is on the element of that test id. */
async function tabTo(page: Page, testId: string, most = 60): Promise<void> {
  for (let press = 0; press < most; press++) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate((wanted) => document.activeElement?.closest(`[data-testid="${wanted}"]`) !== null, testId);
    if (here) return;
  }
  throw new Error(`«${testId}» cannot be reached with Tab`);
}

it("the main job is done from sign-in to the saved evidence without a mouse", async () => {
  const { page } = await visit(browser, { scenario: "signed-out" });
  await tabTo(page, "enter-sandbox-application");
  await page.keyboard.press("Enter");
  await page.getByTestId("dossier-table").waitFor();

  await page.keyboard.press("Control+n");
  await page.getByTestId("field-last_name").waitFor();
  await page.keyboard.type("VALMONTEL");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Ondine");
  await page.keyboard.press("Tab");
  await page.keyboard.type("REF-CLAVIER");
  await page.keyboard.press("Control+Enter");
  await page.getByTestId("dossier-status").waitFor();
  expect(await page.locator("h1").innerText()).toBe("REF-CLAVIER");

  await tabTo(page, "back-to-list");
  await page.keyboard.press("Enter");
  await page.getByTestId("dossier-table").waitFor();
  await tabTo(page, "dossier-row");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByTestId("tab-summary").waitFor();
  await tabTo(page, "tab-summary");
  // Past the comparison, to the documents.
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.locator("[data-testid=page-image][data-state=shown]").waitFor();

  await tabTo(page, "view-verso");
  await page.keyboard.press("Enter");
  await page.getByTestId("page-caption").filter({ hasText: "Verso" }).waitFor();
  await tabTo(page, "save-recto");
  await page.keyboard.press("Enter");
  await page.getByTestId("saved-file").waitFor();
  await page.close();
});

it("a dialog holds the focus, closes with Escape and gives the focus back", async () => {
  const { page } = await visit(browser, { scenario: "sandbox", hash: "/dossiers/00000000-0000-7000-8000-000000000002" });
  await tabTo(page, "interrupt");
  await page.keyboard.press("Enter");
  await page.getByRole("alertdialog").waitFor();
  for (let press = 0; press < 5; press++) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("[role=alertdialog]") !== null)).toBe(true);
  }
  await page.keyboard.press("Escape");
  await page.getByRole("alertdialog").waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-testid") === "interrupt");
  await page.close();
});

it("a reload keeps the place", async () => {
  const { page } = await visit(browser, { scenario: "sandbox" });
  await page.getByTestId("view-menu").click();
  await page.getByTestId("view-to_treat").click();
  await page.getByTestId("filter-to_treat-remove").click();
  await page.getByTestId("filter-add").click();
  await page.getByTestId("filter-field-status").click();
  await page.getByTestId("filter-value-KO").click();
  await page.keyboard.press("Escape");
  await page.getByTestId("search").fill("valmontel");
  await page.waitForFunction(() => window.location.hash.includes("valmontel"));
  await page.reload();
  await page.getByTestId("dossier-table").waitFor();
  expect(await page.getByTestId("search").inputValue()).toBe("valmontel");
  expect(await page.getByTestId("view-menu").innerText()).toContain("À traiter");
  expect(await page.getByTestId("view-changed").isVisible()).toBe(true);
  expect(await page.getByTestId("filter-status").count()).toBe(1);
  expect(await page.getByTestId("filter-to_treat").count()).toBe(0);
  await page.close();
});

it("the morning's dossiers are found, sorted, chosen, tagged and marked without a mouse", async () => {
  const { page } = await visit(browser, { scenario: "many" });
  await page.getByTestId("dossier-table").waitFor();
  await page.keyboard.press("Control+f");
  await page.keyboard.type("valmontel");
  await page.getByTestId("dossier-count").filter({ hasText: "sur" }).waitFor();
  await tabTo(page, "dossier-row");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+Enter");
  await page.getByTestId("sort-name").filter({ hasText: "tri 2 sur 2" }).waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-testid") === "sort-name");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("x");
  await page.keyboard.press("Shift+ArrowDown");
  await page.getByTestId("selection-count").filter({ hasText: "2 sélectionnés" }).waitFor();
  await page.keyboard.press("Control+Shift+A");
  await page.getByTestId("selection-count").filter({ hasText: "Tous les" }).waitFor();

  await tabTo(page, "bulk-tag");
  await page.keyboard.press("Enter");
  await page.getByTestId("tag-apply").waitFor();
  await page.keyboard.type("a revoir");
  await tabTo(page, "tag-apply");
  await page.keyboard.press("Enter");
  await page.getByTestId("long-act-said").filter({ hasText: "tiquettes modifiées" }).waitFor();
  await tabTo(page, "bulk-treated");
  await page.keyboard.press("Enter");
  await page.getByTestId("long-act-said").filter({ hasText: "marqués traités" }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.closest("[data-testid=dossier-row]") !== null)).toBe(true);
  await page.close();
});

it("a filter is added, changed and removed, and a column moved, without a mouse", async () => {
  const { page } = await visit(browser, { scenario: "many" });
  await tabTo(page, "filter-add");
  await page.keyboard.press("Enter");
  await page.getByTestId("filter-field-status").waitFor();
  await page.keyboard.press("Enter");
  await tabTo(page, "filter-value-KO");
  await page.keyboard.press("Space");
  await page.keyboard.press("Escape");
  await page.getByTestId("filter-status").waitFor();
  await page.waitForFunction(() => document.activeElement?.hasAttribute("data-chip"));
  await page.keyboard.press("Delete");
  await page.getByTestId("filter-status").waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-testid") === "filter-add");

  await tabTo(page, "columns");
  await page.keyboard.press("Enter");
  await tabTo(page, "column-down-status");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector('[role=columnheader][aria-colindex="3"] [data-testid=sort-status]') !== null);
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-testid") === "column-down-status");
  await page.close();
});

it("what goes away with its own press hands the focus on", async () => {
  const { page } = await visit(browser, { scenario: "many" });
  const focused = (testId: string) => page.waitForFunction((wanted) => document.activeElement?.closest(`[data-testid="${wanted}"]`), testId);
  await page.getByTestId("dossier-table").waitFor();
  await page.getByTestId("sort-name").click();
  await page.getByTestId("view-reset").focus();
  await page.keyboard.press("Enter");
  await page.getByTestId("view-reset").waitFor({ state: "detached" });
  await focused("view-menu");

  await tabTo(page, "columns");
  await page.keyboard.press("Enter");
  for (const column of ["name", "operator"]) {
    await page.getByTestId(`column-${column}`).getByRole("checkbox").focus();
    await page.keyboard.press("Space");
    await page.getByTestId(`sort-${column}`).waitFor({ state: column === "name" ? "detached" : "visible" });
    await focused(`column-${column}`);
  }
  await page.keyboard.press("Escape");

  await page.getByTestId("dossier-row").first().focus();
  await page.keyboard.press("x");
  await tabTo(page, "take-all");
  await page.keyboard.press("Enter");
  await page.getByTestId("take-all").waitFor({ state: "detached" });
  await focused("clear-selection");
  await page.close();
});

it("the viewer goes from dossier to dossier by one button, which keeps the focus", async () => {
  const { page } = await visit(browser, { scenario: "sandbox&count=80" });
  await page.getByTestId("dossier-row").first().click();
  await page.locator("[data-testid=next-dossier]:not([disabled])").waitFor();
  await page.keyboard.press("d");
  await page.getByTestId("viewer").waitFor();
  await tabTo(page, "viewer-next-dossier");
  for (const reference of ["REF-1001", "REF-1002", "REF-1003"]) {
    await page.keyboard.press("Enter");
    await page.getByTestId("viewer").getByRole("heading", { name: reference }).waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute("data-testid") === "viewer-next-dossier");
  }
  await page.close();
});

it("50 dossiers looked at fast never show the picture of the one before", async () => {
  const { page } = await visit(browser, { scenario: "sandbox&count=80" });
  let seen = 0;
  for (let index = 0; index < 50; index++) {
    const reference = `REF-${1000 + index}`;
    await page.evaluate((id) => {
      window.location.hash = `/dossiers/${id}?tab=documents`;
    }, `00000000-0000-7000-8000-${String(index).padStart(12, "0")}`);
    await page.locator("h1", { hasText: reference }).waitFor();
    await page.getByTestId("page-caption").or(page.getByTestId("no-document")).first().waitFor();
    const captions = await page.getByTestId("page-caption").allInnerTexts();
    for (const caption of captions) expect(caption).toContain(`${reference} ·`);
    seen += captions.length;
  }
  expect(seen).toBeGreaterThanOrEqual(20);
  await page.close();
});

it("the palette leads to a place and to a dossier, runs an act, and gives the focus back", async () => {
  const { page } = await visit(browser, { scenario: "many", hash: "/journal" });
  await page.getByTestId("export-journal").focus();
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Escape");
  await page.getByTestId("palette").waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-testid") === "export-journal");

  await page.keyboard.press("Control+k");
  await page.keyboard.type("echean");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => window.location.hash.startsWith("#/deadlines"));

  await page.keyboard.press("Control+k");
  await page.keyboard.type("valmontel");
  await page.getByTestId("palette-line").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByTestId("dossier-status").waitFor();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("visionneuse");
  await page.keyboard.press("Enter");
  await page.getByTestId("viewer").waitFor();
  // Over the viewer too, with the acts of the viewer.
  await page.keyboard.press("Control+k");
  await page.keyboard.type("fermer la vis");
  await page.keyboard.press("Enter");
  await page.getByTestId("viewer").waitFor({ state: "detached" });
  await page.keyboard.press("F1");
  await page.getByTestId("key-sheet").waitFor();
  await page.keyboard.press("Escape");
  await page.getByTestId("key-sheet").waitFor({ state: "detached" });
  await page.close();
});
