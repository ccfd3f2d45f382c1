import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalAthena } from "../../local/athena";
import { flowlogs, SAMPLES, workFolder } from "./flowlogs";

describe("flowlogs run, by ingestion", () => {
  const dir = workFolder();
  const write = (name: string, content: string | Buffer) => {
    writeFileSync(join(dir, name), content);
    return name;
  };
  const run = async (...args: string[]) => {
    const outcome = await flowlogs(dir, ["run", "--json", ...args]);
    assert.equal(outcome.code, 0, outcome.stderr);
    return JSON.parse(outcome.stdout);
  };
  const ask = async (lake: string, sql: string) => {
    const athena = await LocalAthena.open(join(dir, lake));
    try {
      return (await athena.ask(sql)).rows;
    } finally {
      athena.close();
    }
  };

  it("uses the stack's ingestion, and prints no billed size where Firehose is not billed by rows", async () => {
    for (const way of ["SUBSCRIPTION", "DIRECT"]) {
      const files = readdirSync(SAMPLES).map((name) => join(SAMPLES, name));
      const figures = await run("--lake", way, "-c", `ingestion=${way}`, ...files);
      assert.deepEqual([figures.lines, figures.rows, figures.unparsed], [33, 33, 5]);
      assert.equal(figures.billedBytes, undefined);
      assert.equal(figures.records, way === "DIRECT" ? 33 : figures.records);
    }
  });

  it("with -c fields reads that format: events of another format fail and are kept, unless it is a previous format", async () => {
    write("bare.log", "10.0.0.1 10.0.0.2\n");
    write("old.log", "dstaddr srcaddr\n10.0.0.2 10.0.0.1\n");
    const fixed = ["-c", "fields=srcaddr dstaddr", "bare.log", "old.log"];
    const refused = await flowlogs(dir, ["run", "--lake", "refused", ...fixed]);
    assert.equal(refused.code, 1);
    assert.match(
      refused.stderr,
      /bare\.log: the stack's format \(it has no header, and no --format was given\)/,
    );
    assert.match(
      refused.stderr,
      /1 event failed in the ETL \(.* previousFields .*\); they are kept under refused\/aws\//,
    );
    await run("--lake", "known", "-c", 'previousFields=[["dstaddr","srcaddr"]]', ...fixed);
    assert.deepEqual(await ask("known", "SELECT DISTINCT srcaddr, dstaddr FROM flow_logs"), [
      ["10.0.0.1", "10.0.0.2"],
    ]);
  });
});
