import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { load, open } from "../../bench/detections/measure";
import { traffic } from "../../local/traffic";
import { ATTACK_KINDS, plant } from "../../local/traffic/attacks";
import { savedQueries, tableOf } from "../../queries";
import { layoutFrom, layoutOfColumns, TRANSIT_CATALOG, union } from "../../schema/layout";
import { TRANSIT_FIELD_BY_NAME, TRANSIT_FIELDS } from "../../schema/transit";
import { HOUR, rowsOf, type Written, write } from "./rows";

const HUB = { interface_id: "NULL", action: "NULL", tgw_id: "tgw-1", tgw_attachment_id: "tgw-attach-1" };

/** 300 bytes from one VPC to another through a gateway: the lines of both interfaces, and of both attachments. */
const ONE_FLOW: Written[] = (
  [
    { interface_id: "eni-1", flow_direction: "egress" },
    { ...HUB, flow_direction: "ingress" },
    { ...HUB, tgw_attachment_id: "tgw-attach-2", flow_direction: "egress" },
    { interface_id: "eni-2", flow_direction: "ingress" },
  ] as Written[]
).map((line) => ({
  srcaddr: "10.0.0.5",
  dstaddr: "10.1.0.6",
  srcport: 40_000,
  dstport: 443,
  packets: 3,
  bytes: 300,
  type: "IPv4",
  ...line,
}));
const GATEWAY_LINES = ONE_FLOW.slice(1, 3);

/** Queries that sum the flow, counting each packet once. */
const ANSWERS: Record<string, string[][]> = {
  "top-talkers": [["10.0.0.5", "300", "3", "1", "1"]],
  "top-pairs": [["10.0.0.5", "10.1.0.6", "300", "3", "1"]],
  "traffic-by-protocol": [["6", "TCP", "300", "3", "1", "100"]],
  "traffic-per-minute": [["2026-03-04 10:00:00", "300", "3", "1", "0"]],
};

describe("query: transit gateways' lines beside those of interfaces", () => {
  const folder = mkdtempSync(join(tmpdir(), "gateways-"));
  let db: DuckDBConnection;
  before(async () => {
    db = await open();
  });
  after(() => {
    db.closeSync();
    rmSync(folder, { recursive: true });
  });

  for (const [name, rows] of Object.entries(ANSWERS))
    it(`${name}: counts packets that two interfaces and their gateway logged once, with and without flow_direction`, async () => {
      await write(db, ONE_FLOW);
      assert.deepEqual(await rowsOf(db, name), rows);
      assert.deepEqual(await rowsOf(db, name, {}, ["flow_direction"]), rows);
    });

  it("are recognized by any of the columns that only they have", async () => {
    const filled = ["resource_type", "tgw_id", "tgw_attachment_id"];
    for (const column of filled) {
      const hub = { interface_id: "NULL", action: "NULL", [column]: "its own" };
      const lines = GATEWAY_LINES.map(({ tgw_id, tgw_attachment_id, ...line }) => ({ ...line, ...hub }));
      await write(db, [ONE_FLOW[0], ONE_FLOW[3], ...lines]);
      const others = filled.filter((each) => each !== column);
      assert.deepEqual(await rowsOf(db, "top-talkers", {}, others), ANSWERS["top-talkers"], column);
    }
  });

  it("are left out of a table with columns of interfaces, even if it has no other lines, and the query says so", async () => {
    await write(db, GATEWAY_LINES);
    assert.deepEqual(await rowsOf(db, "top-talkers"), []);
    const both = union([layoutFrom(["default"]), layoutFrom(["default"], TRANSIT_CATALOG)]);
    const query = savedQueries(tableOf(both)).find(({ name }) => name === "top-talkers");
    assert.match(query?.text ?? "", /^-- Leaves out the lines of transit gateways, which see packets/m);
  });

  it("count if the table has no column of interfaces", async () => {
    await write(db, GATEWAY_LINES.slice(0, 1));
    const query = savedQueries(tableOf({ fields: TRANSIT_FIELDS })).find(
      ({ name }) => name === "top-talkers",
    );
    assert.doesNotMatch(query?.text ?? "", /IS NULL|Leaves out/);
    const reader = await db.runAndReadAll(query?.withValues({ from: HOUR, to: HOUR + 3600 }) ?? "");
    assert.deepEqual(
      reader.getRows().map((row) => row.slice(0, 2).map(String)),
      [["10.0.0.5", "300"]],
    );
  });

  it("are the only ones that transit-gateway-pairs reads", async () => {
    await write(db, ONE_FLOW);
    assert.deepEqual(await rowsOf(db, "transit-gateway-pairs"), [
      ["tgw-1", "-", "-", "tgw-attach-1", "-", "300", "3", "1"],
      ["tgw-1", "-", "-", "tgw-attach-2", "-", "300", "3", "1"],
    ]);
  });

  describe("a gateway that logs the same packets as interfaces", () => {
    const DAY = 86_400;
    const TRAFFIC = { lines: 8_000, days: 3, from: Date.UTC(2026, 0, 15) / 1000, seed: 5 };
    const WINDOW = { from: TRAFFIC.from + 2 * DAY, to: TRAFFIC.from + 3 * DAY };
    /** Queries that show lines, or are about lines or gateways. */
    const OF_LINES = [
      "delivery-delay",
      "rows-per-partition",
      "unparsed-lines",
      "duplicate-rows",
      "skipped-windows",
    ];
    const SHOWING = ["flows-of-address", "listed-address"];
    const layout = layoutFrom(["all"]);

    before(async () => {
      const attacks = plant({ ...TRAFFIC, attacks: Object.keys(ATTACK_KINDS) });
      await load({ db, folder, again: 50 }, "captured", traffic({ ...TRAFFIC, layout, attacks }), layout);
      await db.run("DROP TABLE IF EXISTS flow_logs");
      for (const name of [
        "tgw_id",
        "tgw_attachment_id",
        "resource_type",
        "unparsed",
        "src_network",
        "dst_network",
      ])
        await db.run(`ALTER TABLE captured ADD COLUMN ${name} VARCHAR`);
      await db.run("UPDATE captured SET src_network = 'a', dst_network = 'b' WHERE srcport < dstport");
      const empty = layout.fields.filter(({ name }) => !TRANSIT_FIELD_BY_NAME.has(name));
      const own = ["'tgw-1' AS tgw_id", "'a' AS tgw_attachment_id", "'TransitGateway' AS resource_type"];
      const replaced = [
        ...empty.map(({ column, type }) => `NULL::${type === "string" ? "VARCHAR" : type} AS ${column}`),
        ...own,
      ];
      await db.run(`CREATE TABLE both_kinds AS SELECT * FROM captured
        UNION ALL SELECT * REPLACE (${replaced.join(", ")}) FROM captured`);
    });

    const ask = async (table: string, name: string): Promise<string[]> => {
      await db.run(`CREATE OR REPLACE TEMP VIEW flow_logs AS SELECT * FROM ${table}`);
      const columns = (await db.runAndReadAll("DESCRIBE flow_logs"))
        .getRows()
        .map(([column]) => String(column));
      const query = savedQueries(tableOf(layoutOfColumns(columns))).find((each) => each.name === name);
      const reader = await db.runAndReadAll(query?.withValues({ ...WINDOW, rows: 100_000 }) ?? "");
      return reader.getRows().map((row) => row.map(String).join(" "));
    };

    const known = [
      ...layout.fields,
      ...["tgw-id", "tgw-attachment-id", "resource-type"].map((name) => ({ name })),
    ];
    const queries = savedQueries().filter(
      ({ name, fields }) =>
        ![...OF_LINES, ...SHOWING].includes(name) &&
        fields.every((field) => field.endsWith("_network") || known.some((each) => each.name === field)),
    );

    it("is tested with nearly every query", () => assert.ok(queries.length > 40, String(queries.length)));

    for (const { name } of queries)
      it(`${name}: answers as without the gateway`, async () => {
        assert.deepEqual(await ask("both_kinds", name), await ask("captured", name));
      });
  });
});
