import { addFigures, type LineFigures, noFigures } from "./figures";
import { isProcessing, type StreamTotals, sumOf } from "./firehose";
import { runProgram } from "./program";
import { LocalStack } from "./stack";

/** A stack that takes no lines from producers. */
export class ServiceError extends Error {}

/** A stream that producers may write to. */
export interface ServedStream {
  name: string;
  /** The format of lines in it, if a flow log of the stack writes to it. */
  format?: string;
}

/** How often it is looked after what is due, in milliseconds. */
const EVERY = 200;

/** The stack for real clients, in real time: what they put is in the lake when its buffering interval is over. */
export class LocalService {
  readonly streams: ServedStream[] = [];
  private timer: NodeJS.Timeout | undefined;
  private ticking: Promise<void> = Promise.resolve();

  private constructor(
    private readonly stack: LocalStack,
    readonly region: string,
    /** Called when the lake has new objects, and when the service fails and will write no more. */
    private readonly onChange: (rows: number) => void,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** @throws ServiceError if the stack's stream takes rows of the function's, and no lines. */
  static async start(
    setting: { stack: string; config: Record<string, string>; lakeDir: string; port: number },
    on: { change(rows: number): void; failure(error: unknown): void },
  ): Promise<LocalService> {
    const program = await runProgram(setting.stack, setting.config);
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

  /** Seconds after which a record is in the lake at the latest. */
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

  /** Takes no more, writes what is there, and says what it all was. */
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
