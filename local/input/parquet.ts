import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { identifier, quoted } from "../firehose/convert";
import { plainFolder } from "../lake/plain-path";
import { InputError } from "./error";

/** Reads the columns' names, and then the rows. */
const open = async (file: string) => {
  const db = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
  try {
    // Strings are bytes without more where a writer does not say that they are UTF-8; the path is no partition.
    const rows = `read_parquet(${quoted(file)}, binary_as_string = true, hive_partitioning = false)`;
    const columns = (await db.run(`FROM ${rows} LIMIT 0`)).columnNames();
    const texts = columns.map((name) => `coalesce(CAST(${identifier(name)} AS VARCHAR), '')`);
    return { db, columns, result: await db.stream(`SELECT ${texts.join(", ")} FROM ${rows}`) };
  } catch (error) {
    db.closeSync();
    throw error;
  }
};

/**
 * Reads Parquet by its bytes: the columns' names, and then its rows as texts, some at a time, in which a NULL is empty. The
 * bytes go to a file first: DuckDB reads from the end, and takes some names for patterns.
 * @throws InputError if it is damaged.
 */
export async function* readParquet(label: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<string[][]> {
  const dir = mkdtempSync(join(plainFolder(tmpdir()), "parquet-"));
  const file = join(dir, "input");
  let db: DuckDBConnection | undefined;
  try {
    await pipeline(bytes, createWriteStream(file));
    const opened = await open(file);
    db = opened.db;
    yield [opened.columns];
    for await (const rows of opened.result.yieldRowsJs()) yield rows as string[][];
  } catch (error) {
    throw new InputError(
      `cannot read ${label}: the Parquet is damaged (${(error as Error).message.split("\n")[0]})`,
    );
  } finally {
    db?.closeSync();
    rmSync(dir, { recursive: true, force: true });
  }
}
