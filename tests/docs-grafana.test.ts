import assert from "node:assert/strict";
import { open } from "../bench/detections/measure";
import dashboard from "../docs/grafana-dashboard.json";
import { translated } from "../local/athena/dialect/translate";
import { layoutFrom } from "../schema/layout";
import { HOUR, type Written, write } from "./queries/rows";
import { parseTrino } from "./queries/trino";

/** A panel's SQL as Grafana sends it for an hour: its variables are milliseconds. */
const sent = (sql: string) =>
  sql.replaceAll(`\${__from}`, String(HOUR * 1000)).replaceAll(`\${__to}`, String((HOUR + 3600) * 1000));

describe("docs: the dashboard for Grafana", () => {
  const rows: Written[] = [
    { srcaddr: "10.0.0.5", dstaddr: "198.51.100.7", srcport: 40_000, dstport: 443, bytes: 700 },
    { srcaddr: "198.51.100.7", dstaddr: "10.0.0.5", srcport: 40_000, dstport: 22, action: "REJECT" },
    { srcaddr: "10.0.0.5", dstaddr: "198.51.100.7", start: HOUR - 7200, bytes: 9000 },
    { log_status: "SKIPDATA", bytes: "NULL", packets: "NULL", action: "NULL" },
  ];
  const usual = new Set([
    ...layoutFrom(["default"]).columns.map(({ name }) => name),
    "year",
    "month",
    "day",
    "hour",
  ]);

  for (const { title, targets } of dashboard.panels)
    it(`"${title}" is Athena's SQL, answers for the hour alone, and needs AWS's default fields`, async () => {
      const sql = sent(targets[0].rawSQL);
      assert.deepEqual(parseTrino(sql).errors, []);
      assert.doesNotMatch(sql, /\$/);
      const db = await open();
      await write(db, rows);
      const lacking = (await db.runAndReadAll("DESCRIBE flow_logs"))
        .getRows()
        .map(([name]) => String(name))
        .filter((name) => !usual.has(name));
      for (const name of lacking) await db.run(`ALTER TABLE flow_logs DROP COLUMN "${name}"`);
      const answer = (await db.runAndReadAll(await translated(db, sql))).getRows();
      db.closeSync();
      assert.ok(answer.length > 0);
      const most = Math.max(...answer.flat().map((value) => Number(String(value)) || 0));
      assert.ok(most < 9000, "a row of another hour counts");
    });
});
