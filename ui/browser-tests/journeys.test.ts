import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch, visit } from "./browser";

// Journeys 7 to 11 of product.md §6, from the home screen on: clicks by the mouse, keys without it. What is typed is not
// counted, nor what the system's own dialog for a destination takes, but for its one Enter.

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

class Hands {
  clicks = 0;
  keys = 0;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async click(place: Locator): Promise<void> {
    this.clicks += 1;
    await place.click();
  }

  async press(key: string): Promise<void> {
    this.keys += 1;
    await this.page.keyboard.press(key);
  }

  /** The line of the palette that answers best to what is typed. */
  async pick(typed: string): Promise<void> {
    await this.press("Control+k");
    await this.page.getByTestId("palette-input").waitFor();
    await this.page.keyboard.type(typed);
    await this.page.waitForFunction((wanted) => {
      const input = document.querySelector("[data-testid=palette-input]");
      return document.getElementById(input?.getAttribute("aria-activedescendant") ?? "")?.textContent.includes(wanted);
    }, typed);
    await this.press("Enter");
  }
}

async function home(scenario = "sandbox"): Promise<{ page: Page; hands: Hands }> {
  const { page } = await visit(browser, { scenario, hash: "/today" });
  await page.getByTestId("today-latest").waitFor();
  return { page, hands: new Hands(page) };
}

/** The newest dossier of that verdict, on the home screen. */
const newest = (page: Page, status: string): Locator => page.getByTestId("today-latest").locator("li", { has: page.locator(`[data-status=${status}]`) }).getByRole("link").first();

const painted = (page: Page): Promise<void> => page.locator("[data-testid=page-image][data-state=shown]").first().waitFor();

/** Whole, and without scrolling. */
async function inView(page: Page, selector: string): Promise<void> {
  await page.locator(selector).first().waitFor();
  const cut = await page.locator(selector).first().evaluate((element) => {
    const { top, bottom, left, right } = element.getBoundingClientRect();
    return top < 0 || left < 0 || bottom > window.innerHeight || right > window.innerWidth;
  });
  expect(cut, `${selector} is not in view`).toBe(false);
}

async function withoutScrolling(page: Page): Promise<void> {
  await inView(page, "[data-testid=dossier-status][data-status=KO]");
  await inView(page, ".finding-words");
  await inView(page, ".dossier-deadlines > *");
}

it("journey 7: the morning's KO one after the other, each with verdict, cause and deadline in view", async () => {
  for (const by of ["mouse", "keyboard"] as const) {
    const { page, hands } = await home("sandbox&count=80");
    await hands.click(page.getByTestId("count-to_treat"));
    await hands.click(page.getByTestId("dossier-row").first().getByRole("rowheader"));
    await withoutScrolling(page);
    for (let further = 0; further < 4; further++) {
      const before = await page.locator("h1").innerText();
      const next = page.locator("[data-testid=next-dossier]:not([disabled])");
      await next.waitFor();
      await (by === "mouse" ? hands.click(next) : hands.press("j"));
      await page.waitForFunction((former) => document.querySelector("h1")?.innerText !== former, before);
      await withoutScrolling(page);
    }
    expect(hands.clicks + hands.keys).toBeLessThanOrEqual(1 + 5);
    await page.close();
  }
});

it("journey 8: a KO is understood in two clicks, and a decision noted in three more", async () => {
  const { page, hands } = await home();
  await hands.click(newest(page, "KO"));
  await inView(page, ".finding-words");
  expect(hands.clicks).toBeLessThanOrEqual(2);
  const seen = hands.clicks;
  await hands.click(page.getByTestId("open-decision"));
  await hands.click(page.getByTestId("decision-refused"));
  await page.getByTestId("decision-note").fill("Pièce périmée, vue au guichet.");
  await hands.click(page.getByTestId("decide"));
  await page.getByTestId("own-decision").waitFor();
  expect(hands.clicks - seen).toBeLessThanOrEqual(3);
  await page.close();
});

it("journey 8: the same in five keys", async () => {
  const { page, hands } = await home();
  await hands.pick(await newest(page, "KO").innerText());
  await inView(page, ".finding-words");
  await hands.pick("Refusé");
  await page.getByTestId("decision-note").waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-testid") === "decision-note");
  await page.keyboard.type("Pièce périmée.");
  await hands.press("Control+Enter");
  await page.locator("[data-testid=own-decision] [data-decision=refused]").waitFor();
  expect(hands.keys).toBeLessThanOrEqual(5);
  await page.close();
});

it("journey 9: a document is looked at in two clicks or three keys", async () => {
  const mouse = await home();
  await mouse.hands.click(newest(mouse.page, "KO"));
  await mouse.hands.click(mouse.page.getByTestId("tab-documents"));
  await painted(mouse.page);
  expect(mouse.hands.clicks).toBeLessThanOrEqual(2);
  await mouse.page.close();

  const { page, hands } = await home();
  await hands.pick(await newest(page, "KO").innerText());
  await page.getByTestId("tab-documents").waitFor();
  await hands.press("d");
  await page.getByTestId("viewer").waitFor();
  await painted(page);
  expect(hands.keys).toBeLessThanOrEqual(3);
  await page.close();
});

it("journey 10: one evidence pack in two clicks, or two keys from its dossier", async () => {
  const mouse = await home();
  await mouse.hands.click(newest(mouse.page, "KO"));
  await mouse.hands.click(mouse.page.getByTestId("make-pack"));
  await mouse.page.getByTestId("pack-made").waitFor();
  expect(mouse.hands.clicks).toBeLessThanOrEqual(2);
  await mouse.page.close();

  const { page, hands } = await home();
  await newest(page, "KO").click();
  await page.getByTestId("make-pack").waitFor();
  await hands.press("p");
  await page.getByTestId("pack-made").waitFor();
  const destination = 1;
  expect(hands.keys + destination).toBeLessThanOrEqual(2);
  await page.close();
});

it("journey 10: many evidence packs in four clicks", async () => {
  const { page, hands } = await home();
  await hands.click(page.getByTestId("nav-dossiers"));
  await hands.click(page.getByTestId("select-all"));
  await hands.click(page.getByTestId("bulk-pack"));
  await page.getByTestId("pack-made").waitFor();
  expect(hands.clicks).toBeLessThanOrEqual(4);
  await page.close();
});

it("journey 11: an auditor's dossier is found, its proof verified and handed over in six clicks or eight keys", async () => {
  const mouse = await home();
  const reference = await newest(mouse.page, "OK").innerText();
  await mouse.hands.click(mouse.page.getByTestId("nav-dossiers"));
  await mouse.hands.click(mouse.page.getByTestId("search"));
  await mouse.page.keyboard.type(reference);
  await mouse.page.getByTestId("dossier-count").filter({ hasText: /^1\b/ }).waitFor();
  await mouse.hands.click(mouse.page.getByRole("rowheader").filter({ hasText: reference }).first());
  await mouse.hands.click(mouse.page.getByTestId("tab-claim"));
  await mouse.hands.click(mouse.page.getByTestId("judge-claim"));
  await mouse.page.getByTestId("claim-tie").first().waitFor();
  await mouse.hands.click(mouse.page.getByTestId("make-pack"));
  await mouse.page.getByTestId("pack-made").waitFor();
  expect(mouse.hands.clicks).toBeLessThanOrEqual(6);
  await mouse.page.close();

  const { page, hands } = await home();
  await hands.pick(reference);
  await page.getByTestId("tab-claim").waitFor();
  await hands.pick("Onglet Preuve signée");
  await page.getByTestId("judge-claim").waitFor();
  await hands.pick("Vérifier la preuve signée");
  await page.getByTestId("claim-tie").first().waitFor();
  await hands.press("p");
  await page.getByTestId("pack-made").waitFor();
  const destination = 1;
  expect(hands.keys + destination).toBeLessThanOrEqual(8);
  await page.close();
});
