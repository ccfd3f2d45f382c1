import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { flowlogs, SAMPLES, workFolder } from "./flowlogs";
import { place } from "./place";

const LINE =
  "2 123456789010 eni-0a1b2c3d4e5f60718 10.0.1.5 10.0.0.220 39812 443 6 11 8341 1732244410 1732244469 ACCEPT OK";
const OTHER = LINE.replace("8341", "7");
const HEADER = "version account-id interface-id srcaddr dstaddr";

const NOTHING: Record<string, [content: string | Buffer, why: RegExp]> = {
  "an empty file": ["", /no line was read/],
  "an empty gzip": [gzipSync(""), /no line was read/],
  "empty lines": ["\n\r\n\n", /no line was read/],
  "a header alone": [`${HEADER}\n`, /no line was read/],
  "a document without events": ['{"events":[],"searchedLogStreams":[]}', /no line was read/],
  "another log": ["Nov 22 sshd: hello\nmore of it\n", /2 of 2 lines do not fit AWS's default format/],
  "lines of another format": [
    `10.0.1.5 10.0.0.220 ACCEPT\n`.repeat(9) + LINE,
    /9 of 10 lines do not fit AWS's default format; name theirs: .* \(they have 3 values a line, and the format has 14 fields\)/,
  ],
  "an error that was saved for a file": [
    '<?xml version="1.0"?>\n<Error>\n<Code>AccessDenied</Code>\n</Error>\n',
    /do not fit .*; they are XML or HTML/,
  ],
  YAML: [
    "events:\n- eventId: '3'\n  message: hello\n  timestamp: 1\n",
    /they look like YAML; have the AWS CLI print --output json/,
  ],
  "a zip archive": [readFileSync(join(__dirname, "../inputs/flows.zip")), /it is a zip archive; unzip -p/],
  "a gzip that was cut": [gzipSync(`${LINE}\n`.repeat(999)).subarray(0, 90), /the gzip data is damaged/],
};

describe("flowlogs run, and an existing lake", function () {
  this.timeout(180_000);

  const done = async (outcome: ReturnType<ReturnType<typeof place>["run"]>) => {
    const ran = await outcome;
    assert.equal(ran.error, "", ran.said);
    return ran;
  };

  it("adds to the lake and removes nothing, with and without --lake", async () => {
    const { dir, write, count } = place({ "a.log": `${LINE}\n`, "b.log": `${OTHER}\n${LINE}\n` });
    write({ "empty.log": "" });
    for (const args of [[], ["--lake", "mine"]]) {
      const lake = args[1] ?? "lake";
      for (const file of ["a.log", "b.log"])
        assert.equal((await flowlogs(dir, ["run", file, "--json", ...args])).code, 0);
      const { code, stdout, stderr } = await flowlogs(dir, ["run", "empty.log", ...args]);
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(stderr, new RegExp(`^flowlogs: nothing was added to ${lake}: no line was read`, "m"));
      assert.equal(await count(lake), 3);
    }
  });

  it("leaves the lake as it was if a file has no flow logs, and says the likely cause", async () => {
    const { write, run, count, objects } = place({ "a.log": `${LINE}\n` });
    await done(run(["a.log"]));
    const before = objects();
    for (const [what, [content, why]] of Object.entries(NOTHING)) {
      write({ "wrong.log": content });
      const { error } = await run(["wrong.log"]);
      assert.match(error, why, what);
      assert.match(error, /^(?:nothing was added to lake: |cannot read wrong\.log: )/, what);
      assert.deepEqual(objects(), before, what);
    }
    assert.equal(await count(), 1);
  });

  it("creates no lake for a file without flow logs", async () => {
    const { dir, run } = place({ "empty.log": "" });
    assert.match((await run(["empty.log"])).error, /no line was read/);
    assert.ok(!existsSync(join(dir, "lake")));
  });

  it("names the preset that the lines would fit, also for a line in a wrapper", async () => {
    const dir = workFolder();
    const { stdout } = await flowlogs(dir, ["traffic", "--lines", "30", "--no-header"]);
    const wrapped = stdout.replaceAll(/^(?=.)/gm, "2026-01-15T00:00:00.000Z ");
    const { run } = place({ "bare.log": stdout, "wrapped.log": wrapped });
    for (const file of ["bare.log", "wrapped.log"]) {
      assert.match(
        (await run([file])).error,
        /30 of 30 lines .*; they fit the preset recommended, 23 values a line: --format recommended$/,
      );
      assert.equal((await done(run([file], { format: "recommended", lake: `of-${file}` }))).unparsed, 0);
    }
  });

  it("reads what flowlogs traffic writes, which has a header", async () => {
    const { dir, write, run } = place({});
    for (const format of ["recommended", "dstaddr srcaddr end"]) {
      write({ "x.log": (await flowlogs(dir, ["traffic", "--lines", "40", "--format", format])).stdout });
      const { lines, unparsed } = await done(run(["x.log"], { lake: format.slice(0, 3) }));
      assert.deepEqual([lines, unparsed], [40, 0], format);
    }
  });

  it("says which value is impossible, where the number of values is right", async () => {
    const { run } = place({ "ports.log": `${LINE.replace(" 443 ", " abc ")}\n` });
    assert.match(
      (await run(["ports.log"])).error,
      /1 of 1 lines .*; in the first of them, dstport cannot be "abc"$/,
    );
  });

  it("reads a folder with an export of CloudWatch Logs, and a pattern", async () => {
    const { dir, run, write, count } = place({});
    for (const part of ["export", "export/0a1b", "export/0a1b/eni-1-all"]) mkdirSync(join(dir, part));
    write({
      "export/aws-logs-write-test": "Permission Check Successful",
      "export/0a1b/eni-1-all/000000.gz": gzipSync(`2024-11-22T03:00:10.000Z ${LINE}\n`),
      "export/0a1b/eni-1-all/000001.gz": gzipSync(`2024-11-22T03:00:10.000Z ${OTHER}\n`),
    });
    const { lines, unparsed, said } = await done(run(["export"]));
    assert.deepEqual([lines, unparsed], [2, 0]);
    assert.match(said, /^left out: 1 file with which CloudWatch Logs tries the bucket/m);
    assert.equal((await done(run(["export/**/*1.gz"], { lake: "one" }))).lines, 1);
    assert.equal(await count("one"), 1);
  });

  describe("given the same input again", () => {
    it("recognizes it by its content: under another name, in gzip, from standard input", async () => {
      const { dir, write, run, count } = place({ "a.log": `${LINE}\n` });
      await done(run(["a.log"]));
      write({ "copy.log": `${LINE}\n`, "a.log.gz": gzipSync(`${LINE}\n`) });
      for (const name of ["a.log", "copy.log", "a.log.gz"])
        assert.equal(
          (await run([name])).error,
          `nothing was added to lake: what ${name} holds is there already; --again adds it again`,
        );
      const piped = await flowlogs(dir, ["run", "-"], gzipSync(`${LINE}\n`));
      assert.equal(piped.code, 1);
      assert.match(
        piped.stderr,
        /what standard input holds is there already, as .*a\.log of \d{4}-\d\d-\d\d; --again adds it again\n$/,
      );
      assert.equal(await count(), 1);
    });

    it("adds it with --again", async () => {
      const { run, count } = place({ "a.log": `${LINE}\n` });
      await done(run(["a.log"]));
      await done(run(["a.log"], { again: true }));
      assert.equal(await count(), 2);
    });

    it("adds new input beside it, and says what it left out", async () => {
      const { run, count } = place({ "a.log": `${LINE}\n`, "b.log": `${OTHER}\n` });
      await done(run(["a.log"]));
      const { said } = await done(run(["a.log", "b.log"]));
      assert.match(said, /^a\.log: left out, as what it holds is in lake already; --again adds it again$/m);
      assert.equal(await count(), 2);
    });

    it("recognizes a file that is named twice, but adds both a file and its gzip, and says so", async () => {
      const { dir, run, count } = place({ "a.log": `${LINE}\n`, "a.log.gz": gzipSync(`${LINE}\n`) });
      const { said } = await done(run(["a.log", `${dir}/./a.log`, "a.log.gz"]));
      assert.match(
        said,
        /a\.log: left out, as it is the same file as one before it; --again adds it again$/m,
      );
      assert.match(said, /^a\.log\.gz: holds the same as one before it, and is added as well$/m);
      assert.equal(await count(), 2);
    });

    it("does not remember the input of a failed run", async () => {
      const cut = gzipSync(`${LINE}\n`.repeat(99)).subarray(0, 50);
      const { run, count } = place({ "a.log": `${LINE}\n`, "cut.gz": cut });
      assert.match((await run(["a.log", "cut.gz"])).error, /^cannot read cut\.gz: /);
      await done(run(["a.log"]));
      assert.equal(await count(), 1);
    });

    it("holds for every sample at once", async () => {
      const { run, count } = place({});
      const samples = readdirSync(SAMPLES).map((name) => join(SAMPLES, name));
      assert.equal((await done(run(samples))).rows, 33);
      assert.match((await run(samples)).error, /what 6 inputs hold is there already/);
      assert.equal(await count(), 33);
    });
  });

  describe("with no input", () => {
    it("writes a synthetic day into a lake of its own each time, and leaves the user's lake alone", async () => {
      const { dir, run, count } = place({ "a.log": `${LINE}\n` });
      const question = ["query", "--csv", "--sql", "SELECT count(*) AS n FROM flow_logs"];
      assert.equal((await flowlogs(dir, ["run"])).code, 0);
      assert.ok(!existsSync(join(dir, "lake")));
      const asked = await flowlogs(dir, question);
      assert.equal(asked.stdout, "n\n200000\n");
      assert.equal(asked.stderr, "asking the made-up day in demo-lake, as there is no lake in lake\n");
      await done(run(["a.log"]));
      await done(run([], { lake: "demo-lake" }));
      assert.deepEqual([await count(), await count("demo-lake")], [1, 200_000]);
      const own = await flowlogs(dir, question);
      assert.deepEqual([own.stdout, own.stderr], ["n\n1\n", ""]);
    });

    it("does not replace rows of other inputs in any lake", async () => {
      const { run, count } = place({ "a.log": `${LINE}\n` });
      for (const lake of ["mine", "demo-lake"]) {
        await done(run(["a.log"], { lake }));
        assert.match((await run([], { lake })).error, new RegExp(`^${lake} holds rows of other inputs`));
        assert.equal(await count(lake), 1);
      }
    });
  });
});
