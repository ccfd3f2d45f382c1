import assert from "node:assert/strict";
import { STATEMENTS } from "../dialect/cases";
import { answers, functions, version } from "../dialect/trino.json";
import type { Kept } from "../dialect/values";
import { refusalOf } from "./client";
import type { Report } from "./report";
import type { Trino } from "./server";
import { TRINO } from "./tools";

/** A schema that is always there. */
const ANY = "information_schema";

/** Trino's answer to a statement, or why it has none. */
const answerOf = async (trino: Trino, sql: string): Promise<Kept | { error: string }> => {
  const asked = trino.ask(sql, ANY);
  const answer = await asked.catch(() => undefined);
  if (!answer) return { error: await refusalOf(asked) };
  return { types: answer.columns.map(({ type }) => type), rows: answer.rows };
};

/** Content of tests/dialect/trino.json: Trino's functions, and its answers by the names of the statements. */
export const answersOf = async (trino: Trino) => {
  const kept: Record<string, Kept | { error: string }> = {};
  for (const [name, sql] of STATEMENTS) kept[name] = await answerOf(trino, sql);
  const { rows } = await trino.ask("SHOW FUNCTIONS", ANY);
  const names = [...new Set(rows.map(([name]) => String(name)))].sort();
  return { version: TRINO, functions: names, answers: kept };
};

/** Checks that the recorded answers are still Trino's. */
export const judgeFunctions = (trino: Trino, report: Report) =>
  report.claim("tests/dialect has Trino's functions and answers: npm run dialect writes them", async () => {
    assert.deepEqual(await answersOf(trino), { version, functions, answers });
    return `${functions.length} functions, ${STATEMENTS.length} statements`;
  });
