// One Firefox for the tests, over WebDriver BiDi: a line of JSON asks, a line of JSON answers.
import { createInterface } from "node:readline";
import puppeteer from "puppeteer-core";

const [executablePath] = process.argv.slice(2);
const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
let window, page;

const answers = {
  version: () => browser.version(),
  // A window of its own, and so with nothing remembered.
  async tab({ width, height }) {
    await window?.close();
    window = await browser.createBrowserContext();
    page = await window.newPage();
    await page.setViewport({ width, height });
  },
  open: async ({ address }) => void (await page.goto(address)),
  run: ({ script, given }) => page.evaluate(`(${script})(...${JSON.stringify(given)})`),
  press: ({ key }) => page.keyboard.press(key),
  async drag({ kind, way: [[x, y], ...others] }) {
    if (kind === "touch") {
      const finger = await page.touchscreen.touchStart(x, y);
      for (const at of others) await finger.move(...at);
      return finger.end();
    }
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (const at of others) await page.mouse.move(...at);
    await page.mouse.up();
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { ask, ...words } = JSON.parse(line);
  let said;
  try {
    said = { value: (await answers[ask](words)) ?? null };
  } catch (error) {
    said = { error: String(error) };
  }
  console.log(JSON.stringify(said));
}
await browser.close();
