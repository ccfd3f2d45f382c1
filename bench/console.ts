import { type Running, startConsole } from "../console/server";
import { openBrowser, openPage } from "../tests/console/browser";

/**
 * How long the console's overview takes over a lake, in a real browser:
 *
 *   npm run bench:console -- lake
 *
 * Prints when the page was first painted, and when each panel stood in it, at the first visit and at the second.
 */

/** Milliseconds from the request until the browser had painted, and until each panel was there. */
interface Visit {
  paint: number;
  panels: Record<string, number>;
}

/** Notes in the page when each panel appears, before any script of the page runs. */
const WATCH = `
  window.seen = {};
  new MutationObserver(() => {
    for (const panel of document.querySelectorAll("main > [id]")) seen[panel.id] ??= performance.now();
  }).observe(document, { childList: true, subtree: true });
`;

const visit = async (running: Running, path: string): Promise<Visit> => {
  const browser = await openBrowser();
  const { page } = await openPage(
    browser,
    new URL("/queries", running.url).href + new URL(running.url).search,
  );
  await page.addInitScript(WATCH);
  await page.goto(new URL(path, running.url).href);
  const found = await page.evaluate(() => {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    return {
      paint: paint.startTime,
      panels: (globalThis as unknown as { seen: Record<string, number> }).seen,
    };
  });
  await browser.close();
  return found;
};

const print = (name: string, { paint, panels }: Visit) => {
  const times = Object.entries(panels).map(
    ([id, ms]) => `  ${id.padEnd(18)}${Math.round(ms).toLocaleString("en").padStart(8)} ms\n`,
  );
  process.stdout.write(
    `${name}\n  ${"first paint".padEnd(18)}${Math.round(paint).toLocaleString("en").padStart(8)} ms\n${times.join("")}`,
  );
};

const main = async () => {
  const dir = process.argv[2] ?? "lake";
  const began = performance.now();
  const running = await startConsole({ dir, port: 0 });
  process.stdout.write(`start             ${Math.round(performance.now() - began)} ms\n`);
  print("first visit", await visit(running, "/"));
  print("second visit", await visit(running, "/"));
  print("with a filter", await visit(running, "/?is=port:443"));
  await running.close();
};

void main();
