import assert from "node:assert/strict";
import { savedQueries } from "../../queries";
import { type Answer, refusalOf } from "./client";
import type { Report } from "./report";
import { type Trino, UNLOADED } from "./server";
import type { Stack } from "./stack";
import { valuesOf } from "./values";

/** What Scheduler replaces with the time for which it scheduled a run: here the next full hour. */
const SCHEDULED_TIME = "<aws.scheduler.scheduled-time>";

const nextHour = () => new Date((Math.floor(Date.now() / 3_600_000) + 1) * 3_600_000).toISOString();

/** Column names and types. */
const typesOf = (columns: Answer["columns"]) => columns.map(({ name, type }) => `${name} ${type}`).join(", ");

/**
 * Writes the answer as UNLOAD does, a line of JSON for each row, below the prefix of the detection's findings, and reads it
 * in the findings' table.
 */
const unload = async (trino: Trino, stack: Stack, detection: string, sql: string) => {
  const findings = stack.tables.find(({ name }) => name === "flow_logs_findings") ?? assert.fail();
  const place = `${findings.storageDescriptor.location}detection=${detection}/run=1/`;
  const table = `${UNLOADED}.${stack.name}."${detection}"`;
  const { rows } = await trino.ask(
    `CREATE TABLE ${table} WITH (format = 'JSON', external_location = '${place}') AS\n${sql}`,
    stack.database,
  );
  const found = await trino.ask(
    `SELECT count(*), count_if(json_extract(finding, '$') IS NULL) FROM flow_logs_findings WHERE detection = '${detection}'`,
    stack.database,
  );
  assert.deepEqual(
    found.rows[0].map(Number),
    [Number(rows[0][0]), 0],
    "the findings are not what was written",
  );
  const { columns } = await trino.ask(`SELECT * FROM ${table} LIMIT 0`, stack.database);
  return `${rows[0][0]} found; ${typesOf(columns)}`;
};

/** Each scheduled query in the form in which its state machine runs it. */
export const judgeDetections = async (trino: Trino, stack: Stack, report: Report) => {
  await trino.ask(`CREATE SCHEMA ${UNLOADED}.${stack.name}`, stack.database);
  for (const { target } of stack.inputsOf("Schedule")) {
    const { detection, sql } = JSON.parse(target.input);
    await report.claim(`${stack.name}: ${detection} can be unloaded`, () =>
      unload(trino, stack, detection, sql.replaceAll(SCHEDULED_TIME, nextHour())),
    );
  }
  await report.claim(`${stack.name}: a time with a zone cannot be unloaded`, () =>
    refusalOf(unload(trino, stack, "zoned", "SELECT from_unixtime(0) AS time")),
  );
};

/** Each prepared statement with its defaults, or with something to look for. */
export const judgePrepared = async (trino: Trino, stack: Stack, report: Report) => {
  const declared = stack.inputsOf("PreparedStatement");
  const statements = new Map(declared.map(({ name, queryStatement }) => [name, queryStatement]));
  for (const query of savedQueries()) {
    await report.claim(`${stack.name}: ${query.name} can be prepared and executed`, async () => {
      const statement = statements.get(query.name.replaceAll("-", "_")) ?? assert.fail("it is not declared");
      const given = valuesOf(query, stack.texts);
      const values = query.prepared.parameters.map((name) =>
        name in given ? `'${given[name]}'` : query.parameters.find((p) => p.name === name)?.default,
      );
      const using = values.length > 0 ? ` USING ${values.join(", ")}` : "";
      const { columns, rows } = await trino.ask(`EXECUTE statement${using}`, stack.database, { statement });
      return `${rows.length} rows; ${typesOf(columns)}`;
    });
  }
};
