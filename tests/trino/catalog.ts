import assert from "node:assert/strict";
import { LocalAthena } from "../../local/athena";
import { refusalOf } from "./client";
import { createTable, type Table } from "./glue";
import type { Moto } from "./moto";
import type { Report } from "./report";
import type { Trino } from "./server";
import type { Stack } from "./stack";

/** Trino's names of Hive's types. */
const TYPES: Record<string, string> = { int: "integer", string: "varchar", timestamp: "timestamp(3)" };

/** The columns of a table as Trino describes them. */
const columnsOf = ({ storageDescriptor, partitionKeys }: Table) =>
  [...storageDescriptor.columns, ...partitionKeys].map(({ name, type }) => [name, TYPES[type] ?? type]);

/** The last day of the lake, as a condition on the partitions. */
const lastDayOf = ({ lastDay }: Stack) => {
  const [year, month, day] = new Date(lastDay.from * 1000).toISOString().slice(0, 10).split("-");
  return `year = '${year}' AND month = '${month}' AND day = '${day}'`;
};

const describe = async (trino: Trino, { database }: Stack, table: Table) => {
  const { rows } = await trino.ask(`DESCRIBE ${table.name}`, database);
  assert.deepEqual(
    rows.map(([name, type]) => [name, type]),
    columnsOf(table),
  );
  return `${rows.length} columns`;
};

/** Has Trino and DuckDB count the rows. */
const count = async (trino: Trino, stack: Stack, { name }: Table) => {
  const sql = `SELECT count(*) FROM ${name} WHERE ${lastDayOf(stack)}`;
  const { rows } = await trino.ask(sql, stack.database);
  const athena = await LocalAthena.open(stack.lake);
  try {
    assert.deepEqual(rows.flat().map(Number), (await athena.ask(sql)).rows.flat().map(Number));
  } finally {
    athena.close();
  }
  assert.ok(Number(rows[0][0]) > 0, "there are none");
  return `${rows[0][0]} rows`;
};

/** Checks that a reader of Glue's catalog accepts the declared tables and views. */
export const judgeCatalog = async (trino: Trino, stack: Stack, report: Report) => {
  await report.claim(`${stack.name}: the catalog has what is declared`, async () => {
    const { rows } = await trino.ask("SHOW TABLES", stack.database);
    const names = stack.tables.map(({ name }) => name).sort();
    assert.deepEqual(rows.flat(), names);
    return names.join(", ");
  });
  for (const table of stack.tables) {
    const title = `${stack.name}: ${table.name}`;
    await report.claim(`${title} has its columns and types`, () => describe(trino, stack, table));
    if (table.name === "flow_logs_findings") continue;
    await report.claim(`${title} has the rows of a day`, () => count(trino, stack, table));
  }
};

type Change = (table: Table) => Table;

const withoutSerDe: Change = (table) => {
  const { serDeInfo, ...storageDescriptor } = table.storageDescriptor;
  return { ...table, storageDescriptor };
};

/** Faulty views and tables that readers refuse: of earlier versions, and in forms that the declared ones avoid. */
const FAULTS: [string, string, Change][] = [
  ["flow_logs_readable", "without SerDe information", withoutSerDe],
  ["flow_logs_distinct", "without SerDe information", withoutSerDe],
  ["flow_logs_readable", "without an owner", ({ owner, ...table }) => table],
  ["flow_logs_readable", "with a description", (table) => ({ ...table, description: "For people" })],
  ["flow_logs", "with years as dates, as Athena has them", (table) => table],
];

/** Shows that the judge can say no. */
export const judgeFaults = async (trino: Trino, moto: Moto, stack: Stack, report: Report) => {
  for (const [n, [name, fault, change]] of FAULTS.entries()) {
    await report.claim(`${stack.name}: ${name} ${fault} is refused`, async () => {
      const table = stack.tables.find((each) => each.name === name) ?? assert.fail(`there is no ${name}`);
      const changed = { ...change(table), name: `${name}_${n}` };
      await createTable(moto, stack.database, changed);
      const sql = `SELECT count(*) FROM ${changed.name} WHERE ${lastDayOf(stack)}`;
      return refusalOf(trino.ask(sql, stack.database));
    });
  }
};
