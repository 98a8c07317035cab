import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch, openPage, picture, quiet, show, THEMES, wear, type LANGUAGES } from "./browser";
import { SCREENS } from "./screens";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const WINDOW = { width: 1366, height: 768 };
/** Twice the text in that window leaves the room of one half as large. */
const AT_TWICE_THE_TEXT = { width: 683, height: 384 };

async function violations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const results = await (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run();
    return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ""}`));
  });
}

/** What lies over the screen: it must still lie there when the theme or the room has changed. */
const overlays = (page: Page) => page.locator("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]").count();

/**
 * Every screen in one language. One page is kept for all of them, and each screen is loaded once: the two themes and the
 * text at 200 % are looked at where it stands.
 */
export function everyScreen(language: (typeof LANGUAGES)[number]): void {
  // One language begins in the light theme and one in the dark: both are also loaded so.
  const [first, second] = language === "fr" ? THEMES : ([...THEMES].reverse() as [string, string]);
  let browser: Browser;
  let page: Page;
  let faults: string[];
  beforeAll(async () => {
    browser = await launch();
    ({ page, faults } = await openPage(browser, WINDOW));
  });
  afterAll(() => browser.close());

  describe(`in ${language}`, () => {
    it.each(SCREENS)("«$name» is accessible in both themes, breaks no policy, and reflows at 200 % text", async ({ name, scenario, hash, prepare }) => {
      faults.length = 0;
      await page.setViewportSize(WINDOW);
      await show(page, { scenario, language, theme: first, ...(hash && { hash }) });
      await prepare?.(page);
      await quiet(page);
      const over = await overlays(page);
      await picture(page, `${name}-${language}-${first}`);
      // Through the debugger, which the page's content policy does not govern.
      await page.evaluate(AXE);
      expect.soft(await violations(page), first).toEqual([]);

      await wear(page, second);
      await picture(page, `${name}-${language}-${second}`);
      expect.soft(await violations(page), second).toEqual([]);

      await page.setViewportSize(AT_TWICE_THE_TEXT);
      await quiet(page);
      await picture(page, `${name}-${language}-zoomed`);
      expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), "sideways scroll").toBeLessThanOrEqual(0);
      expect.soft(await overlays(page), "what lay over the screen").toBe(over);
      expect(faults).toEqual([]);
    });
  });
}
