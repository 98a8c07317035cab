import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, it } from "vitest";
import { launch, visit } from "./browser";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Tabs until the focus is on the element of that test id. */
async function tabTo(page: Page, testId: string, most = 80): Promise<void> {
  for (let press = 0; press < most; press++) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate((wanted) => document.activeElement?.closest(`[data-testid="${wanted}"]`) !== null, testId);
    if (here) return;
  }
  throw new Error(`«${testId}» cannot be reached with Tab`);
}

it("from today's page to the deadlines, a document saved, without a mouse", async () => {
  const { page } = await visit(browser, { scenario: "sandbox&count=80", hash: "/today" });
  await tabTo(page, "nav-deadlines");
  await page.keyboard.press("Enter");
  await page.getByTestId("due-card").first().waitFor();
  await tabTo(page, "next-act");
  await page.keyboard.press("Enter");
  await page.locator("[data-testid=long-act][data-state=done]").waitFor();
  await page.close();
});

it("the journal is narrowed, verified and left for a dossier without a mouse", async () => {
  const { page } = await visit(browser, { scenario: "sandbox", hash: "/journal" });
  await page.getByTestId("journal-entry").first().waitFor();
  await tabTo(page, "verify-journal");
  await page.keyboard.press("Enter");
  await page.locator("[data-testid=long-act][data-state=done]").waitFor();
  await tabTo(page, "filter-acts");
  await page.keyboard.press("Enter");
  await page.getByTestId("act-viewed").waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-testid") === "filter-acts");
  await page.waitForFunction(() => window.location.hash.includes("acts"));
  await tabTo(page, "journal-entry");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => window.location.hash.startsWith("#/dossiers/"));
  await page.close();
});

it("a damaged register is gone on with from its last good backup without a mouse", async () => {
  const { page } = await visit(browser, { scenario: "damaged" });
  await page.getByTestId("restore-backup").waitFor();
  await tabTo(page, "restore-backup");
  await page.keyboard.press("Enter");
  await page.getByTestId("enter-sandbox-application").waitFor();
  await page.close();
});
