import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { inject } from "vitest";

export const LANGUAGES = ["fr", "en"] as const;
export const THEMES = ["light", "dark"] as const;

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ["--headless", "--no-sandbox", "--disable-gpu"] });
}

export interface Place {
  scenario: string;
  hash?: string;
  language?: string;
  theme?: string;
  viewport?: { width: number; height: number };
}

/** A page of its own, and everything that went wrong in it. */
export async function visit(browser: Browser, { scenario, hash = "/", language = "fr", theme = "light", viewport = { width: 1366, height: 768 } }: Place): Promise<{ page: Page; faults: string[] }> {
  const page = await browser.newPage({ viewport, reducedMotion: "reduce" });
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && !message.text().includes("404") && faults.push(message.text()));
  await page.goto(`${inject("address")}?fake=${scenario}&language=${language}&theme=${theme}#${hash}`);
  await page.locator("h1, [data-testid=error]").first().waitFor();
  return { page, faults };
}

/** Leaves a picture in the folder that the environment names, if it names one. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env["SCREENSHOTS"];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
