import { renameSync, rmSync } from "node:fs";
import { LocalAthena } from "../../local/athena";
import type { Answer, AnswerStream } from "../../local/athena/answer";
import { identifier, quoted } from "../../local/firehose/convert";
import { layoutOfColumns } from "../../schema/layout";
import { type Definition, type Engine, type Explanation, hourText } from "./engine";
import { hourOf, type Partition, partitionsOf } from "./files";
import type { FlowWindow, LeftOut } from "./late";
import { scansOf, sizeOf } from "./scan";
import type { Latest } from "./window";

/** Path of an unfinished answer. */
const partOf = (file: string) => `${file}.${process.pid}.part`;

/** Engine for a lake on this machine: DuckDB. */
export class LocalEngine implements Engine {
  private constructor(
    private readonly athena: LocalAthena,
    private readonly partitions: Partition[],
  ) {}

  /** @throws QueryError if the folder is no lake. */
  static async open(lake: string, output?: string): Promise<LocalEngine> {
    const athena = await LocalAthena.open(lake, output && partOf(output));
    return new LocalEngine(athena, partitionsOf(athena.place, athena.table));
  }

  get table(): string {
    return this.athena.table.name;
  }

  async definition(): Promise<Definition> {
    const { columns, inside = [] } = this.athena.table;
    return { layout: layoutOfColumns(columns.map(({ name }) => name)), inside };
  }

  private async newestIn({ values }: Partition): Promise<number> {
    const where = this.athena.table.partitionKeys.map(({ name }, i) => `"${name}" = ${quoted(values[i])}`);
    const { rows } = await this.ask(`SELECT max(start) FROM ${this.table} WHERE ${where.join(" AND ")}`);
    return Number(rows[0][0] ?? 0);
  }

  /**
   * Returns the start of the newest flow. It reads partitions from the last back to the hour of that start; older ones
   * hold no newer flow.
   */
  private async newest(): Promise<number> {
    let newest = 0;
    if (!this.athena.table.columns.some(({ name }) => name === "start")) return newest;
    for (const partition of this.partitions.toReversed()) {
      if (hourOf(partition) + 3600 <= newest) break;
      newest = Math.max(newest, await this.newestIn(partition));
    }
    return newest;
  }

  /**
   * Returns the end of windows: after the newest flow. `late` reaches to the last hour of arrival, which may be long
   * afterwards.
   */
  async latest(): Promise<Latest> {
    const last = this.partitions.at(-1);
    const arrived = last ? hourOf(last) : 0;
    const newest = await this.newest();
    const to = newest > 0 ? newest + 1 : arrived + 3600;
    return { to, late: Math.max(1, Math.ceil((arrived - to) / 3600)) };
  }

  get arrivals(): number {
    const last = this.partitions.at(-1);
    return last ? hourOf(last) + 3600 : 0;
  }

  /** Counts the window's rows in later partitions. It skips files whose statistics exclude the window. */
  async leftOut({ from, to, late }: FlowWindow): Promise<LeftOut | undefined> {
    const { columns, partitionKeys } = this.athena.table;
    const unread = this.partitions.filter((partition) => hourOf(partition) > to + late * 3600);
    if (unread.length === 0 || !columns.some(({ name }) => name === "start")) return undefined;
    const hour = partitionKeys.map(({ name }) => identifier(name)).join(" || ");
    const { rows } = await this.ask(`SELECT count(*), max(${hour}) FROM ${this.table}
      WHERE start >= ${from} AND start < ${to} AND ${hour} >= ${quoted(unread[0].values.join(""))}`);
    const last = unread.find(({ values }) => values.join("") === rows[0][1]);
    return last && { rows: Number(rows[0][0]), late: Math.ceil((hourOf(last) - to) / 3600) };
  }

  private ask(sql: string): Promise<Answer> {
    return this.athena.ask(sql);
  }

  stream(sql: string): Promise<AnswerStream> {
    return this.athena.stream(sql);
  }

  async explain(sql: string): Promise<Explanation> {
    const scans = await scansOf(this.athena, this.partitions, sql);
    const read = this.partitions.filter((p) => scans.some(({ partitions }) => partitions.includes(p)));
    const [first, last] = [read.at(0), read.at(-1)].map((p) => p && hourText(hourOf(p)));
    const { files, bytes, columnBytes } = await sizeOf(scans);
    const columns = [...new Set(scans.flatMap((scan) => scan.columns))];
    const again = scans.length > 1 ? `; it reads the table ${scans.length} times, and each counts` : "";
    return {
      sql,
      partitions: { read: read.length, of: this.partitions.length, first, last },
      files: { read: files, bytes, columns, columnBytes },
      note: `measured in the lake by DuckDB's plan and the files' footers${again}; nothing was run`,
    };
  }

  async save(sql: string, file: string): Promise<number> {
    const part = partOf(file);
    try {
      const rows = await this.athena.save(sql, part);
      renameSync(part, file);
      return rows;
    } finally {
      rmSync(part, { force: true });
    }
  }

  /** Stops the question that is running, which then fails. */
  interrupt(): void {
    this.athena.interrupt();
  }

  close(): void {
    this.athena.close();
  }
}
