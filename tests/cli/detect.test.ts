import assert from "node:assert/strict";
import { cpSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { detected, jsonOf, summaryOf } from "../../cli/detect/print";
import type { Found } from "../../local/lake/findings";
import { traffic } from "../../local/traffic";
import { plant } from "../../local/traffic/attacks";
import { DEFAULT_LAYOUT, layoutFrom } from "../../schema/layout";
import { ask, runLines } from "../local/lakes";
import { flowlogs, workFolder } from "./flowlogs";

const SCANS = ["horizontal-scan", "vertical-scan"];
const HORIZONTAL = { detections: '{"queries":["horizontal-scan"]}' };
const COUNT = "SELECT detection, count(*) FROM flow_logs_findings GROUP BY 1 ORDER BY 1";
const FROM = Date.UTC(2026, 0, 15) / 1000;

const layout = layoutFrom(["recommended"]);
const planted = plant({ seed: 4, from: FROM, days: 1, attacks: ["scan"] });
const LINES = [...traffic({ seed: 4, lines: 3000, from: FROM, days: 1, layout, attacks: planted })];

const sourceOf = (finding: string): string => JSON.parse(finding).srcaddr;
const hourAfter = (seconds: number) => new Date((seconds + 3600) * 1000).toISOString().slice(0, 13);

describe("flowlogs detect", function () {
  this.timeout(120_000);
  const dir = workFolder();
  const lake = join(dir, "lake");
  let found: Found[];

  /** Returns the command's findings, without the process: the runs that found anything. */
  const detect = async (names: string[], options: object = {}) => {
    const runs = await detected(names, { stack: "dev", lake, ...options });
    return runs.filter(({ findings }) => findings.length > 0);
  };

  before(async () => {
    await runLines(
      {},
      lake,
      LINES.map((text) => ({ text, layout })),
    );
    found = await detect(SCANS);
  });

  it("finds each planted fast scan, in the run after the scan's hour", () => {
    const fast = planted.map(({ truth }) => truth).filter(({ pace }) => pace === "fast");
    assert.ok(fast.length >= 4);
    for (const { query, source, from, to } of fast) {
      const runs = found.filter(
        ({ detection, findings }) =>
          detection === query && findings.some((each) => sourceOf(each) === source),
      );
      assert.ok(runs.length > 0, source);
      for (const { run } of runs)
        assert.ok([hourAfter(from), hourAfter(to)].includes(run), `${source} ${run}`);
    }
  });

  it("fills the table that Athena has, without duplicates when it runs again", async () => {
    const counts = SCANS.map((name) => {
      const findings = found.filter(({ detection }) => detection === name).flatMap((each) => each.findings);
      return [name, String(findings.length)];
    });
    assert.deepEqual(await ask(lake, COUNT), counts);
    await detect(["vertical-scan"]);
    assert.deepEqual(await ask(lake, COUNT), counts);
    const [{ detection, run, findings }] = found;
    const sql = `SELECT json_extract_scalar(finding, '$.srcaddr') FROM flow_logs_findings
      WHERE detection = '${detection}' AND run = '${run}'`;
    assert.deepEqual((await ask(lake, sql)).flat().sort(), findings.map(sourceOf).sort());
  });

  it("reads the same rows in windows of the given hours", async () => {
    const daily = await detect(["horizontal-scan"], { every: 24 });
    assert.deepEqual(
      daily.map(({ run }) => run),
      ["2026-01-16T00"],
    );
    const sources = new Set(daily.flatMap(({ findings }) => findings.map(sourceOf)));
    for (const { detection, findings } of found)
      if (detection === "horizontal-scan")
        for (const finding of findings) assert.ok(sources.has(sourceOf(finding)), finding);
  });

  it("finds the same in a copy, whose files have the time of the copying", async () => {
    const copy = join(dir, "copy");
    cpSync(lake, copy, { recursive: true });
    const scans = found.filter(({ detection }) => detection === "vertical-scan");
    assert.deepEqual(await detect(["vertical-scan"], { lake: copy }), scans);
  });

  it("runs the stack's own detections if none is named", async () => {
    const own = found.filter(({ detection }) => detection === "horizontal-scan");
    assert.deepEqual(await detect([], { config: HORIZONTAL }), own);
    const daily = await detect([], { config: HORIZONTAL, every: 24 });
    assert.deepEqual(
      daily.map(({ run }) => run),
      ["2026-01-16T00"],
    );
  });

  it("finds nothing in a lake without rows, and leaves an empty table of findings", async () => {
    const empty = join(dir, "empty");
    await runLines({ fields: "recommended" }, empty, []);
    assert.deepEqual(await detect(SCANS, { lake: empty }), []);
    assert.deepEqual(await ask(empty, COUNT), []);
  });

  it("leaves nothing half written behind", () => {
    assert.deepEqual(readdirSync(lake).sort(), ["findings", "findings.json", "flow-logs", "table.json"]);
  });

  it("prints the findings as JSON, in the order of the runs", () => {
    const list: { run: string; detection: string; finding: object }[] = JSON.parse(jsonOf(found));
    assert.deepEqual(
      list.map(({ run }) => run),
      list.map(({ run }) => run).sort(),
    );
    assert.deepEqual(
      list.map(({ finding }) => JSON.stringify(finding)).sort(),
      found.flatMap(({ findings }) => findings).sort(),
    );
    assert.deepEqual(JSON.parse(jsonOf([])), []);
  });

  it("also happens in a run whose stack has detections", async () => {
    writeFileSync(join(dir, "attacked.log"), `${LINES.join("\n")}\n`);
    const args = ["run", "attacked.log", "--format", "recommended", "--lake", "watched"];
    const config = ["-c", `detections=${HORIZONTAL.detections}`];
    const { stdout } = await flowlogs(dir, [...args, ...config]);
    const findings = found
      .filter(({ detection }) => detection === "horizontal-scan")
      .flatMap((each) => each.findings);
    assert.match(stdout, new RegExp(`^detect +\\d+ runs, ${findings.length} findings? in the table`, "m"));
    const counts = [["horizontal-scan", String(findings.length)]];
    assert.deepEqual(await ask(join(dir, "watched"), COUNT), counts);
  });

  it("is refused without detections, with an unknown one, and with one whose fields the lines lack", async () => {
    await assert.rejects(detect([]), {
      message:
        "stack dev declares no detections; name some, such as: flowlogs detect horizontal-scan brute-force",
    });
    await assert.rejects(
      detect(["horizontal-scam"]),
      /no saved query "horizontal-scam"; did you mean "horizontal-scan"/,
    );
    const plain = join(dir, "plain");
    const line =
      "2 123456789010 eni-1 10.0.1.5 10.0.0.220 39812 443 6 11 8341 1732244410 1732244469 ACCEPT OK";
    await runLines({}, plain, [{ text: line, layout: DEFAULT_LAYOUT }]);
    await assert.rejects(
      detect(["horizontal-scan"], { lake: plain }),
      /horizontal-scan needs tcp-flags, which the lines in .*plain do not have/,
    );
    await assert.rejects(detect(SCANS, { lake: join(dir, "nowhere") }), /there is no lake in/);
  });

  it("exits with 2 if it is misused", async () => {
    const { code, stdout } = await flowlogs(dir, ["detect", "horizontal-scam", "--lake", "lake"]);
    assert.deepEqual([code, stdout], [2, ""]);
  });

  it("says how many runs there were, and how many found something", () => {
    const runs = [...found, { detection: "a", run: "b", findings: [] }];
    const findings = found.flatMap((each) => each.findings).length;
    const expected = `${runs.length} runs, ${found.length} of them found something: ${findings} findings, in the table flow_logs_findings`;
    assert.equal(summaryOf(runs), expected);
  });
});
