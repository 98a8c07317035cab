import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LANGUAGES, launch, picture, THEMES, visit } from "./browser";
import { SCREENS } from "./screens";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function violations(page: Page): Promise<string[]> {
  // Through the debugger, which the page's content policy does not govern.
  await page.evaluate(AXE);
  const results = await page.evaluate(() => (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run());
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ""}`));
}

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe.each(LANGUAGES)("in %s", (language) => {
  describe.each(THEMES)("in the %s theme", (theme) => {
    it.each(SCREENS)("«$name» has no accessibility violation and breaks no policy", async ({ name, scenario, hash, prepare }) => {
      const { page, faults } = await visit(browser, { scenario, language, theme, ...(hash && { hash }) });
      await prepare?.(page);
      await page.waitForTimeout(150);
      await picture(page, `${name}-${language}-${theme}`);
      expect(await violations(page)).toEqual([]);
      expect(faults).toEqual([]);
      await page.close();
    });
  });
});

describe("at 200 % text", () => {
  it.each(SCREENS)("«$name» reflows without a sideways scroll of the page", async ({ name, scenario, hash, prepare }) => {
    // Twice the text in a 1366-wide window leaves the room of a 683-wide one.
    const { page } = await visit(browser, { scenario, viewport: { width: 683, height: 384 }, ...(hash && { hash }) });
    await prepare?.(page);
    await picture(page, `${name}-zoomed`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await page.close();
  });
});
