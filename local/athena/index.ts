import { resolve } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { viewsOf } from "../../queries/views";
import { identifier, quoted } from "../firehose/convert";
import { findingsView } from "../lake/findings";
import { plainFolder } from "../lake/plain-path";
import type { Answer, AnswerStream } from "./answer";
import { streamFrom } from "./answer-stream";
import { filesOf, readDefinition, type TableDefinition } from "./definition";
import { MACROS } from "./dialect/macros";
import { translated } from "./dialect/translate";
import { asQueryError, QueryError } from "./query-error";
import { questionIn } from "./question";
import { filesSql, tableSql } from "./table-sql";

export { QueryError } from "./query-error";

const inItsWords = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    throw asQueryError(error);
  }
};

/** Stand-in for Athena: DuckDB over a lake's table. It can read only the lake, and cannot write there. */
export class LocalAthena {
  private constructor(
    private readonly db: DuckDBConnection,
    readonly table: TableDefinition,
    /** Path of the lake's folder that DuckDB does not take for a pattern. */
    readonly place: string,
  ) {}

  /**
   * Opens a lake. `output` is the one file outside the lake that an answer may be saved in. With `fileTimes`, the table has
   * Athena's hidden column `$file_modified_time`, which `SELECT *` shows here, and there is a view of its files.
   * @throws QueryError if the folder is no lake.
   */
  static async open(dir: string, output?: string, fileTimes = false): Promise<LocalAthena> {
    const lake = plainFolder(dir);
    const table = readDefinition(dir);
    if (!table) throw new QueryError(`there is no lake in ${dir}; make one with: flowlogs run --lake ${dir}`);
    const db = await (await DuckDBInstance.create()).connect();
    await db.run("SET TimeZone = 'UTC'");
    for (const definition of MACROS) await db.run(`CREATE MACRO ${definition}`);
    const files = fileTimes ? identifier(filesOf(table)) : undefined;
    if (files) await db.run(`CREATE VIEW ${files} AS ${filesSql(lake, table)}`);
    await db.run(`CREATE VIEW ${identifier(table.name)} AS ${await tableSql(db, lake, table, files)}`);
    for (const view of viewsOf(table.name, [...table.columns, ...table.partitionKeys]))
      await db.run(`CREATE VIEW ${identifier(view.name)} AS ${await translated(db, view.sql)}`);
    const findings = findingsView(lake);
    if (findings) await db.run(`CREATE VIEW ${findings}`);
    await db.run(`SET allowed_directories = [${quoted(`${lake}/`)}]`);
    if (output !== undefined) await db.run(`SET allowed_paths = [${quoted(resolve(output))}]`);
    await db.run("SET enable_external_access = false");
    await db.run("SET lock_configuration = true");
    return new LocalAthena(db, table, lake);
  }

  /**
   * Runs a query, and streams its rows. Only one answer of a lake can be read at a time.
   * @throws QueryError with DuckDB's message, at once or while rows are read.
   */
  stream(sql: string): Promise<AnswerStream> {
    const begin = async () => {
      const own = await translated(this.db, sql);
      return streamFrom(this.db, own, await questionIn(this.db, own));
    };
    return inItsWords(begin());
  }

  /** Runs a query, and returns all rows. @throws QueryError with DuckDB's message. */
  ask(sql: string): Promise<Answer> {
    const read = async () => {
      const own = await translated(this.db, sql);
      const reader = await (await questionIn(this.db, own)).runAndReadAll();
      return {
        columns: reader.deduplicatedColumnNames(),
        types: reader.columnTypes().map(String),
        rows: reader.getRows(),
      };
    };
    return inItsWords(read());
  }

  /** Stores the answer in memory as a table, for later questions, in the place of one of that name. The SQL is this program's own. */
  async keep(name: string, sql: string): Promise<void> {
    await this.db.run(`CREATE OR REPLACE TABLE ${identifier(name)} AS ${await translated(this.db, sql)}`);
  }

  /** Runs a statement of this program's own on tables that `keep` made. */
  async change(sql: string): Promise<void> {
    await this.db.run(sql);
  }

  /** Stops the question that is running, which then fails. */
  interrupt(): void {
    this.db.interrupt();
  }

  /** Writes the answer as Parquet to the `output` of `open`. Returns the number of rows. */
  save(sql: string, output: string): Promise<number> {
    const write = async () => {
      const own = await translated(this.db, sql);
      await questionIn(this.db, own);
      const select = own.trim().replace(/;+$/, "");
      const options = "FORMAT parquet, USE_TMP_FILE false";
      return (await this.db.run(`COPY (${select}\n) TO ${quoted(resolve(output))} (${options})`)).rowsChanged;
    };
    return inItsWords(write());
  }

  close(): void {
    this.db.closeSync();
  }
}
