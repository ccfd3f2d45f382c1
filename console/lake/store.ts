import { statSync } from "node:fs";
import { join } from "node:path";
import { partitionsOf } from "../../cli/query/files";
import { LocalAthena } from "../../local/athena";
import { TABLE_KEY } from "../../local/lake/folder";
import { layoutOfColumns } from "../../schema/layout";
import { Line } from "./line";
import { type LakeTable, rollupSql, ruleOf, windowSql } from "./rollup-sql";

/** A window of time, in epoch seconds; its end is not in it. */
export interface Span {
  from: number;
  to: number;
}

/** A row of an answer by its columns' names: numbers, texts or NULL. */
export type Row = Record<string, string | number | boolean | null>;

const plain = (value: unknown): Row[string] => {
  if (typeof value === "bigint") return Number(value);
  if (value === null || value === undefined) return null;
  return typeof value === "number" || typeof value === "boolean" ? value : String(value);
};

/** Windows that are kept; the one that was asked for longest ago goes first. */
const WINDOWS = 4;

/** Hours of arrival after a window's end that are read too. */
const LATE = 1;

const hourName = (seconds: number) =>
  new Date(seconds * 1000).toISOString().slice(0, 13).replaceAll(/[-T]/g, "");

/** A partition of the lake: its hour of arrival, such as 2026011510, and its files. */
interface Part {
  hour: string;
  /** Differs once a file was added or taken away. */
  state: string;
}

/**
 * The rollup of a lake in memory. Each hour of arrival is read once, and again when its files change; windows and panels are
 * made of the rollup.
 */
export class Store {
  private readonly line = new Line();
  /** Hours that are in the rollup, with the state of their files. */
  private readonly rolled = new Map<string, string>();
  /** Windows that are kept, by their span. */
  private readonly windows = new Map<string, string>();
  private count = 0;
  private readonly hadFiles: boolean;

  private constructor(
    readonly dir: string,
    private readonly athena: LocalAthena,
    readonly table: LakeTable,
    private readonly made: number,
  ) {
    this.hadFiles = this.parts().length > 0;
  }

  /** @throws QueryError if the folder is no lake. */
  static async open(dir: string): Promise<Store> {
    const athena = await LocalAthena.open(dir);
    const { name, columns, inside = [] } = athena.table;
    const names = columns.map((column) => column.name);
    const table = { name, layout: layoutOfColumns(names), inside, columns: new Set(names) };
    return new Store(dir, athena, table, statSync(join(dir, TABLE_KEY)).mtimeMs);
  }

  /** True if the lake must be opened again: another one replaced it, its first files are there, or its last are gone. */
  get isStale(): boolean {
    const made = statSync(join(this.dir, TABLE_KEY), { throwIfNoEntry: false })?.mtimeMs;
    return made !== this.made || this.hadFiles !== this.parts().length > 0;
  }

  /** The partitions that there are now, the oldest first. */
  parts(): Part[] {
    return partitionsOf(this.athena.place, this.athena.table).map(({ values, files }) => ({
      hour: values.join(""),
      state: files.map(({ path, bytes }) => `${path} ${bytes}`).join("\n"),
    }));
  }

  /** Differs once files were added to the lake or taken away. */
  get version(): string {
    return this.parts()
      .map(({ hour, state }) => `${hour} ${state}`)
      .join("\n");
  }

  private wanted({ from, to }: Span): Part[] {
    const [first, last] = [hourName(from), hourName(to + LATE * 3600)];
    return this.parts().filter(({ hour }) => hour >= first && hour <= last);
  }

  /** True if every partition that can have rows of the span is in the rollup as it is now. */
  isRolled(span: Span): boolean {
    return this.wanted(span).every(({ hour, state }) => this.rolled.get(hour) === state);
  }

  /** Reads the partitions that can have rows of a span and are not in the rollup as they are now. */
  private async roll(span: Span): Promise<void> {
    await this.forgetGone();
    const wanted = this.wanted(span);
    const changed = wanted.filter(({ hour, state }) => this.rolled.get(hour) !== state);
    if (changed.length === 0) return;
    this.windows.clear();
    await this.add(changed.map(({ hour }) => hour));
    for (const { hour, state } of changed) this.rolled.set(hour, state);
  }

  private async add(hours: string[]): Promise<void> {
    const fresh = "fresh";
    await this.athena.keep(fresh, rollupSql(this.table, hours));
    if (this.rolled.size === 0)
      await this.athena.change(`CREATE OR REPLACE TABLE summed AS FROM ${fresh} LIMIT 0`);
    await this.remove(hours);
    await this.athena.change(`INSERT INTO summed FROM ${fresh}`);
    await this.athena.change(`DROP TABLE ${fresh}`);
  }

  /** Takes partitions out of the rollup that the lake has no longer. */
  private async forgetGone(): Promise<void> {
    const there = new Set(this.parts().map(({ hour }) => hour));
    const gone = [...this.rolled.keys()].filter((hour) => !there.has(hour));
    if (gone.length === 0) return;
    this.windows.clear();
    await this.remove(gone);
    for (const hour of gone) this.rolled.delete(hour);
  }

  private remove(hours: string[]): Promise<void> {
    return this.athena.change(
      `DELETE FROM summed WHERE part IN (${hours.map((hour) => `'${hour}'`).join(", ")})`,
    );
  }

  /** The name of the table with a window's rows. */
  private async windowOf(span: Span): Promise<string> {
    await this.roll(span);
    const key = `${span.from}-${span.to}`;
    const known = this.windows.get(key);
    if (known) return known;
    if (this.windows.size >= WINDOWS) {
      const [oldest, name] = [...this.windows][0];
      this.windows.delete(oldest);
      await this.athena.change(`DROP TABLE ${name}`);
    }
    const name = `window_${++this.count % (WINDOWS + 1)}`;
    if (this.rolled.size === 0) await this.add(["none"]);
    await this.athena.keep(name, windowSql(ruleOf(this.table), span));
    this.windows.set(key, name);
    return name;
  }

  /**
   * Answers a question about a window. `sql` makes the SQL of the name of the table with its rows.
   */
  ask(span: Span, sql: (rows: string) => string): Promise<Row[]> {
    return this.line.take(async () => {
      const { columns, rows } = await this.athena.ask(sql(await this.windowOf(span)));
      return rows.map((row) => Object.fromEntries(row.map((value, i) => [columns[i], plain(value)])));
    });
  }

  /** Closes the lake once the question that is running has ended. */
  async close(): Promise<void> {
    this.athena.interrupt();
    await this.line.take(async () => this.athena.close());
  }
}
