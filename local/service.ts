import { addFigures, type LineFigures, noFigures } from "./figures";
import { isProcessing, type StreamTotals, sumOf } from "./firehose";
import { runProgram } from "./program";
import { LocalStack } from "./stack";

/** The stack accepts no lines from producers. */
export class ServiceError extends Error {}

/** A stream that producers may write to. */
export interface ServedStream {
  name: string;
  /** The format of lines in it, if a flow log of the stack writes to it. */
  format?: string;
}

/** Interval of the check for due buffers, in milliseconds. */
const EVERY = 200;

/** Runs the stack in real time for producers: their records are in the lake after the buffering interval. */
export class LocalService {
  readonly streams: ServedStream[] = [];
  private timer: NodeJS.Timeout | undefined;
  private ticking: Promise<void> = Promise.resolve();

  private constructor(
    private readonly stack: LocalStack,
    readonly region: string,
    /** Callbacks for new objects in the lake, and for a failure after which nothing more is written. */
    private readonly onChange: (rows: number) => void,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Starts the stack. @throws ServiceError if its stream takes rows from the function, and no lines. */
  static async start(
    setting: {
      stack: string;
      config: Record<string, string>;
      folder?: string;
      lakeDir: string;
      port: number;
    },
    on: { change(rows: number): void; failure(error: unknown): void },
  ): Promise<LocalService> {
    const program = await runProgram(setting.stack, setting.config, setting.folder);
    const stack = await LocalStack.open({ ...setting, replace: false, clock: () => new Date() });
    try {
      await stack.deploy(program);
      const service = new LocalService(stack, program.region, on.change, on.failure);
      for (const { declared, name } of stack.streams.values()) {
        if (!isProcessing(declared))
          throw new ServiceError(
            `${name} takes the rows that the stack's function makes, and no lines; for a stream that takes lines: flowlogs local -c ingestion=DIRECT`,
          );
        const flowLog = program.resources.find((r) => r.inputs.logDestination === declared.state.arn);
        service.streams.push({ name, format: flowLog?.inputs.logFormat });
      }
      await stack.tick();
      service.next();
      return service;
    } catch (error) {
      await stack.close();
      throw error;
    }
  }

  get url(): string {
    return this.stack.url;
  }

  /** Maximum seconds until a record is in the lake. */
  get latency(): number {
    return Math.max(...[...this.stack.streams.values()].map((stream) => stream.latency));
  }

  private get totals(): StreamTotals {
    return sumOf([...this.stack.streams.values()]);
  }

  private next(): void {
    this.timer = setTimeout(() => {
      this.ticking = this.tick().catch(this.onFailure);
    }, EVERY);
  }

  private async tick(): Promise<void> {
    const { rows } = this.totals;
    await this.stack.tick();
    if (this.totals.rows > rows) this.onChange(this.totals.rows);
    this.next();
  }

  /** Accepts no more records, writes the buffers, and returns the totals. */
  async stop(): Promise<LineFigures & StreamTotals & { invocations: number; failedEvents: number }> {
    await this.ticking;
    clearTimeout(this.timer);
    await this.stack.drain();
    const figures = noFigures();
    for (const stream of this.stack.streams.values()) addFigures(figures, stream.figures ?? noFigures());
    const { invocations, failedEvents } = this.stack;
    await this.stack.close();
    return { ...figures, ...this.totals, invocations, failedEvents };
  }
}
