// The customer of a journey: goes through the enrollment page in a real browser, as a person would.
// Reads one JSON object on standard input, prints one on standard output.
//
// In:  {browser, link, lang: "fr"|"en", files: {recto, verso, selfie?, supporting?}, outcome: "OK"|"KO"|"FAILED"|"LEAVE",
//       causes: [code], viewport: "phone"|"desktop", profile, screenshots?, name?}
// Out: {finalUrl, steps: [sentence]}

import { chromium, devices } from "playwright-core";

const wish = JSON.parse(await text(process.stdin));
const steps = [];
const browser = await chromium.launchPersistentContext(wish.profile, {
  executablePath: wish.browser,
  headless: true,
  args: [
    // The journeys run as root, and on a machine with no way out.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
  locale: wish.lang === "en" ? "en-GB" : "fr-FR",
  ...(wish.viewport === "phone" ? phone() : { viewport: { width: 1280, height: 900 } }),
});

try {
  const page = browser.pages()[0] ?? (await browser.newPage());
  page.setDefaultTimeout(30_000);
  await page.goto(wish.link);
  await page.click(`[data-lang=${wish.lang}]`);
  await look("consent");
  await page.check("#consent");
  await page.click("#begin");
  steps.push("consented");

  for (const [name, file] of Object.entries(wish.files)) {
    await page.setInputFiles(`input[type=file][name=${name}]`, file);
    await received(name, file);
    steps.push(`gave ${name}`);
  }
  await look("documents");

  await page.check(`input[name=outcome][value=${wish.outcome}]`);
  for (const code of wish.causes ?? []) {
    await page.check(`input[name=cause][value=${code}]`);
  }
  await look("outcome");
  const link = page.url();
  await page.click("#finish");
  if (wish.outcome === "LEAVE") {
    await page.locator("#closed").waitFor();
  } else {
    // The desk's own return page, or whatever the dossier asked for.
    await page.waitForURL((address) => address.href !== link && !address.pathname.endsWith("/process_ui/index.html"));
  }
  steps.push(`finished with ${wish.outcome}`);
  await look("end");
  process.stdout.write(`${JSON.stringify({ finalUrl: page.url(), steps })}\n`);

  async function look(moment) {
    if (wish.screenshots) {
      await page.screenshot({ path: `${wish.screenshots}/${wish.name ?? "customer"}-${moment}.png`, fullPage: true });
    }
  }

  // The page says the name of what it received: only then is the file at ID360's.
  async function received(name, file) {
    const said = file.split("/").at(-1);
    await page
      .locator(`.slot[data-name=${name}] .received`)
      .filter({ hasText: said })
      .waitFor();
  }
} finally {
  await browser.close();
}

function phone() {
  const { viewport, userAgent, deviceScaleFactor, isMobile, hasTouch } = devices["Pixel 7"];
  return { viewport, userAgent, deviceScaleFactor, isMobile, hasTouch };
}

async function text(stream) {
  let all = "";
  for await (const part of stream) {
    all += part;
  }
  return all;
}
