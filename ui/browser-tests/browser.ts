import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { inject } from "vitest";

export const LANGUAGES = ["fr", "en"] as const;
export const THEMES = ["light", "dark"] as const;

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ["--headless", "--no-sandbox", "--disable-gpu"] });
}

interface Size {
  width: number;
  height: number;
}

export interface Place {
  scenario: string;
  hash?: string;
  language?: string;
  theme?: string;
}

/** A page of its own, and everything that goes wrong in it. */
export async function openPage(browser: Browser, viewport: Size): Promise<{ page: Page; faults: string[] }> {
  const page = await browser.newPage({ viewport, reducedMotion: "reduce" });
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && !message.text().includes("404") && faults.push(message.text()));
  return { page, faults };
}

let shown = 0;

/** Loads the desk there anew, whatever the page showed before. */
export async function show(page: Page, { scenario, hash = "/", language = "fr", theme = "light" }: Place): Promise<void> {
  // Another address each time: one that differs by its hash alone would not be loaded.
  await page.goto(`${inject("address")}?fake=${scenario}&language=${language}&theme=${theme}&shown=${++shown}#${hash}`);
  await page.locator("h1, [data-testid=error]").first().waitFor();
}

/** The desk in a page of its own. */
export async function visit(browser: Browser, place: Place): Promise<{ page: Page; faults: string[] }> {
  const opened = await openPage(browser, { width: 1366, height: 768 });
  await show(opened.page, place);
  return opened;
}

/** Waits until the page has stopped changing, or goes on when it never does: a long act counts as it runs. */
export async function quiet(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const end = () => {
          observer.disconnect();
          clearTimeout(still);
          clearTimeout(longest);
          resolve();
        };
        let still = setTimeout(end, 100);
        const longest = setTimeout(end, 1_000);
        const observer = new MutationObserver(() => {
          clearTimeout(still);
          still = setTimeout(end, 100);
        });
        observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      }),
  );
}

/** Puts that theme on the page, as the settings do, and waits until every colour has arrived. */
export async function wear(page: Page, theme: string): Promise<void> {
  await page.evaluate(async (chosen) => {
    document.documentElement.dataset["theme"] = chosen;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  }, theme);
}

/** Leaves a picture in the folder that the environment names, if it names one. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env["SCREENSHOTS"];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
