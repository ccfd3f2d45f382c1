import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from "playwright-core";

/** Arguments of the packaged browser that are left out: they would turn off features under test, or share one process between pages. */
const UNWANTED = /single-process|web-security|insecure-content|zygote|site-isolation|^--headless/;

/** A browser for tests: Chrome where the platform has no packaged Chromium. */
export const openBrowser = async (): Promise<Browser> => {
  if (process.platform !== "linux") return playwright.launch({ channel: "chrome" });
  const args = chromium.args.filter((arg) => !UNWANTED.test(arg));
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [...args, "--headless=shell"],
  });
};

/** Opens a page with the console's cookie, and collects the errors that it reports. */
export const openPage = async (
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; errors: string[] }> => {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    timezoneId: "UTC",
    ...options,
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(url);
  return { page, errors };
};
