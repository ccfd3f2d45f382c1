import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { type Running, startConsole } from "../../console/server";
import { flowlogs, workFolder } from "../cli/flowlogs";
import { openBrowser, openPage } from "./browser";

/** The page's document, in functions that run there. */
declare const document: { querySelector(selector: string): { textContent: string } | null };

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Runs in the page: the faults of accessibility that axe calls serious or critical, with the element of each. */
const SERIOUS = `axe.run().then(({ violations }) => violations
  .filter(({ impact }) => impact === "serious" || impact === "critical")
  .map(({ id, nodes }) => id + ": " + nodes[0].html))`;

/** Texts with markup, escape sequences or formulas, as lines that fit no format. */
const HOSTILE = [
  `<script>document.title="owned"</script>`,
  `"><img src=x onerror=document.title="owned">`,
  "\u202egnirts",
  "=HYPERLINK(1)",
  "\u001b[31mred",
];

/** The path and the query of a page's address. */
const placeOf = (page: Page) => page.url().replace(/^http:\/\/[^/]+/, "");

describe("the console's pages, in a browser", function () {
  this.timeout(240_000);
  const dir = workFolder();
  const lake = join(dir, "lake");
  let running: Running;
  let browser: Browser;

  before(async () => {
    const { stdout } = await flowlogs(dir, ["traffic", "--lines", "20000"]);
    writeFileSync(join(dir, "flows.log"), `${stdout}${HOSTILE.join("\n")}\n`);
    await flowlogs(dir, ["run", "flows.log"]);
    running = await startConsole({ dir: lake, port: 0 });
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await running?.close();
  });

  const at = (path: string) => new URL(path, running.url).href;
  const open = async (path: string, options = {}) => {
    const opened = await openPage(browser, running.url, options);
    if (path !== "/") await opened.page.goto(at(path));
    return opened;
  };
  const csvOf = async (args: string[]) => (await flowlogs(dir, ["query", ...args, "--csv"])).stdout;
  const cells = (page: Page, selector: string) => page.locator(selector).allInnerTexts();

  it("shows on the overview the saved query's senders, in its order and with its bytes", async () => {
    const { page, errors } = await open("/");
    const names = await cells(page, "#top-source tbody th .subject > a:first-child");
    const bytes = await page
      .locator("#top-source tbody td:nth-child(2)")
      .evaluateAll((all) => all.map((cell) => cell.getAttribute("title")));
    const rows = (await csvOf(["top-talkers"]))
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
    assert.deepEqual(
      names,
      rows.map(([name]) => name),
    );
    assert.deepEqual(
      bytes,
      rows.map(([, sum]) => `${Number(sum).toLocaleString("en")} bytes`),
    );
    assert.deepEqual(errors, []);
  });

  it("shows as many rejected flows as SQL counts", async () => {
    const { page } = await open("/");
    const sql = "SELECT count(*) FROM flow_logs WHERE action = 'REJECT'";
    const [, count] = (await csvOf(["--sql", sql])).trim().split("\n");
    assert.equal(
      await page.locator("#figures div", { hasText: "rejected" }).locator("dd").innerText(),
      Number(count).toLocaleString("en"),
    );
  });

  it("opens a narrower window after a drag over a chart, and goes back", async () => {
    const { page } = await open("/");
    const before = placeOf(page);
    const box = await page.locator("#bits-chart").boundingBox();
    assert.ok(box);
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.5, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.7, y, { steps: 4 });
    await Promise.all([page.waitForURL(/from=/), page.mouse.up()]);
    const query = new URL(page.url()).searchParams;
    const hours = (Number(query.get("to")) - Number(query.get("from"))) / 3600;
    assert.ok(hours > 3 && hours < 8, `${hours} hours`);
    await page.goBack();
    assert.equal(placeOf(page), before);
  });

  it("leads from a sender to its page and adds a filter to every page", async () => {
    const { page, errors } = await open("/");
    const name = (await cells(page, "#top-source tbody th .subject > a:first-child"))[0];
    await page.locator("#top-source tbody th .subject > a").first().click();
    await page.waitForURL(/\/address\//);
    assert.match(await page.locator("h1").innerText(), new RegExp(`address ${name.replaceAll(".", "[.]")}`));
    await page.locator("#top-port .narrow a").first().click();
    await page.waitForURL(/is=port/);
    assert.equal(await page.locator(".chip").count(), 1);
    await page.getByRole("link", { name: "Overview" }).click();
    assert.match(page.url(), /is=port/);
    assert.deepEqual(errors, []);
  });

  it("runs a saved query from its form, and downloads the same CSV as the command prints", async () => {
    const { page, errors } = await open("/queries/top-talkers");
    await page.getByLabel(/^rows/).fill("3");
    await page.getByRole("button", { name: "Ask" }).click();
    await page.waitForURL(/p-rows=3/);
    assert.equal(await page.locator("table.answer tbody tr").count(), 3);
    const href = await page.getByRole("link", { name: "CSV" }).getAttribute("href");
    const csv = await (await page.context().request.get(at(String(href)))).text();
    const window = new URL(at(String(href))).searchParams;
    assert.equal(window.get("p-rows"), "3");
    assert.equal(csv, await csvOf(["top-talkers", "-p", "rows=3"]));
    assert.deepEqual(errors, []);
  });

  it("shows hostile text as text, in every form", async () => {
    const { page, errors } = await open("/queries/unparsed-lines");
    const shown = await page.locator("table.answer").innerText();
    for (const text of [
      "<script>document",
      "onerror=document",
      "\\u202egnirts",
      "=HYPERLINK(1)",
      "\\u001b[31mred",
    ])
      assert.ok(shown.includes(text), text);
    await page.goto(at("/"));
    const unparsed = page.locator("#health tr", { hasText: "unparsed" }).locator("td.n");
    assert.equal(await unparsed.innerText(), String(HOSTILE.length));
    await page.goto(at(`/address/${encodeURIComponent(HOSTILE[1])}`));
    assert.ok((await page.locator("h1").innerText()).includes(HOSTILE[1]));
    assert.notEqual(await page.title(), "owned");
    assert.deepEqual(errors, []);
  });

  it("runs SQL in its editor, sorts 100,000 rows, and marks an error where it is", async () => {
    const { page, errors } = await open(
      `/sql?q=${encodeURIComponent("SELECT n, n % 7 AS m FROM UNNEST(sequence(1, 120000)) AS t (n)")}`,
    );
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector("#state:has-text('100,000 rows, and more')");
    await page.getByRole("button", { name: "n", exact: true }).click();
    await page.waitForSelector(".grid tbody tr:nth-child(2) td:first-child:text-is('100,000')");
    assert.ok((await page.locator(".grid tbody tr").count()) < 200);
    await page.goto(at(`/sql?q=${encodeURIComponent("SELECT srcaddr,\n  nonsense\nFROM flow_logs")}`));
    await page.getByRole("button", { name: "Run" }).click();
    await page.waitForSelector(".cm-lintRange-error, .cm-lintPoint-error");
    assert.match(await page.locator(".failed").innerText(), /nonsense/);
    assert.deepEqual(errors, []);
  });

  it("stops SQL that runs", async () => {
    const endless =
      "SELECT count(*) FROM UNNEST(sequence(1, 100000)) AS a (x) CROSS JOIN UNNEST(sequence(1, 10000000)) AS b (y) WHERE x * y % 7 = 3";
    const { page } = await open(`/sql?q=${encodeURIComponent(endless)}`);
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    assert.equal(await page.locator(".failed").innerText(), "stopped, as you asked");
    const id = "later";
    const asked = page.context().request.post(at("/sql/run"), { form: { sql: endless, id } });
    // The server may not have it yet.
    for (let stopped = false; !stopped; )
      ({ stopped } = await (await page.context().request.post(at("/sql/stop"), { form: { id } })).json());
    assert.match(await (await asked).text(), /"error":"stopped, as you asked"/);
  });

  it("shows new data without a reload", async () => {
    const { page } = await open("/");
    const lines = () => page.locator("#health td.n").first().innerText();
    const before = await lines();
    const { stdout } = await flowlogs(dir, ["traffic", "--lines", "500", "--seed", "7"]);
    writeFileSync(join(dir, "more.log"), stdout);
    await flowlogs(dir, ["run", "more.log"]);
    await page.waitForFunction((old) => document.querySelector("#health td.n")?.textContent !== old, before);
    assert.equal(Number((await lines()).replaceAll(",", "")), Number(before.replaceAll(",", "")) + 500);
  });

  for (const colorScheme of ["light", "dark"] as const)
    for (const width of [1280, 390])
      it(`has no serious fault of accessibility on any page, ${colorScheme}, ${width} pixels wide`, async () => {
        const { page, errors } = await open("/", { colorScheme, viewport: { width, height: 900 } });
        for (const path of [
          "/",
          "/address/10.0.46.203",
          "/queries",
          "/queries/top-talkers",
          "/sql",
          "/nowhere",
        ]) {
          await page.goto(at(path));
          await page.evaluate(AXE);
          const found = await page.evaluate(SERIOUS);
          assert.deepEqual(found, [], path);
          const wide = await page.evaluate<number>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth",
          );
          assert.ok(wide <= 0, `${path} is ${wide} pixels too wide`);
        }
        assert.deepEqual(
          errors.filter((error) => !error.includes("404")),
          [],
        );
      });
});
