import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { flowlogs, SAMPLES, workFolder } from "./flowlogs";

const sample = (name: string) => readFileSync(join(SAMPLES, name));

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

  it("says on stderr that alarms reach nobody where the stack names no topic", async () => {
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

  it("says what each reads and costs, and where the scan limit stops it, a line each on standard error", async () => {
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

  it("warns of one that the limit stops at the volume that is said, with a limit that would not", async () => {
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

describe("flowlogs parse", () => {
  const dir = workFolder();

  it("prints one object a line, with full column names, and NULL left out", async () => {
    const { code, stdout } = await flowlogs(dir, ["parse"], sample("default-v2.log"));
    assert.equal(code, 0);
    const rows = stdout
      .trimEnd()
      .split("\n")
      .map((row) => JSON.parse(row));
    assert.equal(rows.length, 9);
    assert.equal(rows[0].interface_id, "eni-1235b8ca123456789");
    assert.equal(rows[2].srcport, 0);
    assert.ok(!("srcaddr" in rows[5]));
    assert.match(stdout, /"packets":9007199254740993/);
  });

  it("says on standard error which format it took and how many lines did not fit, and ends with 1 if most did not", async () => {
    const good = await flowlogs(dir, ["parse", join(SAMPLES, "default-v2.log")]);
    assert.deepEqual(
      [good.code, good.stderr],
      [
        0,
        `${join(SAMPLES, "default-v2.log")}: AWS's default format (it has no header, and no --format was given)\n`,
      ],
    );
    const some = await flowlogs(
      dir,
      ["parse"],
      Buffer.concat([sample("default-v2.log"), Buffer.from("odd\n")]),
    );
    assert.equal(some.code, 0);
    assert.match(some.stderr, /^standard input: 1 of 10 lines do not fit$/m);
    const most = await flowlogs(dir, ["parse", "--format", "srcaddr dstaddr"], sample("default-v2.log"));
    assert.equal(most.code, 1);
    assert.equal(most.stdout.split("\n").length, 10);
    assert.match(most.stderr, /^standard input: the format of --format$/m);
    assert.match(
      most.stderr,
      /^standard input: 9 of 9 lines do not fit; they fit the preset default, 14 values a line: --format default$/m,
    );
    const none = await flowlogs(dir, ["parse"], "");
    assert.deepEqual([none.code, none.stdout, none.stderr], [0, "", "standard input: no line is in it\n"]);
  });

  it("takes a format in EC2's form, and a file's header", async () => {
    const { stdout } = await flowlogs(dir, ["parse", "--format", `\${bytes} \${srcaddr}`], "7 10.0.0.1\n");
    assert.deepEqual(JSON.parse(stdout), { bytes: 7, srcaddr: "10.0.0.1" });
    const headed = await flowlogs(dir, ["parse", join(SAMPLES, "custom-v3-header.log")]);
    assert.equal(JSON.parse(headed.stdout.split("\n")[0]).tcp_flags, 2);
  });
});

describe("flowlogs query", () => {
  const dir = workFolder();
  const query = (...args: string[]) => flowlogs(dir, ["query", ...args]);
  before(() => flowlogs(dir, ["run", join(SAMPLES, "default-v2.log")]));

  it("answers a saved query as CSV and as JSON", async () => {
    const csv = await query("top-talkers", "--csv", "-p", "rows=1");
    assert.equal(
      csv.stdout,
      "srcaddr,bytes,packets,flows,peers\n10.0.3.7,18446751833,9007199254741005,2,1\n",
    );
    const json = await query("rejected-by-port", "--all", "--json");
    assert.deepEqual(JSON.parse(json.stdout), [
      { dstport: 0, protocol: 1, flows: 1, packets: 4, sources: 1 },
      { dstport: 3389, protocol: 6, flows: 1, packets: 20, sources: 1 },
    ]);
  });

  it("quotes what CSV must quote", async () => {
    const { stdout } = await query(
      "--csv",
      "--sql",
      `SELECT 'a,"b"' AS x, NULL AS y, 'c' || chr(10) || 'd' AS z`,
    );
    assert.equal(stdout, 'x,y,z\n"a,""b""",,"c\nd"\n');
  });

  it("runs any SELECT, also from standard input", async () => {
    const { stdout } = await flowlogs(
      dir,
      ["query", "--json", "--sql", "-"],
      "SELECT count(*) AS n FROM flow_logs",
    );
    assert.deepEqual(JSON.parse(stdout), [{ n: 9 }]);
  });

  it("takes a value as a value, whatever it says", async () => {
    const { code, stdout } = await query("flows-of-address", "--csv", "-p", "address=' OR 1 = 1 --");
    assert.equal(code, 0);
    assert.equal(stdout.trimEnd().split("\n").length, 1);
  });

  it("asks only the hours before the newest flow, if told so", async () => {
    const { stdout } = await query("top-talkers", "--hours", "1", "--csv");
    assert.equal(stdout.trimEnd().split("\n").length, 2);
  });

  const misused: Record<string, [args: string[], message: RegExp]> = {
    "a misspelt query": [
      ["top-talker"],
      /there is no saved query "top-talker"; did you mean "top-talkers"\?/,
    ],
    "no query": [[], /name one saved query, or give --sql/],
    "an unknown parameter": [
      ["top-talkers", "-p", "row=1"],
      /has no parameter "row"; it has from, to, late, rows/,
    ],
    "two forms at once": [["top-talkers", "--csv", "--json"], /choose --csv or --json/],
    "hours that are no number": [
      ["top-talkers", "--hours", "x"],
      /Give a whole number of 1 or more instead of "x"/,
    ],
  };
  for (const [what, [args, message]] of Object.entries(misused)) {
    it(`ends with 2 for ${what}`, async () => {
      const { code, stderr } = await query(...args);
      assert.equal(code, 2);
      assert.match(stderr, message);
    });
  }

  it("reads nothing but the lake, and writes nothing outside it", async () => {
    const outside = join(dir, "outside.csv");
    for (const sql of [`SELECT * FROM read_csv('${__filename}')`, `COPY (SELECT 1) TO '${outside}'`]) {
      const { code, stderr } = await query("--sql", sql);
      assert.equal(code, 1);
      assert.match(stderr, /^flowlogs: Permission Error/);
    }
    assert.ok(!existsSync(outside));
  });

  it("ends with 1 where there is no lake, and says how to make one", async () => {
    const { code, stderr } = await query("top-talkers", "--lake", "none");
    assert.equal(code, 1);
    assert.equal(stderr, "flowlogs: there is no lake in none; make one with: flowlogs run --lake none\n");
  });
});

describe("flowlogs", () => {
  const dir = workFolder();

  it("lists the fields, as a table and as JSON", async () => {
    const table = await flowlogs(dir, ["fields"]);
    assert.equal(table.stdout.trimEnd().split("\n").length, 2 + 54);
    assert.equal(JSON.parse((await flowlogs(dir, ["fields", "--json"])).stdout).length, 54);
  });

  it("shows two examples first in the help of every command", async () => {
    for (const command of ["run", "plan", "parse", "query", "traffic", "fields"]) {
      const { code, stdout } = await flowlogs(dir, [command, "--help"]);
      assert.equal(code, 0);
      assert.match(stdout, /^Examples:\n {2}flowlogs .*\n {2}flowlogs .*\n/);
    }
  });

  it("ends with 2 for a command that it does not have", async () => {
    const { code, stderr } = await flowlogs(dir, ["qurey"]);
    assert.equal(code, 2);
    assert.match(stderr, /unknown command 'qurey'\n\(Did you mean query\?\)/);
  });
});
