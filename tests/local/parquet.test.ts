import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { sourcesOf } from "../../local/input/sources";
import { FIELDS } from "../../schema/fields";
import { parseFormat } from "../../schema/layout";
import { place } from "../cli/place";
import { INPUTS, read, rowOf } from "./inputs";

const root = mkdtempSync(join(tmpdir(), "parquet-test-"));
after(() => rmSync(root, { recursive: true, force: true }));

/** Writes a SELECT's rows as Parquet. */
const parquet = async (name: string, select: string, options = ""): Promise<string> => {
  const file = join(root, name);
  mkdirSync(dirname(file), { recursive: true });
  const db = await (await DuckDBInstance.create()).connect();
  await db.run(`COPY (${select}) TO '${file}' (FORMAT parquet${options})`);
  db.closeSync();
  return file;
};
const rowsOf = async (file: string, format?: string) => {
  const { lines, notes } = await read(file, format === undefined ? undefined : parseFormat(format));
  return { rows: lines.map(rowOf), notes };
};

/** A value of each field, as AWS types it. */
const ALL = FIELDS.map(({ column, type, name }, n) => {
  const value = name.endsWith("addr") ? `'10.0.0.${n}'` : type === "string" ? `'text-${n}'` : `${n}`;
  const typed = type === "string" ? value : `CAST(${value} AS ${type === "int" ? "INTEGER" : "BIGINT"})`;
  return { column, select: `${typed} AS "${column}"`, value: type === "string" ? value.slice(1, -1) : n };
});

describe("local: Parquet", () => {
  it("has every field of every version, with its value under its own name", async () => {
    const file = await parquet("all.parquet", `SELECT ${ALL.map(({ select }) => select).join(", ")}`);
    const expected = Object.fromEntries(ALL.map(({ column, value }) => [column, value]));
    assert.deepEqual((await rowsOf(file)).rows, [expected]);
  });

  it("has its columns by their names, whatever their order and spelling are", async () => {
    for (const names of ["pkt_srcaddr account_id", "pkt-srcaddr account-id", "PKT_SRCADDR Account_Id"]) {
      const [address, account] = names.split(" ");
      const select = `SELECT '0123' AS "${account}", '10.0.0.1' AS "${address}", 7::BIGINT AS bytes`;
      const { rows } = await rowsOf(await parquet("spelt.parquet", select));
      assert.deepEqual(rows, [{ account_id: "0123", pkt_srcaddr: "10.0.0.1", bytes: 7 }]);
    }
  });

  it("keeps counters exact, and reads NULL, an empty text and a minus as NULL", async () => {
    const select = `SELECT * FROM (VALUES
      ('10.0.0.1', 9223372036854775807::BIGINT, 'ACCEPT'), (NULL, NULL, ''), ('-', 0, NULL)) AS t(srcaddr, bytes, action)`;
    const { lines } = await read(await parquet("exact.parquet", select));
    assert.deepEqual(
      lines.map(({ text }) => text),
      ["10.0.0.1 9223372036854775807 ACCEPT", "- - -", "- 0 -"],
    );
  });

  it("reads no columns from the path, and skips columns that are not fields, with a message", async () => {
    const name = "aws-region=us-east-1/year=2024/month=11/day=22/x[1]*.parquet";
    const file = await parquet(name, "SELECT '10.0.0.1' AS srcaddr, 443 AS dstport, 'x' AS vpc_name_of_mine");
    assert.deepEqual(await rowsOf(file), {
      rows: [{ srcaddr: "10.0.0.1", dstport: 443 }],
      notes: ["left out what is no field that this version knows: vpc-name-of-mine"],
    });
  });

  it("keeps a row that does not fit whole, as JSON", async () => {
    const select = `SELECT * FROM (VALUES ('10.0.0.1', 443), ('10.0 .1', 443), ('10.0.0.1', 65543), ('300.1.1.1', NULL)) AS t(srcaddr, dstport)`;
    const { rows } = await rowsOf(await parquet("odd.parquet", select));
    assert.deepEqual(rows, [
      { srcaddr: "10.0.0.1", dstport: 443 },
      { unparsed: '{"srcaddr":"10.0 .1","dstport":"443"}' },
      { unparsed: '{"srcaddr":"10.0.0.1","dstport":"65543"}' },
      { unparsed: '{"srcaddr":"300.1.1.1"}' },
    ]);
  });

  it("reads many rows in many groups, also from gzip", async () => {
    const select = "SELECT '10.0.0.1' AS srcaddr, i AS bytes FROM range(30_000) AS r(i)";
    const file = await parquet("many.parquet", select, ", ROW_GROUP_SIZE 2048");
    writeFileSync(`${file}.gz`, gzipSync(readFileSync(file)));
    for (const each of [file, `${file}.gz`]) {
      const { texts } = await read(each);
      assert.equal(texts.length, 30_000);
      assert.deepEqual([texts[0], texts[29_999]], ["10.0.0.1 0", "10.0.0.1 29999"]);
    }
  });

  it("has no rows for a file without rows", async () => {
    const file = await parquet("empty.parquet", "SELECT '' AS srcaddr, 1 AS bytes WHERE false");
    assert.deepEqual(await rowsOf(file), { rows: [], notes: [] });
  });

  it("refuses a damaged file and one without fields, by name, and leaves nothing behind", async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith("parquet-")).length;
    const whole = readFileSync(join(INPUTS, "vpcflowlogs.parquet"));
    const cut = join(root, "cut.parquet");
    for (const bytes of [
      whole.subarray(0, 300),
      Buffer.concat([whole.subarray(0, 100), whole.subarray(200)]),
    ]) {
      writeFileSync(cut, bytes);
      await assert.rejects(read(cut), ({ message }: Error) => {
        assert.match(message, /^cannot read .*cut\.parquet: the Parquet is damaged \(/);
        assert.doesNotMatch(message, /parquet-\w+\/input/);
        return true;
      });
    }
    const other = await parquet("other.parquet", "SELECT 1 AS id, 'x' AS name");
    await assert.rejects(read(other), /other\.parquet: its columns are no fields of flow logs: id, name$/);
    const after = readdirSync(tmpdir()).filter((name) => name.startsWith("parquet-")).length;
    assert.equal(after, before);
  });

  it("says that --format contradicts the columns", async () => {
    await assert.rejects(
      rowsOf(join(INPUTS, "vpcflowlogs.parquet"), "srcaddr dstaddr"),
      /contradicts --format/,
    );
  });

  for (const tree of [
    "123456789010/vpcflowlogs/us-east-1/2024/11/22",
    "123456789010/vpcflowlogs/us-east-1/2024/11/22/03",
    "aws-account-id=123456789010/aws-service=vpcflowlogs/aws-region=us-east-1/year=2024/month=11/day=22",
    "aws-account-id=123456789010/aws-service=vpcflowlogs/aws-region=us-east-1/year=2024/month=11/day=22/hour=03",
  ])
    it(`makes rows in a lake of AWSLogs/${tree}`, async () => {
      const { dir, run, count } = place({});
      const folder = join(dir, "AWSLogs", tree);
      mkdirSync(folder, { recursive: true });
      for (const [n, name] of ["vpcflowlogs.parquet", "vpcflowlogs-hyphens.parquet"].entries())
        writeFileSync(
          join(
            folder,
            `123456789010_vpcflowlogs_us-east-1_fl-0a1b2c3d4e5f60718_20241122T030${n}Z_1a2b3c4d.log.parquet`,
          ),
          readFileSync(join(INPUTS, name)),
        );
      assert.equal(sourcesOf([join(dir, "AWSLogs")]).names.length, 2);
      const { lines, unparsed, error } = await run(["AWSLogs"]);
      assert.deepEqual([lines, unparsed, error], [6, 0, ""]);
      assert.equal(await count(), 6);
    });
});
