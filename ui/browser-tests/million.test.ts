import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch, visit } from "./browser";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const MILLION = 1_000_000;
const lastRow = (page: Page) => page.locator(`[data-testid=dossier-row][aria-rowindex="${MILLION + 1}"]`);
const drawn = (page: Page) => page.locator("[role=row]").count();

it("a million dossiers: few rows in the page, every one within reach, the focus never lost", async () => {
  const { page, faults } = await visit(browser, { scenario: "million" });
  await page.getByTestId("dossier-row").first().waitFor();
  expect(await page.getByTestId("dossier-table").getAttribute("aria-rowcount")).toBe(String(MILLION + 1));
  expect(await drawn(page)).toBeLessThanOrEqual(45);

  await page.getByTestId("dossier-row").first().focus();
  await page.keyboard.press("End");
  await lastRow(page).waitFor();
  expect(await lastRow(page).evaluate((row) => row === document.activeElement)).toBe(true);
  expect(await lastRow(page).innerText()).toContain(`REF-${1000 + MILLION - 1}`);
  const scroller = page.locator(".grid-scroller");
  const [row, frame] = [await lastRow(page).boundingBox(), await scroller.boundingBox()];
  expect((row?.y ?? 0) + (row?.height ?? 0)).toBeLessThanOrEqual((frame?.y ?? 0) + (frame?.height ?? 0) + 1);

  // The row that has the focus stays in the page, and takes the list back to itself.
  await scroller.evaluate((element) => (element.scrollTop = element.scrollHeight / 2));
  await page.locator('[aria-rowindex="500000"]').or(page.getByTestId("dossier-row").nth(3)).first().waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-rowindex"))).toBe(String(MILLION + 1));
  expect(await drawn(page)).toBeLessThanOrEqual(45);
  await page.keyboard.press("ArrowUp");
  await page.waitForFunction((index) => document.activeElement?.getAttribute("aria-rowindex") === index, String(MILLION));

  // To the very end with the wheel, once the list is back: no row is passed over.
  await page.locator(`[data-testid=dossier-row][aria-rowindex="${MILLION - 3}"]`).waitFor();
  await page.mouse.move(700, 400);
  await page.mouse.wheel(0, 400);
  await lastRow(page).waitFor();
  await page.keyboard.press("Home");
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-rowindex") === "2");
  expect(faults).toEqual([]);
  await page.close();
});
