import { LocalEngine } from "../../cli/query/local";
import { BUCKET } from "./rollup-sql";
import { type Span, Store } from "./store";

/** A lake as the pages see it: its rollup, and its newest flow. */
export class Lake {
  private constructor(
    readonly dir: string,
    public store: Store,
    /** When the newest flow began, in epoch seconds; 0 for a lake without flows. */
    public newest: number,
    /** The end of the last hour in which anything arrived. */
    public arrivals: number,
  ) {}

  private static async read(dir: string) {
    const engine = await LocalEngine.open(dir);
    try {
      const { to } = await engine.latest();
      return { newest: to - 1, arrivals: engine.arrivals };
    } finally {
      engine.close();
    }
  }

  /** @throws QueryError if the folder is no lake. */
  static async open(dir: string): Promise<Lake> {
    const { newest, arrivals } = await Lake.read(dir);
    return new Lake(dir, await Store.open(dir), newest, arrivals);
  }

  /** The state of the lake's files, which changes with them. */
  get version(): string {
    return this.store.version;
  }

  /** Looks at the lake again: at its newest flow, and, where it is another lake now, at all of it. */
  async refresh(): Promise<void> {
    const { newest, arrivals } = await Lake.read(this.dir);
    if (this.store.isStale) {
      const old = this.store;
      this.store = await Store.open(this.dir);
      old.close();
    }
    this.newest = newest;
    this.arrivals = arrivals;
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
