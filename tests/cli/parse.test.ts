import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { flowlogs, SAMPLES, workFolder } from "./flowlogs";

const sample = (name: string) => readFileSync(join(SAMPLES, name));

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

  it("prints to standard error the format that it used and how many lines did not fit, and ends with 1 if most did not", async () => {
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
