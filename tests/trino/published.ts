import assert from "node:assert/strict";
import dashboard from "../../docs/grafana-dashboard.json";
import type { Report } from "./report";
import type { Trino } from "./server";
import type { Stack } from "./stack";

/** A column's values that a plan reads, as EXPLAIN (TYPE IO) has them. */
interface Constraint {
  columnName: string;
  domain: { ranges: { low: { value: string }; high: { value: string } }[] };
}

/** The days whose partitions Trino would read, each as its year, month and day. */
const daysRead = async (trino: Trino, { database }: Stack, sql: string): Promise<string[][]> => {
  const { rows } = await trino.ask(`EXPLAIN (TYPE IO, FORMAT JSON) ${sql}`, database);
  const plan = JSON.parse(String(rows[0][0]));
  const constraints: Constraint[] = plan.inputTableColumnInfos[0].constraint?.columnConstraints ?? [];
  return ["year", "month", "day"].map((name) => {
    const found = constraints.find(({ columnName }) => columnName === name);
    return (found?.domain.ranges ?? []).flatMap(({ low, high }) => [...new Set([low.value, high.value])]);
  });
};

/** The view for published queries leaves out partitions by the columns that those name. */
export const judgePruning = async (trino: Trino, stack: Stack, report: Report) => {
  const date = new Date(stack.lastDay.from * 1000).toISOString().slice(0, 10);
  const [year, month, day] = date.split("-");
  const bounds = [`date = DATE '${date}'`, `year = '${year}' AND month = '${month}' AND day = '${day}'`];
  for (const bound of bounds)
    await report.claim(`${stack.name}: flow_logs_compat reads one day where ${bound}`, async () => {
      const sql = `SELECT sourceaddress, sum(numbytes) FROM flow_logs_compat WHERE ${bound} GROUP BY 1`;
      const read = await daysRead(trino, stack, sql);
      assert.deepEqual(read, [[year], [month], [day]]);
      return read.flat().join("-");
    });
  await report.claim(
    `${stack.name}: flow_logs_compat reads other days where nothing bounds them`,
    async () => {
      const [, , days] = await daysRead(trino, stack, "SELECT sum(numbytes) FROM flow_logs_compat");
      assert.notDeepEqual(days, [day]);
      return days.join(", ") || "all";
    },
  );
};

/** Each panel of the dashboard for Grafana, as it is sent for the last day. */
export const judgePanels = async (trino: Trino, stack: Stack, report: Report) => {
  const { from, to } = stack.lastDay;
  for (const { title, targets } of dashboard.panels)
    await report.claim(`${stack.name}: the panel "${title}" has an answer`, async () => {
      const sql = targets[0].rawSQL
        .replaceAll(`\${__from}`, String(from * 1000))
        .replaceAll(`\${__to}`, String(to * 1000));
      const { columns, rows } = await trino.ask(sql, stack.database);
      assert.ok(rows.length > 0, "there are no rows");
      return `${rows.length} rows of ${columns.map(({ name }) => name).join(", ")}`;
    });
};
