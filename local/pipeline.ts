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

/** Counts of lines that fitted, for one format or for several that share a stream. */
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

/** Returns the layout of a lake's table from earlier runs. */
const existingLayout = (dir: string): Layout[] => {
  const definition = readDefinition(dir);
  return definition ? [layoutOfColumns(definition.columns.map((c) => c.name))] : [];
};

/** Options of a run. */
interface Setting {
  stack: string;
  /** Configuration values that override the stack's. */
  config: Record<string, string>;
  /** The folder of a user's project; this program's own, if absent. */
  folder?: string;
  lakeDir: string;
  /** True to replace the lake; otherwise rows are added to it. */
  replace: boolean;
}

/** Sends lines through the stack on this machine, each from the destination of its format's flow log. */
export class Pipeline {
  /** Lines sent. */
  lines = 0;
  readonly formats: Formats;
  private readonly lanes = new Map<string, Lane>();
  private producer: Producer | undefined;
  private underWay: Promise<void> = Promise.resolve();
  /** The error of this machine, if one occurred. */
  private fault: unknown;
  /** Rejects the wait for the batch in flight. */
  private fail: (error: unknown) => void = () => {};

  private constructor(
    { lakeDir, replace, ...chosen }: Setting,
    private readonly local: LocalStack,
    private readonly time: { now: Date },
  ) {
    local.fault.catch((error) => {
      this.fault = error;
      this.fail(error);
    });
    this.formats = new Formats(chosen, replace ? [] : existingLayout(lakeDir));
  }

  static async open(setting: Setting): Promise<Pipeline> {
    const time = { now: new Date() };
    const local = await LocalStack.open({ ...setting, clock: () => time.now });
    return new Pipeline(setting, local, time);
  }

  /** Sends a batch of lines. One batch is in flight while the next is prepared. */
  async send({ layout, hour, events }: Batch): Promise<void> {
    const lane = this.lanes.get(layout.format) ?? (await this.openLane(layout));
    await this.underWay;
    this.time.now = hour;
    this.lines += events.length;
    this.underWay = this.unlessFault(lane.put(events));
    // The next wait reports a failure. This handler keeps Node from ending the process before that.
    this.underWay.catch(() => {});
  }

  /**
   * Stops waiting when this machine fails. `Promise.race` would keep a reference from `fault` to every batch that was sent.
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
   * Ends the run: Firehose writes its buffers, and all objects become visible in the lake. If `check` throws, the lake stays
   * as it was.
   */
  async finish(check: (ended: Ended, lake: LakeFolder) => void = () => {}): Promise<Ended> {
    await this.underWay;
    // Without any line the lake gets an empty table in the stack's own format.
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
