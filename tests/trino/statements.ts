import assert from "node:assert/strict";
import { savedQueries } from "../../queries";
import { SCHEDULED_TIME } from "../../queries/scheduled";
import { type Answer, refusalOf } from "./client";
import type { Moto } from "./moto";
import type { Report } from "./report";
import { type Trino, UNLOADED } from "./server";
import type { Stack } from "./stack";
import { valuesOf } from "./values";

/** A stack, with the Trino that judges it. */
interface Judges {
  trino: Trino;
  moto: Moto;
  stack: Stack;
}

const DAY = 86_400_000;

/** Time of the run that reads all rows of today, also late ones: the next midnight, UTC. */
const nextMidnight = () => new Date((Math.floor(Date.now() / DAY) + 1) * DAY).toISOString();

/** Column names and types. */
const typesOf = (columns: Answer["columns"]) => columns.map(({ name, type }) => `${name} ${type}`).join(", ");

/** The partition that the state machine registers for a run, as it is declared, with its values and its place. */
const registered = (stack: Stack, values: string[], place: string) => {
  const { States } = JSON.parse(stack.inputsOf("StateMachine")[0].definition);
  const { DatabaseName, TableName, PartitionInput } = States.Register.Parameters;
  const { "Location.$": _, ...descriptor } = PartitionInput.StorageDescriptor;
  const storage = { ...descriptor, Location: place };
  return { DatabaseName, TableName, PartitionInput: { Values: values, StorageDescriptor: storage } };
};

/**
 * Writes the answer as UNLOAD does, a line of JSON for each row, below the prefix of the detection's findings, registers
 * that as the state machine does, and reads it in the findings' table.
 */
const unload = async ({ trino, moto, stack }: Judges, detection: string, sql: string) => {
  const findings = stack.tables.find(({ name }) => name === "flow_logs_findings") ?? assert.fail();
  const place = `${findings.storageDescriptor.location}detection=${detection}/run=1/`;
  const table = `${UNLOADED}.${stack.name}."${detection}"`;
  const { rows } = await trino.ask(
    `CREATE TABLE ${table} WITH (format = 'JSON', external_location = '${place}') AS\n${sql}`,
    stack.database,
  );
  await moto.glue("CreatePartition", registered(stack, [detection, "1"], place));
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
export const judgeDetections = async (judges: Judges, report: Report) => {
  const { trino, stack } = judges;
  await trino.ask(`CREATE SCHEMA ${UNLOADED}.${stack.name}`, stack.database);
  for (const { target } of stack.inputsOf("Schedule")) {
    const { detection, sql } = JSON.parse(target.input);
    await report.claim(`${stack.name}: ${detection} can be unloaded`, () =>
      unload(judges, detection, sql.replaceAll(SCHEDULED_TIME, nextMidnight())),
    );
  }
  await report.claim(`${stack.name}: the table of findings has what was found`, async () => {
    const sql = "SELECT detection, count(*) FROM flow_logs_findings GROUP BY detection ORDER BY detection";
    const { rows } = await trino.ask(sql, stack.database);
    assert.ok(rows.length > 0, "nothing was found");
    return rows.map((row) => row.join(" ")).join(", ");
  });
  await report.claim(`${stack.name}: a time with a zone cannot be unloaded`, () =>
    refusalOf(unload(judges, "zoned", "SELECT from_unixtime(0) AS time")),
  );
};

/** Each prepared statement with its defaults, or with values from the lake. */
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
