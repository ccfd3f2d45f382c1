import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");
const COMMAND = ["-r", "ts-node/register/transpile-only", join(ROOT, "bench/detections/capture.ts")];

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

const bench = (...args: string[]) =>
  new Promise<Outcome>((resolve) => {
    execFile(process.execPath, [...COMMAND, ...args], { cwd: ROOT }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });

const START = 1_768_478_400;
const HEAD =
  "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tduration\tconn_state\thistory\torig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\tlabel\tdetailed-label";

/** A connection attempt that nobody answers. */
const attempt = (at: number, from: string, to: string, port: number, label = "Benign\t-") =>
  [START + at, "C", from, 40_000 + at, to, port, "tcp", "-", "S0", "S", 3, 180, 0, 0, label].join("\t");

/** A labelled scan of 12 hosts, an unlabelled scan of 12 others, too few calls for a beacon, and a flood. */
const CAPTURE = [
  HEAD,
  ...Array.from({ length: 12 }, (_, n) =>
    attempt(n, "10.1.0.5", `10.1.1.${n + 1}`, 23, "Malicious\tPartOfAHorizontalPortScan"),
  ),
  ...Array.from({ length: 12 }, (_, n) => attempt(n, "203.0.113.9", `10.1.2.${n + 1}`, 22)),
  attempt(20, "10.1.0.6", "203.0.113.8", 443, "Malicious\tC&C"),
  attempt(21, "10.1.0.7", "203.0.113.8", 80, "Malicious\tDDoS"),
  attempt(22, "198.51.100.1", "203.0.113.8", 80),
].join("\n");

describe("captures: npm run bench:detections", () => {
  const folder = mkdtempSync(join(tmpdir(), "bench-detections-"));
  after(() => rmSync(folder, { recursive: true }));
  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  it("prints for each query the attacks that it found and missed, and the unlabelled hosts that it named", async () => {
    const { code, stdout, stderr } = await bench("--capture", file("conn.log", CAPTURE), "--json");
    assert.equal(code, 0, stderr);
    const all = JSON.parse(stdout);
    assert.deepEqual([all.form, all.connections, all.outside, all.labels], ["Zeek conn.log", 27, 1, 3]);
    // Each interface logs a line: two for a scan inside the network, one for a scan across its edge.
    assert.equal(all.lines, 12 * 2 + 12 + 2);
    assert.deepEqual(all.unlookedFor, { DDoS: 1 });
    const of = (name: string) => all.verdicts.find(({ query }: { query: string }) => query === name);
    const scan = of("horizontal-scan");
    assert.deepEqual([scan.labelled, scan.found.length, scan.missed.length, scan.rows], [1, 1, 0, 2]);
    assert.deepEqual(
      scan.falseAlarms.map(({ caller }: { caller: string }) => caller),
      ["203.0.113.9"],
    );
    assert.deepEqual([of("beaconing").missed[0].attacker, of("beaconing").found], ["10.1.0.6", []]);
    assert.equal(of("exfiltration").days, 0);
  });

  it("takes labels from a file, blocks that are inside and values of parameters, and prints a table", async () => {
    const labels = file(
      "labels.csv",
      "attacker,kind,victim\n203.0.113.9,horizontal-scan,\n10.1.0.6,other,\n",
    );
    const set = ["--inside", "198.51.100.0/24", "--set", "horizontal-scan.targets=13"];
    const { code, stdout } = await bench("--capture", file("conn.log", CAPTURE), "--labels", labels, ...set);
    assert.equal(code, 0);
    assert.match(stdout, /^horizontal-scan +1 +1 +0 +1 +0 +0$/m);
    assert.match(stdout, /^new-talkers +none before +0 +- +- +- +-$/m);
    assert.match(stdout, /missed by horizontal-scan\n {2}203\.0\.113\.9, horizontal-scan\n/);
    assert.match(stdout, /39 lines of 28 hosts inside/);
    assert.doesNotMatch(stdout, /not seen/);
  });

  it("plants attacks from hosts of a background, uses its earlier days as their history, and judges the detections by them", async () => {
    const background = file(
      "conn.log",
      CAPTURE.replaceAll("10.1.1.", "198.18.1.").replaceAll("10.1.2.", "198.18.2."),
    );
    const { code, stdout, stderr } = await bench("--background", background, "--repeat", "2", "--seed", "1");
    assert.equal(code, 0, stderr);
    assert.match(
      stdout,
      /^background .*conn\.log: 28 connections, the same on each of 2 days, 3 hosts inside$/m,
    );
    const [, planted, found] = /^\| exfiltration \| (\d+) \| (\d+) \|/m.exec(stdout) ?? assert.fail(stdout);
    assert.ok(Number(planted) > 0 && Number(found) > 0, stdout);
    // An attack in the background itself was not planted.
    assert.match(stdout, /^\| horizontal-scan \| \d+ \| \d+ \| \d+ \| \S+ \| 1 \|$/m);
  });

  it("ends with 1 and one sentence if the capture or its labels cannot be read, or no address is inside", async () => {
    const outside = file("outside.log", `${HEAD}\n${attempt(1, "198.51.100.1", "203.0.113.8", 80)}\n`);
    const bad = file("bad.csv", "attacker,kind\nhost,scan\n");
    const cases: [string[], RegExp][] = [
      [
        ["--capture", join(folder, "absent.log")],
        /^bench: cannot read .*absent\.log: there is no such file\n$/,
      ],
      [
        ["--capture", outside, "--labels", bad],
        /^bench: .*bad\.csv, line 2, column attacker: "host" is no IPv4 or IPv6 address\n$/,
      ],
      [
        ["--capture", outside],
        /^bench: .*none of its 1 connections has an end that is inside; name the network.*--inside 147\.32\.0\.0\/16\n$/,
      ],
    ];
    const outcomes = await Promise.all(cases.map(([args]) => bench(...args)));
    for (const [n, { code, stderr, stdout }] of outcomes.entries()) {
      assert.match(stderr, cases[n][1]);
      assert.deepEqual([code, stdout], [1, ""]);
    }
  });

  it("ends with 2 for wrong arguments", async () => {
    const cases: [string[], RegExp][] = [
      [[], /give one of --capture, .* and --background/],
      [["--capture", "x", "--background", "x"], /give one of --capture, .* and --background/],
      [["--background", "x", "--repeat", "0"], /Give a whole number from 1 to 31 instead of "0"/],
      [["--capture", "x", "--window", "30"], /Allowed choices are 60, 600/],
      [
        ["--capture", "x", "--set", "beaconing.call=1"],
        /--set beaconing\.call: there is no such parameter; there are .*beaconing\.calls/,
      ],
      [["--capture", "x", "--inside", "10.0.0.0"], /--inside: "10\.0\.0\.0" is no CIDR block/],
    ];
    const outcomes = await Promise.all(cases.map(([args]) => bench(...args)));
    for (const [n, { code, stderr }] of outcomes.entries()) {
      assert.match(stderr, cases[n][1]);
      assert.equal(code, 2);
    }
  });
});
