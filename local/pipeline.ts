import { type Layout, layoutOfColumns } from "../schema/layout";
import { readDefinition } from "./athena/definition";
import { addFigures, type LineFigures, noFigures } from "./figures";
import { isProcessing, type StreamTotals, sumOf } from "./firehose";
import { Producer } from "./firehose/producer";
import { Formats } from "./formats";
import type { LakeFolder } from "./lake/folder";
import { type Lane, laneFrom } from "./lanes";
import type { Batch } from "./replay";
import { LocalStack } from "./stack";

/** Figures of a run. */
export interface PipelineTotals extends LineFigures {
  invocations: number;
  failedEvents: number;
}

/** How the lines of some formats fitted: of one, or of those that share a stream. */
export interface Fit {
  formats: string[];
  lines: number;
  unparsed: number;
}

/** The outcome of a run. */
export interface Ended {
  totals: PipelineTotals;
  stream: StreamTotals;
  isTransformed: boolean;
}

/** The layout of the table that a lake has already, from an earlier run. */
const existingLayout = (dir: string): Layout[] => {
  const definition = readDefinition(dir);
  return definition ? [layoutOfColumns(definition.columns.map((c) => c.name))] : [];
};

/** Options of a run. */
interface Setting {
  stack: string;
  /** Values in place of the stack's. */
  config: Record<string, string>;
  lakeDir: string;
  /** True to replace the lake; otherwise rows are added to it. */
  replace: boolean;
}

/** Lines on the way through the stack on this machine, each from where a flow log of its format writes it. */
export class Pipeline {
  /** Lines sent. */
  lines = 0;
  readonly formats: Formats;
  private readonly lanes = new Map<string, Lane>();
  private producer: Producer | undefined;
  private underWay: Promise<void> = Promise.resolve();
  /** The failure of this machine, if it failed. */
  private fault: unknown;
  /** Ends the wait for what is under way. */
  private fail: (error: unknown) => void = () => {};

  private constructor(
    { stack, config, lakeDir, replace }: Setting,
    private readonly local: LocalStack,
    private readonly time: { now: Date },
  ) {
    local.fault.catch((error) => {
      this.fault = error;
      this.fail(error);
    });
    this.formats = new Formats(stack, config, replace ? [] : existingLayout(lakeDir));
  }

  static async open(setting: Setting): Promise<Pipeline> {
    const time = { now: new Date() };
    const local = await LocalStack.open({ ...setting, clock: () => time.now });
    return new Pipeline(setting, local, time);
  }

  /** Sends a batch of lines; one is under way while the next is made ready. */
  async send({ layout, hour, events }: Batch): Promise<void> {
    const lane = this.lanes.get(layout.format) ?? (await this.openLane(layout));
    await this.underWay;
    this.time.now = hour;
    this.lines += events.length;
    this.underWay = this.unlessFault(lane.put(events));
    // Whoever waits for it next hears of a failure; until then it is not unhandled.
    this.underWay.catch(() => {});
  }

  /**
   * Gives up waiting when this machine fails. A `Promise.race` would do the same, but `fault` would then hold all that was
   * ever sent.
   */
  private unlessFault(put: Promise<void>): Promise<void> {
    return new Promise((done, fail) => {
      this.fail = fail;
      if (this.fault !== undefined) fail(this.fault);
      put.then(done, fail);
    });
  }

  private async openLane(layout: Layout): Promise<Lane> {
    await this.underWay;
    const from = await this.formats.destinationOf(layout);
    await this.local.deploy(await this.formats.current());
    this.producer ??= new Producer(this.local.url, from.program.region);
    const lane = laneFrom(this.local, this.producer, from, `eni-local-${layout.fields.length}`);
    this.lanes.set(layout.format, lane);
    return lane;
  }

  /**
   * Ends the flow: Firehose writes what it holds, and everything becomes visible in the lake, unless `check` throws: the
   * lake is then as it was.
   */
  async finish(check: (ended: Ended, lake: LakeFolder) => void = () => {}): Promise<Ended> {
    await this.underWay;
    // With no line at all there is still a table, empty, in the stack's own format.
    if (this.lanes.size === 0) await this.local.deploy(await this.formats.with(await this.formats.own()));
    await this.local.write();
    const streams = [...this.local.streams.values()];
    const figures = noFigures();
    for (const each of new Set([...this.lanes.values()].map((lane) => lane.figures)))
      addFigures(figures, each);
    const { invocations, failedEvents, why } = this.local;
    const ended = {
      totals: { ...figures, lines: this.lines, invocations, failedEvents, why },
      stream: sumOf(streams),
      isTransformed: streams.some(({ declared }) => isProcessing(declared)),
    };
    check(ended, this.local.lake);
    this.local.lake.commit();
    return ended;
  }

  /** Returns how many lines fitted each format, for hints. */
  fits(): Fit[] {
    const lanes = [...this.lanes];
    return [...new Set(lanes.map(([, { figures }]) => figures))].map((figures) => ({
      formats: lanes.filter(([, lane]) => lane.figures === figures).map(([format]) => format),
      lines: figures.lines,
      unparsed: figures.unparsed,
    }));
  }

  /** Ends every process and removes unfinished objects. */
  async close(): Promise<void> {
    await this.local.close();
    this.producer?.close();
  }
}
