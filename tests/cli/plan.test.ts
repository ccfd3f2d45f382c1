import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { flowlogs, workFolder } from "./flowlogs";

describe("flowlogs plan", () => {
  const dir = workFolder();

  it("prints every resource with type, name, parent and inputs, for either stack", async () => {
    for (const stack of ["dev", "prod"]) {
      const { code, stdout } = await flowlogs(dir, ["plan", "--stack", stack, "--json"]);
      assert.equal(code, 0);
      const resources: { type: string; name: string; parent: string; inputs: object }[] = JSON.parse(stdout);
      assert.equal(resources[0].type, "flow-log-analytics:index:FlowLogAnalytics");
      assert.ok(resources.slice(1).every((r) => r.parent === "flows" && Object.keys(r.inputs).length > 0));
    }
  });

  it("warns on standard error that alarms reach nobody if the stack names no topic", async () => {
    const warning =
      "warning: alarms reach nobody, since alarmTopic is not set: name an SNS topic, or look at the dashboard yourself\n";
    for (const args of [[], ["--policy"]]) {
      const { code, stdout, stderr } = await flowlogs(dir, ["plan", "--stack", "prod", ...args]);
      assert.equal(code, 0);
      assert.ok(stderr.startsWith(warning), stderr);
      assert.ok(!stdout.includes("nobody"));
    }
  });

  it("writes the archive: one file under 80 kB, the same bytes twice, no path of the machine", async () => {
    for (const archive of ["a", "b"])
      assert.equal((await flowlogs(dir, ["plan", "--archive", archive])).code, 0);
    assert.deepEqual(readdirSync(join(dir, "a"), { recursive: true }), ["__index.js"]);
    assert.ok(statSync(join(dir, "a/__index.js")).size < 80_000);
    const [a, b] = ["a", "b"].map((archive) => readFileSync(join(dir, archive, "__index.js"), "utf8"));
    assert.equal(a, b);
    for (const path of [process.cwd(), dir, "node_modules"]) assert.ok(!a.includes(path), path);
  });
});

describe("flowlogs plan, of detections", () => {
  const dir = workFolder();
  const queries = ["horizontal-scan", "exfiltration"];
  const topic = "arn:aws:sns:us-east-1:123456789012:security";
  const detections = `detections=${JSON.stringify({ queries, topic })}`;
  const plan = async (...args: string[]) => {
    // Without topics there would be warnings of that, too.
    const heard = ["-c", detections, "-c", "alarmTopic=arn:aws:sns:us-east-1:123456789012:alarms"];
    const { code, stderr } = await flowlogs(dir, ["plan", "--stack", "prod", ...heard, ...args]);
    assert.equal(code, 0, stderr);
    return stderr.trimEnd().split("\n");
  };

  it("prints to standard error, a line for each, what it reads and costs, and where the scan limit stops it", async () => {
    const lines = await plan("--json");
    assert.equal(lines.length, 3);
    assert.equal(
      lines[2],
      "25 alarms on 26 metrics and the dashboard: 5.60 USD a month in us-east-1, before AWS's free tier",
    );
    for (const [i, often] of ["horizontal-scan: every hour", "exfiltration: every 24 hours"].entries())
      assert.match(
        lines[i],
        new RegExp(
          `^${often} it reads [\\d.]+ GiB, about \\d+\\.\\d\\d USD a month, if the lake grows by 1 GiB of Parquet a day; bytesScannedCutoffPerQuery stops it above \\d+ GiB a day$`,
        ),
      );
  });

  it("warns of a detection that the scan limit stops at the given volume, and suggests a higher limit", async () => {
    const warnings = (lines: string[]) => lines.filter((line) => line.startsWith("warning:"));
    const large = warnings(await plan("--gib-per-day", "40"));
    const [, name, enough] =
      /^warning: (\S+) would find nothing, .* at 100 GiB; (\d+) would let it run$/.exec(large[0]) ?? [];
    assert.deepEqual([large.length, name], [1, "exfiltration"]);
    const raised = await plan("--gib-per-day", "40", "-c", `bytesScannedCutoffPerQuery=${enough}`);
    assert.deepEqual(warnings(raised), []);
  });

  it("takes a volume above 0, and not with --policy", async () => {
    for (const args of [
      ["--gib-per-day", "0"],
      ["--gib-per-day", "-1"],
      ["--gib-per-day", "1", "--policy"],
    ])
      assert.equal((await flowlogs(dir, ["plan", ...args])).code, 2, args.join(" "));
  });
});
