import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { load, open } from "../../bench/detections/measure";
import { traffic } from "../../local/traffic";
import { ATTACK_KINDS, plant } from "../../local/traffic/attacks";
import { type ParameterValue, savedQueries, tableOf } from "../../queries";
import { type Layout, layoutFrom } from "../../schema/layout";

const DAY = 86_400;
const TRAFFIC = { lines: 8_000, days: 3, from: Date.UTC(2026, 0, 15) / 1000, seed: 3 };
const LAST_DAY = { from: TRAFFIC.from + 2 * DAY, to: TRAFFIC.from + 3 * DAY };
const RECOMMENDED = layoutFrom(["recommended"]);

/** Queries that tell inside from outside. */
const NAMES = [
  "beaconing",
  "crypto-mining",
  "exfiltration",
  "exposed-services",
  "internet-egress",
  "new-talkers",
  "ports-used",
  "remote-access-attempts",
  "unusual-ports",
];

const ADDRESSES = ["srcaddr", "dstaddr", "pkt_srcaddr", "pkt_dstaddr"];

/** Address spaces outside of private addresses, with SQL that moves an address there. */
const SPACES: Record<string, (column: string) => string> = {
  "IPv6, where inside and outside share 2600:1f18::/64": (column) =>
    `CASE WHEN strpos(${column}, ':') = 0 THEN '2600:1f18::' || replace(${column}, '.', ':') ELSE ${column} END`,
  "public IPv4": (column) => `regexp_replace(${column}, '^10[.]', '54.')`,
};

/** Names of the least of several addresses: which that is depends on how they are written. */
const SAMPLES = ["one_called", "one_caller", "one_client"];

type Row = Record<string, unknown>;

describe("query: the log's own interfaces are inside", () => {
  const folder = mkdtempSync(join(tmpdir(), "inside-"));
  let db: DuckDBConnection;
  before(async () => {
    db = await open();
    const attacks = plant({ ...TRAFFIC, attacks: Object.keys(ATTACK_KINDS) });
    await load({ db, folder, again: 50 }, "captured", traffic({ ...TRAFFIC, layout: RECOMMENDED, attacks }));
    for (const [n, moved] of Object.values(SPACES).entries()) {
      const columns = ADDRESSES.map((column) => `${moved(column)} AS ${column}`);
      await db.run(`CREATE TABLE moved${n} AS SELECT * REPLACE (${columns.join(", ")}) FROM captured`);
    }
  });
  after(() => {
    db.closeSync();
    rmSync(folder, { recursive: true });
  });

  const ask = async (
    name: string,
    table: string,
    values: Record<string, ParameterValue> = {},
    layout: Layout = RECOMMENDED,
  ): Promise<Row[]> => {
    await db.run(`CREATE OR REPLACE TEMP VIEW flow_logs AS SELECT * FROM ${table}`);
    const query = savedQueries(tableOf(layout)).find((each) => each.name === name) ?? assert.fail();
    const reader = await db.runAndReadAll(query.withValues({ ...LAST_DAY, rows: 1_000_000, ...values }));
    return reader.getRowObjects().map((row) => {
      const kept = Object.entries(row).filter(([column]) => !SAMPLES.includes(column));
      return Object.fromEntries(kept.map(([column, value]) => [column, String(value)]));
    });
  };

  /** The rows with their addresses moved, in an order of their own. */
  const movedRows = async (rows: Row[], moved: (column: string) => string): Promise<string[]> => {
    const texts = rows.map(async (row) => {
      const entries = Object.entries(row).map(async ([column, value]) => {
        if (!/^\d+[.]\d+[.]\d+[.]\d+$/.test(String(value))) return [column, value];
        const [[text]] = (await db.runAndReadAll(`SELECT ${moved(`'${value}'`)}`)).getRows();
        return [column, text];
      });
      return JSON.stringify(await Promise.all(entries));
    });
    return (await Promise.all(texts)).sort();
  };

  for (const [n, [space, moved]] of Object.entries(SPACES).entries())
    for (const name of NAMES)
      it(`${name}: answers the same for the same lines in ${space}`, async () => {
        const expected = await ask(name, "captured");
        assert.ok(expected.length > 0);
        const answered = await ask(name, `moved${n}`);
        assert.deepEqual(await movedRows(answered, (text) => text), await movedRows(expected, moved));
      });

  it("treats no other IPv6 address as inside without flow_direction, except those in given blocks", async () => {
    const layout = layoutFrom(["default"]);
    const table = `(SELECT * EXCLUDE (flow_direction) FROM moved1)`;
    const expected = await ask("exposed-services", "captured", {}, layout);
    assert.ok(expected.length > 0);
    assert.deepEqual(await ask("exposed-services", table, {}, layout), []);
    const given = await ask("exposed-services", table, { inside: "54.0.0.0/16" }, layout);
    assert.deepEqual(
      await movedRows(given, (text) => text),
      await movedRows(expected, SPACES["public IPv4"]),
    );
  });

  /** Makes a lake of one or two lines in the recommended fields. Fields default to `-`. */
  const lines = async (...flows: Record<string, string | number>[]) => {
    const at = LAST_DAY.from + 3600;
    const usual = { protocol: 6, action: "ACCEPT", start: at, end: at + 30, "log-status": "OK", packets: 10 };
    const texts = flows.map((flow) => {
      const all: Record<string, string | number> = { ...usual, ...flow };
      const packet = { "pkt-srcaddr": all.srcaddr, "pkt-dstaddr": all.dstaddr };
      return RECOMMENDED.fields.map(({ name }) => ({ ...packet, ...all })[name] ?? "-").join(" ");
    });
    await load({ db, folder, again: 1_000_000 }, "few", texts);
    await db.run("CREATE OR REPLACE TABLE few AS SELECT DISTINCT * FROM few");
  };
  const HERE = { "interface-id": "eni-1", srcaddr: "2600:1f18::5" };

  it("shows a GB that left over IPv6, and its cost", async () => {
    await lines({
      ...HERE,
      dstaddr: "2a00:1450::7",
      dstport: 443,
      srcport: 40_000,
      bytes: 1e9,
      "flow-direction": "egress",
    });
    const [row] = await ask("internet-egress", "few");
    assert.deepEqual([row.dstaddr, row.bytes, row.usd], ["2a00:1450::7", "1000000000", "0.09"]);
  });

  it("shows SSH from outside over IPv6", async () => {
    const flow = {
      "interface-id": "eni-1",
      srcaddr: "2a00:1450::7",
      dstaddr: "2600:1f18::5",
      "flow-direction": "ingress",
    };
    await lines({ ...flow, srcport: 40_000, dstport: 22, bytes: 5000 });
    assert.equal((await ask("exposed-services", "few"))[0].dstport, "22");
    assert.equal((await ask("remote-access-attempts", "few"))[0].accepted, "1");
  });

  it("does not show a neighbour in the subnet as outside", async () => {
    const flow = {
      srcaddr: "2600:1f18::5",
      dstaddr: "2600:1f18::6",
      srcport: 40_000,
      dstport: 22,
      bytes: 5000,
    };
    await lines(
      { ...flow, "interface-id": "eni-1", "flow-direction": "egress" },
      { ...flow, "interface-id": "eni-2", "flow-direction": "ingress" },
    );
    for (const name of ["internet-egress", "exposed-services", "remote-access-attempts"])
      assert.deepEqual(await ask(name, "few"), [], name);
  });

  it("treats an address in a given block as inside, though no interface has it", async () => {
    await lines({
      ...HERE,
      dstaddr: "2600:1f18:1::9",
      dstport: 443,
      srcport: 40_000,
      bytes: 1e9,
      "flow-direction": "egress",
    });
    assert.equal((await ask("internet-egress", "few")).length, 1);
    assert.deepEqual(await ask("internet-egress", "few", { inside: "2600:1f18::/32" }), []);
  });
});
