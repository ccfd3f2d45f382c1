import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { identifier, quoted } from "../firehose/convert";
import { plainFolder } from "../lake/plain-path";
import { InputError } from "./error";

/** Receiver of the columns' names, and then of the rows. */
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
 * Copies bytes to a file in a temporary folder.
 * @throws InputError if the folder cannot be written. Errors in reading the bytes are thrown as they are.
 */
const copy = async (label: string, bytes: AsyncIterable<Buffer>): Promise<string> => {
  const noCopy = ({ code, message }: NodeJS.ErrnoException) =>
    new InputError(
      `cannot read ${label}: Parquet is copied to a temporary folder first, and ${tmpdir()} cannot be written (${code ?? message}); name another with TMPDIR`,
    );
  let dir: string;
  try {
    dir = mkdtempSync(join(plainFolder(tmpdir()), "parquet-"));
  } catch (error) {
    throw noCopy(error as NodeJS.ErrnoException);
  }
  const file = join(dir, "input");
  let unwritten: InputError | undefined;
  try {
    const target = createWriteStream(file);
    target.once("error", (error) => {
      unwritten = "syscall" in error ? noCopy(error as NodeJS.ErrnoException) : undefined;
    });
    await pipeline(bytes, target);
    return file;
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw unwritten ?? error;
  }
};

/**
 * Reads Parquet by its bytes: the columns' names, and then its rows as texts, some at a time, in which a NULL is empty. The
 * bytes go to a file first: DuckDB reads from the end, and takes some names for patterns.
 * @throws InputError if it is damaged.
 */
export async function* readParquet(label: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<string[][]> {
  const file = await copy(label, bytes);
  let db: DuckDBConnection | undefined;
  try {
    const opened = await open(file);
    db = opened.db;
    yield [opened.columns];
    for await (const rows of opened.result.yieldRowsJs()) yield rows as string[][];
  } catch (error) {
    const [said] = (error as Error).message.replaceAll(file, label).split("\n");
    throw new InputError(`cannot read ${label}: the Parquet is damaged (${said})`);
  } finally {
    db?.closeSync();
    rmSync(dirname(file), { recursive: true, force: true });
  }
}
