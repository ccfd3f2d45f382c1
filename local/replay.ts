import type { Layout } from "../schema/layout";
import { copied } from "./copied";
import type { InputLine } from "./input";
import type { LogEvent } from "./logs";

/** Lines of one format that arrived in the same hour: one invocation of the ETL. */
export interface Batch {
  layout: Layout;
  /** The hour of arrival. */
  hour: Date;
  events: LogEvent[];
}

/** Limits of a PutLogEvents call: events, and bytes, with 26 more for each event (CloudWatch Logs quotas). */
const BATCH_EVENTS = 10_000;
const BATCH_BYTES = 1024 * 1024;
const EVENT_OVERHEAD = 26;
/** Maximum bytes of waiting lines, over all hours. Their strings and objects take about three times as much memory. */
export const WAITING_BYTES = 8 * 1024 * 1024;

const HOUR = 3_600_000;

/** The nth token of a line, or nothing. */
const token = (line: string, n: number): string | undefined => {
  if (line.includes("  ") || line.includes("\t") || line[0] === " ") return line.trim().split(/[ \t]+/)[n];
  let from = 0;
  for (let i = 0; i < n; i++) {
    const space = line.indexOf(" ", from);
    if (space < 0) return undefined;
    from = space + 1;
  }
  const space = line.indexOf(" ", from);
  return space < 0 ? line.slice(from) : line.slice(from, space);
};

const seconds = (text: string | undefined) =>
  text && /^\d{9,10}$/.test(text) ? Number(text) * 1000 : undefined;

/** Positions of the fields that give a line's time of arrival, the best first. */
const timePositions = (layout: Layout) =>
  (["end", "start"] as const)
    .map((name) => layout.fields.findIndex((f) => f.name === name))
    .filter((n) => n >= 0);

interface WaitingBatch extends Batch {
  bytes: number;
}

/**
 * Groups lines by their time of arrival, the end of their window, so that a day of logs fills a day of partitions. A line
 * without a time arrives with the one before it. Lines wait for others of their hour, in any order, so that an invocation
 * has as many as CloudWatch Logs would send.
 */
export class Replay {
  private readonly waiting = new Map<string, WaitingBatch>();
  private readonly positions = new Map<Layout, number[]>();
  private waitingBytes = 0;
  private latest: number | undefined;

  /** `now` is the time of arrival for lines before the first line with a time. */
  constructor(private readonly now: number) {}

  /** Adds a line. Returns the batches that are full. */
  add({ text, layout, time }: InputLine): Batch[] {
    const timestamp = time ?? this.timeOf(text, layout) ?? this.latest ?? this.now;
    this.latest = timestamp;
    const hour = Math.floor(timestamp / HOUR) * HOUR;
    const key = `${hour} ${layout.format}`;
    const bytes = Buffer.byteLength(text) + EVENT_OVERHEAD;
    const full: Batch[] = [];
    let batch = this.waiting.get(key);
    if (batch && (batch.bytes + bytes > BATCH_BYTES || batch.events.length === BATCH_EVENTS)) {
      full.push(this.take(key, batch));
      batch = undefined;
    }
    batch ??= { layout, hour: new Date(hour), events: [], bytes: 0 };
    this.waiting.set(key, batch);
    batch.events.push({ timestamp, message: copied(text) });
    batch.bytes += bytes;
    this.waitingBytes += bytes;
    while (this.waitingBytes > WAITING_BYTES) full.push(this.takeLargest(key));
    return full;
  }

  /** Takes the largest batch, but not the one that lines arrive for, unless it is alone. */
  private takeLargest(current: string): Batch {
    let largest: [string, WaitingBatch] | undefined;
    for (const [key, batch] of this.waiting)
      if (!largest || largest[0] === current || (key !== current && batch.bytes > largest[1].bytes))
        largest = [key, batch];
    return this.take(...(largest as [string, WaitingBatch]));
  }

  /** Yields the remaining lines, hour by hour. */
  rest(): Batch[] {
    const batches = [...this.waiting].sort(([, a], [, b]) => a.hour.getTime() - b.hour.getTime());
    return batches.map(([key, batch]) => this.take(key, batch));
  }

  private take(key: string, batch: WaitingBatch): Batch {
    this.waiting.delete(key);
    this.waitingBytes -= batch.bytes;
    return batch;
  }

  private timeOf(text: string, layout: Layout): number | undefined {
    let positions = this.positions.get(layout);
    if (!positions) {
      positions = timePositions(layout);
      this.positions.set(layout, positions);
    }
    for (const position of positions) {
      const time = seconds(token(text, position));
      if (time !== undefined) return time;
    }
    return undefined;
  }
}
