import assert from "node:assert/strict";
import { LocalAthena } from "../../local/athena";
import { savedQueries, tableOf } from "../../queries";
import { layoutOfColumns } from "../../schema/layout";
import { refusalOf } from "./client";
import type { Report } from "./report";
import type { Trino } from "./server";
import type { Stack } from "./stack";
import { valuesOf } from "./values";

/**
 * A value of either engine as text that is the same for the same value: numbers to twelve digits, lists by their items, and
 * times without zeros or UTC behind.
 */
const asText = (value: unknown): unknown => {
  if (value === null || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(asText);
  if (typeof value === "object" && "items" in value) return asText(value.items);
  const text = String(value);
  if (/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return String(Number(Number(text).toPrecision(12)));
  return text.replace(/(?<=\d\d:\d\d:\d\d)(\.0+)?( UTC|\+00)?$/, "");
};

const compare = async (trino: Trino, athena: LocalAthena, stack: Stack, sql: string) => {
  const theirs = await trino.ask(sql, stack.database);
  const ours = await athena.ask(sql);
  const names = theirs.columns.map(({ name }) => name);
  assert.deepEqual(names, ours.columns);
  const differing = theirs.rows.flatMap((row, n) =>
    row.flatMap((value, c) => {
      const [seen, expected] = [asText(value), asText(ours.rows[n]?.[c])];
      return JSON.stringify(seen) === JSON.stringify(expected)
        ? []
        : [`row ${n + 1}, ${names[c]}: Trino has ${seen}, DuckDB ${expected}`];
    }),
  );
  assert.ok(differing.length === 0, differing.slice(0, 5).join("\n"));
  assert.equal(theirs.rows.length, ours.rows.length);
  assert.ok(ours.rows.length > 0, "both find nothing, which proves nothing");
  return `${ours.rows.length} rows of ${names.length} columns`;
};

/** Runs every query of a stack in Trino and in DuckDB, and compares the answers cell by cell. */
export const judgeAnswers = async (trino: Trino, stack: Stack, report: Report) => {
  const athena = await LocalAthena.open(stack.lake);
  try {
    const declared = stack.inputsOf("NamedQuery").map(({ name }) => name);
    const table = tableOf(layoutOfColumns(athena.table.columns.map(({ name }) => name)));
    for (const query of savedQueries(table).filter(({ name }) => declared.includes(name))) {
      const sql = query.withValues({ ...stack.lastDay, ...valuesOf(query, stack.texts) });
      await report.claim(`${stack.name}: ${query.name} has one answer, by Trino and by DuckDB`, () =>
        compare(trino, athena, stack, sql),
      );
    }
    // DuckDB rounds a half to the even number (local/athena/dialect/differences.ts).
    const differing = "SELECT CAST(count(*) + 2.5e0 AS bigint) AS n FROM flow_logs WHERE year = '1970'";
    await report.claim(`${stack.name}: answers that differ are seen`, async () => {
      const why = await refusalOf(compare(trino, athena, stack, differing));
      assert.match(why, /Trino has 3, DuckDB 2/);
      return why;
    });
  } finally {
    athena.close();
  }
};
