import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs, { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { INPUTS } from "../local/inputs";
import { place } from "./place";

const lineOf = (n: number) =>
  `2 123456789010 eni-0a1b2c3d4e5f60718 10.0.1.5 10.0.${n >> 8}.${n & 255} 39812 443 6 11 8341 ${1732244410 + n} ${1732244469 + n} ACCEPT OK`;
let used = 0;
/** Returns lines that no earlier file had, since a lake rejects duplicates. */
const fresh = (count: number) => Array.from({ length: count }, () => lineOf(used++));
const textOf = (count: number) => fresh(count).join("\n");
const parquet = readFileSync(join(INPUTS, "vpcflowlogs.parquet"));

/** Contents of files on which a run fails, by their fault. */
const BAD: Record<string, () => Buffer | string> = {
  "gzip that is cut": () => gzipSync(textOf(200)).subarray(0, 200),
  "gzip with a wrong checksum": () => {
    const bytes = gzipSync(textOf(200));
    bytes[bytes.length - 6] ^= 0xff;
    return bytes;
  },
  "Parquet that is cut": () => parquet.subarray(0, 500),
  "Parquet without a flow": () => Buffer.concat([parquet.subarray(0, 60), parquet.subarray(90)]),
  "a zip archive": () => readFileSync(join(INPUTS, "flows.zip")),
  "a header that nobody understands": () => `srcaddr dstaddr bytez packets\n${textOf(3)}`,
  "no flows at all": () => "hello there\n".repeat(500),
  "a line that does not end": () => "x".repeat(17 * 1024 * 1024),
};

/** Faults of the machine, each for as long as a run takes. */
const FAULTS: Record<string, (run: () => Promise<unknown>) => Promise<unknown>> = {
  "the disk is full for rows": async (run) => {
    const { appendFileSync } = fs;
    fs.appendFileSync = () => {
      throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    };
    return run().finally(() => {
      fs.appendFileSync = appendFileSync;
    });
  },
  "a finished object cannot be moved": async (run) => {
    const { renameSync } = fs;
    fs.renameSync = (from, to) => {
      if (String(to).endsWith(".parquet"))
        throw Object.assign(new Error("EIO: i/o error, rename"), { code: "EIO" });
      renameSync(from, to);
    };
    return run().finally(() => {
      fs.renameSync = renameSync;
    });
  },
};

/** Rows that the lake has before the failing run. */
const ROWS = 20;

describe("flowlogs run: a lake is never smaller after a run that failed", () => {
  const { dir, run, write, count } = place({});

  /** Returns every file of a lake with the hash of its content, without leftovers of a killed run. */
  const contents = (lake: string) =>
    existsSync(join(dir, lake))
      ? readdirSync(join(dir, lake), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .filter((file) => !file.includes(".staging-"))
          .map((file) => [file, createHash("sha256").update(readFileSync(file)).digest("hex")])
          .sort()
      : [];

  /** Adds the leftovers of a killed run to a lake. */
  const killedRun = (lake: string) => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    const staging = join(dir, lake, `.staging-${pid}`, "objects", "flow-logs");
    mkdirSync(staging, { recursive: true });
    writeFileSync(join(staging, "x.parquet"), "half");
  };

  const kinds = (all: Record<string, unknown>) =>
    fc.shuffledSubarray(Object.keys(all), { minLength: Object.keys(all).length });
  const counts = fc.integer({ min: 0, max: 50 });
  /** A missing lake, one with rows, and one with rows and leftovers of a killed run. */
  const LAKES = ["none", "full", "killed"];
  const lakes = fc.infiniteStream(fc.constantFrom(...LAKES));

  before(async () => {
    write({ "rows.log": textOf(ROWS) });
    assert.equal((await run(["rows.log"], { lake: "full" })).rows, ROWS);
    cpSync(join(dir, "full"), join(dir, "killed"), { recursive: true });
    killedRun("killed");
  });

  /** Checks that a failed run leaves the lake as it was. */
  const failing = async (lake: string, fail: (lake: string) => Promise<{ error: string }>) => {
    const before = contents(lake);
    const { error } = await fail(lake);
    assert.notEqual(error, "", "the run did not fail");
    assert.doesNotMatch(error, /\n/);
    assert.deepEqual(contents(lake), before);
  };
  const once = { numRuns: 1, seed: 14 };

  it("whatever file is bad, and whatever good files are around it", () =>
    fc.assert(
      fc.asyncProperty(kinds(BAD), fc.infiniteStream(counts), lakes, async (all, some, states) => {
        for (const what of all) {
          const [one, two] = [some.next().value, some.next().value];
          write({ "1.log": textOf(one), "bad.log": BAD[what](), "2.log": textOf(two) });
          await failing(states.next().value, (lake) => run(["1.log", "bad.log", "2.log"], { lake }));
        }
      }),
      once,
    ));

  it("whatever the machine cannot do meanwhile", () =>
    fc.assert(
      fc.asyncProperty(kinds(FAULTS), lakes, async (all, states) => {
        for (const what of all) {
          write({ "good.log": textOf(40) });
          const fail = (lake: string) => FAULTS[what](() => run(["good.log"], { lake })) as never;
          await failing(states.next().value, fail);
        }
      }),
      once,
    ));

  it("however many inputs have no line", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("", "\n", "\r\n\n", "\ufeff")),
        lakes,
        async (texts, states) => {
          const names = ["0.log", ...texts.map((_, n) => `${n + 1}.log`)];
          write(Object.fromEntries(names.map((name, n) => [name, texts[n - 1] ?? ""])));
          await failing(states.next().value, (lake) => run(names, { lake }));
        },
      ),
      once,
    ));

  it("and takes other rows after all of that", async () => {
    for (const [lake, rows] of [
      ["killed", ROWS],
      ["none", 0],
    ] as const) {
      write({ "next.log": textOf(2) });
      assert.equal((await run(["next.log"], { lake })).rows, 2);
      assert.equal(await count(lake), rows + 2);
    }
  });
});
