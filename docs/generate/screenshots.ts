import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startConsole } from "../../console/server";
import { openBrowser, openPage } from "../../tests/console/browser";

/** The page's document, in functions that run there. */
declare const document: { querySelectorAll(selector: string): Iterable<{ textContent: string }> };

const ROOT = join(__dirname, "../..");
const FOLDER = join(ROOT, "docs/images");

type Look = "light" | "dark";

/** A picture's name, the page's address, its size and its colours. */
const PICTURES: [name: string, path: string, width: number, height: number, look: Look][] = [
  ["console", "/", 1280, 1500, "light"],
  ["console-dark", "/", 1280, 1500, "dark"],
  ["console-address", "/address/10.0.88.61?last=6h", 1280, 1800, "light"],
  ["console-query", "/queries/horizontal-scan", 1280, 800, "light"],
  ["console-sql", "/sql", 1280, 700, "dark"],
  ["console-narrow", "/", 390, 1600, "light"],
];

/** Takes the pictures of docs/ from a made-up day with attacks. */
const main = async () => {
  const dir = mkdtempSync(join(tmpdir(), "flowlogs-pictures-"));
  const flowlogs = (args: string[], input?: string) =>
    execFileSync(process.execPath, [join(ROOT, "cli/flowlogs.js"), ...args], {
      cwd: dir,
      input,
      maxBuffer: 1e9,
      stdio: ["pipe", "pipe", "ignore"],
    });
  const lines = flowlogs([
    "traffic",
    "--days",
    "2",
    "--lines",
    "300000",
    "--attacks",
    "scan,bruteforce,beacon,exfil",
  ]);
  flowlogs(["run", "-", "--lake", "lake"], lines.toString());
  process.chdir(dir);
  const running = await startConsole({ dir: "lake", port: 0 });
  const browser = await openBrowser();
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, path, width, height, colorScheme] of PICTURES) {
    const { page } = await openPage(browser, running.url, { colorScheme, viewport: { width, height } });
    await page.goto(new URL(path, running.url).href);
    if (path === "/sql") {
      await page.getByRole("button", { name: "Run" }).click();
      await page.waitForSelector("#state:has-text(' ms')");
    }
    await page.waitForFunction(() =>
      [...document.querySelectorAll(".findings output")].every(({ textContent }) => textContent !== ""),
    );
    await page.screenshot({ path: join(FOLDER, `${name}.png`) });
    await page.context().close();
  }
  await browser.close();
  await running.close();
  rmSync(dir, { recursive: true });
};

void main();
