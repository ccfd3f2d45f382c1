import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { BIN, flowlogs, SAMPLES, workFolder } from "./flowlogs";

const LINE =
  "2 123456789010 eni-0a1b2c3d4e5f60718 10.0.1.5 10.0.0.220 39812 443 6 11 8341 1732244410 1732244469 ACCEPT OK";

describe("flowlogs run, when it fails", () => {
  const dir = workFolder();
  const write = (name: string, content: string | Buffer) => {
    writeFileSync(join(dir, name), content);
    return name;
  };
  const parquetFiles = (lake: string) =>
    existsSync(join(dir, lake, "flow-logs"))
      ? readdirSync(join(dir, lake, "flow-logs"), { recursive: true }).filter((f) =>
          String(f).endsWith(".parquet"),
        )
      : [];

  const failing: Record<string, [args: string[], message: RegExp, code: number]> = {
    "a missing file": [["none.log"], /^flowlogs: cannot read none\.log: there is no such file\n$/, 1],
    "an unreadable gzip after a good file": [
      [join(SAMPLES, "default-v2.log"), "cut.gz"],
      /\nflowlogs: cannot read cut\.gz: the gzip data is damaged \(unexpected end of file\)\n$/,
      1,
    ],
    "a folder that is a file": [
      ["good.log", "--lake", "good.log"],
      /^flowlogs: cannot write to good\.log: a part of the path is a file\n$/,
      1,
    ],
    "a folder where none can be made": [
      ["good.log", "--lake", "/proc/none"],
      /^flowlogs: cannot write to \/proc\/none: no folder can be made there\n$/,
      1,
    ],
    "an unknown stack": [
      ["good.log", "--stack", "none"],
      /flowlogs: there is no stack "none" \(Pulumi\.none\.yaml\); the stacks here are dev and prod\n$/,
      1,
    ],
    "an unknown field": [
      ["good.log", "--format", "srcadr"],
      /^flowlogs: format: unknown field "srcadr"; did you mean "srcaddr"\?\n$/,
      2,
    ],
    "an unknown option": [["--frmat", "x"], /unknown option '--frmat'/, 2],
  };
  for (const [what, [args, message, code]] of Object.entries(failing)) {
    it(`ends with ${code} and a sentence for ${what}, and writes nothing into the lake`, async () => {
      write("good.log", `${LINE}\n`);
      write("cut.gz", gzipSync(`${LINE}\n`.repeat(100)).subarray(0, 60));
      const withLake = args.includes("--lake") ? args : [...args, "--lake", "failed"];
      const outcome = await flowlogs(dir, ["run", ...withLake]);
      assert.equal(outcome.code, code, outcome.stderr);
      assert.match(outcome.stderr, message);
      assert.doesNotMatch(outcome.stderr, /\n {4}at /);
      assert.deepEqual(parquetFiles("failed"), []);
    });
  }

  it("does not replace a folder that is not a lake", async () => {
    const other = workFolder();
    writeFileSync(join(other, "good.log"), `${LINE}\n`);
    await flowlogs(other, ["run", "good.log"]);
    assert.ok(existsSync(join(other, "lake/table.json")));
    const mixed = workFolder();
    mkdirSync(join(mixed, "lake"));
    writeFileSync(join(mixed, "lake/precious"), "");
    const { code, stderr } = await flowlogs(mixed, ["run", join(other, "good.log")]);
    assert.equal(code, 1);
    assert.match(stderr, /lake holds other files and is no lake; name another folder with --lake/);
    assert.deepEqual(readdirSync(join(mixed, "lake")), ["precious"]);
  });

  it("ends with 1 and a sentence when the disk is full, and leaves the lake as it was", async function () {
    if (process.platform === "win32") this.skip();
    const place = workFolder();
    writeFileSync(join(place, "one.log"), `${LINE}\n`);
    assert.equal((await flowlogs(place, ["run", "one.log"])).code, 0);
    const files = () =>
      readdirSync(join(place, "lake"), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((file) => [file, readFileSync(file).toString("base64")])
        .sort();
    const before = files();
    const lines = Array.from({ length: 10_000 }, (_, n) => LINE.replace("8341", `${n}`));
    writeFileSync(join(place, "many.log"), lines.join("\n"));
    // The limit is on each file, in blocks: below the size of these lines' rows, above the size of one row.
    const limited = `ulimit -f 600; exec "$0" "$@"`;
    const { status, stderr } = spawnSync("sh", ["-c", limited, process.execPath, BIN, "run", "many.log"], {
      cwd: place,
      encoding: "utf8",
    });
    assert.equal(status, 1, stderr);
    assert.match(stderr, /\nflowlogs: cannot write to lake: the system allows no file of that size\n$/);
    assert.doesNotMatch(stderr, /\n {4}at /);
    assert.deepEqual(files(), before);
  });
});
