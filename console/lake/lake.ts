import { LocalEngine } from "../../cli/query/local";
import { Line } from "./line";
import { BUCKET } from "./rollup-sql";
import { type Span, Store } from "./store";

/** A lake as the pages see it: its rollup, and its newest flow. */
export class Lake {
  private readonly line = new Line();
  /** The state of the files when the lake was looked at last. */
  private seen: string;

  private constructor(
    readonly dir: string,
    public store: Store,
    /** When the newest flow began, in epoch seconds; the end of the last hour of arrival for a table without `start`. */
    public newest: number,
  ) {
    this.seen = store.version;
  }

  private static async newestIn(dir: string): Promise<number> {
    const engine = await LocalEngine.open(dir);
    try {
      return (await engine.latest()).to - 1;
    } finally {
      engine.close();
    }
  }

  /** @throws QueryError if the folder is no lake. */
  static async open(dir: string): Promise<Lake> {
    const newest = await Lake.newestIn(dir);
    return new Lake(dir, await Store.open(dir), newest);
  }

  /**
   * Looks at the lake again if its files have changed: at its newest flow, and, where it is another lake now, at all of it. Returns
   * the state of the files.
   * @throws QueryError if the folder is no lake any more.
   */
  look(): Promise<string> {
    return this.line.take(async () => {
      const { version } = this.store;
      if (version !== this.seen) await this.refresh();
      this.seen = this.store.version;
      return this.seen;
    });
  }

  private async refresh(): Promise<void> {
    const newest = await Lake.newestIn(this.dir);
    if (this.store.isStale) {
      const old = this.store;
      this.store = await Store.open(this.dir);
      await old.close();
    }
    this.newest = newest;
  }

  /** The window of a day before the newest flow, as pages have it unless their address says otherwise. */
  get usual(): Span {
    const to = Math.ceil((this.newest + 1) / BUCKET) * BUCKET;
    return { from: to - 86_400, to };
  }

  /** True if a question about the span needs no reading of the lake. */
  isReady(span: Span): boolean {
    return this.store.isRolled(span);
  }

  /** Reads what the overview shows first, then the day before it. */
  prepare(): void {
    const { from, to } = this.usual;
    for (const span of [
      { from, to },
      { from: 2 * from - to, to: from },
    ])
      this.store.ask(span, () => "SELECT 1").catch(() => {});
  }

  async close(): Promise<void> {
    await this.store.close();
  }
}
