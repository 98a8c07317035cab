import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { LANGUAGES, WORDS } from "../src/customer/words";
import { launch, openPage, picture, quiet } from "./browser";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describe("the screen that faces the customer", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it.each(LANGUAGES)("is accessible in «%s», on a wide and on a tall screen, and breaks no policy", async (lang) => {
    const { page, faults } = await openPage(browser, { width: 1366, height: 768 });
    await page.goto(new URL(`customer.html#0a1b/${lang}`, inject("address")).href);
    await page.getByRole("heading", { name: WORDS[lang].title }).waitFor();
    await page.evaluate(AXE);
    for (const [shape, size] of [["wide", { width: 1366, height: 768 }], ["tall", { width: 768, height: 1024 }]] as const) {
      await page.setViewportSize(size);
      await quiet(page);
      await picture(page, `customer-${lang}-${shape}`);
      const found = await page.evaluate(async () => (await (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run()).violations.map(({ id }) => id));
      expect.soft(found, shape).toEqual([]);
      expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), shape).toBeLessThanOrEqual(0);
      expect.soft(await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight), shape).toBeLessThanOrEqual(0);
    }
    expect(faults).toEqual([]);
    await page.close();
  });

  it("changes its language by the keyboard, and keeps the focus where it was", async () => {
    const { page } = await openPage(browser, { width: 900, height: 700 });
    await page.goto(new URL("customer.html#0a1b/fr", inject("address")).href);
    await page.getByRole("button", { name: "Italiano" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: WORDS.it.title }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute("lang"))).toBe("it");
    await page.close();
  });
});
