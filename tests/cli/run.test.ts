import assert from "node:assert/strict";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { LocalAthena } from "../../local/athena";
import { flowlogs, SAMPLES, workFolder } from "./flowlogs";

const LINE =
  "2 123456789010 eni-0a1b2c3d4e5f60718 10.0.1.5 10.0.0.220 39812 443 6 11 8341 1732244410 1732244469 ACCEPT OK";

describe("flowlogs run", () => {
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
  const parquetFiles = (lake: string) =>
    existsSync(join(dir, lake, "flow-logs"))
      ? readdirSync(join(dir, lake, "flow-logs"), { recursive: true }).filter((f) =>
          String(f).endsWith(".parquet"),
        )
      : [];

  describe("with every kind of file at once", () => {
    let figures: Record<string, number>;
    before(async () => {
      const files = readdirSync(SAMPLES).map((name) => join(SAMPLES, name));
      figures = await run("--lake", "all", ...files);
    });

    it("makes one row of every line, damaged or not", async () => {
      assert.deepEqual([figures.lines, figures.rows, figures.unparsed], [33, 33, 5]);
      assert.deepEqual(await ask("all", "SELECT count(*), count(unparsed) FROM flow_logs"), [[33n, 5n]]);
    });

    it("prints exactly these figures, all of them numbers", () => {
      const names =
        "lines rows unparsed invocations records sentBytes billedBytes rawBytes files partitions parquetBytes seconds";
      assert.deepEqual(Object.keys(figures), names.split(" "));
      for (const [name, value] of Object.entries(figures)) assert.equal(typeof value, "number", name);
      assert.equal(figures.billedBytes, figures.records * 5120);
      assert.equal(figures.files, parquetFiles("all").length);
    });

    it("reads each file in its own format, into one table", async () => {
      const custom = await ask(
        "all",
        "SELECT pkt_dstaddr, tcp_flags, bytes FROM flow_logs WHERE vpc_id IS NOT NULL ORDER BY bytes",
      );
      assert.deepEqual(custom, [
        ["52.213.180.42", 18, 376n],
        ["10.0.0.62", 2, 568n],
        ["203.0.113.5", 7, 1250n],
      ]);
    });

    it("keeps counters exact, accounts as text, zero as zero and NULL as NULL", async () => {
      const odd = await ask(
        "all",
        "SELECT DISTINCT account_id, packets FROM flow_logs WHERE srcaddr = '10.0.3.7' ORDER BY 1",
      );
      assert.deepEqual(odd, [
        ["001234567890", 12n],
        ["unknown", 9007199254740993n],
      ]);
      const icmp = "SELECT DISTINCT srcport, dstport FROM flow_logs WHERE protocol = 1";
      assert.deepEqual(await ask("all", icmp), [[0, 0]]);
      const nodata = "SELECT DISTINCT srcaddr, bytes, action FROM flow_logs WHERE log_status = 'NODATA'";
      assert.deepEqual(await ask("all", nodata), [[null, null, null]]);
    });

    it("stores a line in the partition of the hour of its arrival", async () => {
      const sql = `SELECT DISTINCT year || month || day || hour FROM flow_logs WHERE start = 1732244410 AND "end" = 1732244469`;
      assert.deepEqual(await ask("all", sql), [["2024112203"]]);
    });
  });

  it("keeps a damaged line whole and its neighbours intact", async () => {
    const tokens = LINE.split(" ");
    const odd = [
      tokens.slice(0, 13).join(" "),
      `${LINE} extra`,
      LINE.replace("39812", "abc"),
      LINE.replace("eni-0a1b2c3d4e5f60718", "eni-\xff"),
      "x".repeat(300_000),
    ];
    const text = odd.map((line) => `${LINE}\n${line}\n`).join("") + LINE;
    const figures = await run("--lake", "damaged", write("damaged.log", Buffer.from(text, "latin1")));
    assert.deepEqual([figures.lines, figures.rows, figures.unparsed], [11, 11, 5]);
    const good =
      "SELECT count(*) FROM flow_logs WHERE srcaddr = '10.0.1.5' AND bytes = 8341 AND unparsed IS NULL";
    assert.deepEqual(await ask("damaged", good), [[6n]]);
    const kept = await ask(
      "damaged",
      "SELECT unparsed FROM flow_logs WHERE unparsed IS NOT NULL AND srcaddr IS NULL",
    );
    assert.deepEqual(kept.flat().sort(), odd.map((line) => line.replace("\xff", "\ufffd")).sort());
  });

  it("reads standard input", async () => {
    const { code, stdout } = await flowlogs(
      dir,
      ["run", "-", "--json", "--lake", "stdin"],
      gzipSync(`${LINE}\n`),
    );
    assert.equal(code, 0);
    assert.equal(JSON.parse(stdout).rows, 1);
  });

  it("adds to a lake that is named, and has NULL in columns that old rows lack", async () => {
    await run("--lake", "grown", "--format", "srcaddr dstaddr", write("two.log", "10.0.0.1 10.0.0.2\n"));
    await run("--lake", "grown", write("one.log", `${LINE}\n`));
    const rows = await ask("grown", "SELECT srcaddr, dstport FROM flow_logs ORDER BY 1");
    assert.deepEqual(rows, [
      ["10.0.0.1", null],
      ["10.0.1.5", 443],
    ]);
  });

  it("leaves out lines and names networks by the stack's configuration", async () => {
    const config = ["-c", "dropNoData=true", "-c", 'networks={"office":["10.0.1.0/24"],"all":["0.0.0.0/0"]}'];
    const figures = await run("--lake", "named", ...config, join(SAMPLES, "cloudwatch-export.log"));
    assert.deepEqual([figures.lines, figures.rows], [3, 2]);
    const rows = await ask(
      "named",
      "SELECT srcaddr, src_network, dst_network FROM flow_logs ORDER BY srcaddr",
    );
    assert.deepEqual(rows, [
      ["10.0.1.5", "office", "all"],
      ["198.51.100.77", "all", "office"],
    ]);
  });

  it("says which format it used, and adds nothing if most lines do not fit it", async () => {
    const { code, stderr } = await flowlogs(dir, ["run", write("odd.log", "1 2\n3 4\n"), "--lake", "odd"]);
    assert.equal(code, 1);
    assert.match(stderr, /odd\.log: AWS's default format/);
    assert.match(
      stderr,
      /nothing was added to odd: 2 of 2 lines do not fit AWS's default format; name theirs: --format/,
    );
    assert.match(stderr, /\(they have 2 values a line, and the format has 14 fields\)\n$/);
  });
});
