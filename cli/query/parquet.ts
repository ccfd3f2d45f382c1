import { renameSync, rmSync } from "node:fs";
import { type DuckDBAppender, DuckDBInstance } from "@duckdb/node-api";
import type { AnswerStream } from "../../local/athena/answer";
import { asQueryError } from "../../local/athena/query-error";
import { identifier, quoted } from "../../local/firehose/convert";

const INTO = "FORMAT parquet, USE_TMP_FILE false";

/** Appends all values as text. Returns the number of rows. */
const fill = async (appender: DuckDBAppender, batches: AnswerStream["batches"]): Promise<number> => {
  let rows = 0;
  for await (const batch of batches) {
    for (const row of batch) {
      for (const value of row) {
        if (value === null) appender.appendNull();
        else appender.appendVarchar(String(value));
      }
      appender.endRow();
    }
    rows += batch.length;
  }
  appender.closeSync();
  return rows;
};

/** Writes rows of another engine to a Parquet file with the types of their columns. Returns their number. */
export const rowsToParquet = async (answer: AnswerStream, file: string): Promise<number> => {
  const { columns, types, batches } = answer;
  const part = `${file}.${process.pid}.part`;
  const db = await (await DuckDBInstance.create()).connect();
  try {
    await db.run("SET TimeZone = 'UTC'");
    await db.run(`CREATE TABLE texts (${columns.map((_, i) => `c${i} VARCHAR`).join(", ")})`);
    const rows = await fill(await db.createAppender("texts"), batches);
    const select = columns.map((name, i) => `CAST(c${i} AS ${types[i]}) AS ${identifier(name)}`);
    await db.run(`COPY (SELECT ${select.join(", ")} FROM texts) TO ${quoted(part)} (${INTO})`);
    renameSync(part, file);
    return rows;
  } catch (error) {
    throw asQueryError(error);
  } finally {
    rmSync(part, { force: true });
    db.closeSync();
  }
};
