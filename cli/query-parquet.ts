import { renameSync, rmSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import { type Answer, QueryError } from "../local/athena";
import { identifier, quoted } from "../local/convert";

const INTO = "FORMAT parquet, USE_TMP_FILE false";

/** Writes rows that came from elsewhere to a file, as Parquet with the types of their columns. Gives their number. */
export const rowsToParquet = async ({ columns, types, rows }: Answer, file: string): Promise<number> => {
  const part = `${file}.${process.pid}.part`;
  const db = await (await DuckDBInstance.create()).connect();
  try {
    await db.run("SET TimeZone = 'UTC'");
    await db.run(`CREATE TABLE texts (${columns.map((_, i) => `c${i} VARCHAR`).join(", ")})`);
    const appender = await db.createAppender("texts");
    for (const row of rows) {
      for (const value of row) {
        if (value === null) appender.appendNull();
        else appender.appendVarchar(String(value));
      }
      appender.endRow();
    }
    appender.closeSync();
    const select = columns.map((name, i) => `CAST(c${i} AS ${types[i]}) AS ${identifier(name)}`);
    await db.run(`COPY (SELECT ${select.join(", ")} FROM texts) TO ${quoted(part)} (${INTO})`);
    renameSync(part, file);
    return rows.length;
  } catch (error) {
    throw new QueryError((error as Error).message);
  } finally {
    rmSync(part, { force: true });
    db.closeSync();
  }
};
