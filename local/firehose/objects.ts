import { randomUUID } from "node:crypto";
import { appendFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { LakeFolder } from "../lake/folder";
import { type Conversion, sortOut, toParquet } from "./convert";
import { evaluatePrefix } from "./prefix";
import type { RefusedRecord, TakenRecord } from "./processor";

/** Services that streams write to. */
export interface Surroundings {
  lake: LakeFolder;
  db: DuckDBConnection;
  clock: () => Date;
}

/** Figures of the objects written. */
export interface ObjectTotals {
  /** Objects written with data. */
  files: number;
  rows: number;
  /** Distinct key prefixes of those objects. */
  partitions: Set<string>;
  parquetBytes: number;
  /** Rows that went to the error prefix. */
  failedRows: number;
  /** Records that went to the error prefix because the function failed on them. */
  failedRecords: number;
}

/** A buffer of records that will become one object. */
interface OpenBuffer {
  /** Arrival of its oldest record. */
  opened: Date;
  /** Time of this machine's clock when that record came. */
  since: Date;
  /** Scratch file of the object, and the name that its pieces begin with. */
  file: string;
  /** Files with the records, in the order of arrival, and the bytes of the last one. */
  pieces: string[];
  lastBytes: number;
  bytes: number;
}

/**
 * Maximum bytes of a file of a buffer. DuckDB's JSON reader has a buffer of 32 MiB, of which it fills as much as a file
 * has, so an object's size does not matter for memory.
 */
const PIECE_BYTES = 4 * 1024 * 1024;

/** Returns the file for a buffer's next record. */
const pieceFor = (buffer: OpenBuffer, bytes: number): string => {
  const last = buffer.pieces.at(-1);
  if (last !== undefined && buffer.lastBytes + bytes <= PIECE_BYTES) return last;
  const piece = `${buffer.file}-${buffer.pieces.length}.json`;
  buffer.pieces.push(piece);
  buffer.lastBytes = 0;
  return piece;
};

/** A stream's destination as declared: buffering hints, prefixes, conversion. */
export class StreamObjects {
  readonly totals: ObjectTotals = {
    files: 0,
    rows: 0,
    partitions: new Set(),
    parquetBytes: 0,
    failedRows: 0,
    failedRecords: 0,
  };
  private readonly buffers: OpenBuffer[] = [];
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly stream: string,
    // biome-ignore lint/suspicious/noExplicitAny: as DeclaredResource's inputs
    private readonly s3: Record<string, any>,
    public conversion: Conversion,
    private readonly where: Surroundings,
  ) {}

  /** Takes a record of rows. */
  async add({ data, arrival }: TakenRecord): Promise<void> {
    const buffer = this.bufferFor(arrival);
    const piece = pieceFor(buffer, data.length);
    await this.where.lake.writing(async () => appendFileSync(piece, data));
    buffer.lastBytes += data.length;
    buffer.bytes += data.length;
    if (buffer.bytes >= this.s3.bufferingSize * 1024 * 1024) await this.write(buffer);
  }

  /** Writes records on which the function failed under the error prefix, as Firehose does. */
  refuse(records: RefusedRecord[]): void {
    this.totals.failedRecords += records.length;
    const file = this.where.lake.scratch(`refused-${randomUUID()}`);
    const lines = records.map(({ attempts, arrival, code, message, data, lambdaArn }) => ({
      attemptsMade: attempts,
      arrivalTimestamp: arrival.getTime(),
      errorCode: code,
      errorMessage: message,
      attemptEndingTimestamp: Date.now(),
      rawData: data.toString("base64"),
      lambdaArn,
    }));
    writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    const [{ arrival }] = records;
    this.where.lake.put(this.key(this.s3.errorOutputPrefix, arrival, "", "processing-failed"), file);
  }

  /** Returns the open buffer for a time. A run that replays the past has one for each hour. */
  private bufferFor(arrival: Date): OpenBuffer {
    const age = ({ opened }: OpenBuffer) => (arrival.getTime() - opened.getTime()) / 1000;
    const open = this.buffers.find((buffer) => age(buffer) >= 0 && age(buffer) <= this.s3.bufferingInterval);
    if (open) return open;
    const file = this.where.lake.scratch(`buffer-${randomUUID()}`);
    const opened = { opened: arrival, since: this.where.clock(), file, pieces: [], lastBytes: 0, bytes: 0 };
    this.buffers.push(opened);
    return opened;
  }

  /** Writes the buffers whose interval is over. */
  async writeDue(now: Date): Promise<void> {
    const age = ({ since }: OpenBuffer) => (now.getTime() - since.getTime()) / 1000;
    for (const buffer of this.buffers.filter((open) => age(open) >= this.s3.bufferingInterval))
      await this.write(buffer);
  }

  /** Writes all that is buffered. */
  async flush(): Promise<void> {
    while (this.buffers.length > 0) await this.write(this.buffers[0]);
    await this.writing;
  }

  /** Queues the writes, so that objects are written one after another. */
  private write(buffer: OpenBuffer): Promise<void> {
    this.buffers.splice(this.buffers.indexOf(buffer), 1);
    this.writing = this.writing.then(() => this.where.lake.writing(() => this.convert(buffer)));
    return this.writing;
  }

  private async convert(buffer: OpenBuffer): Promise<void> {
    const { db, lake } = this.where;
    const parquet = `${buffer.file}.parquet`;
    let rows: number;
    try {
      rows = await toParquet(db, buffer.pieces, parquet, this.conversion);
    } catch {
      const bad = `${buffer.file}.bad`;
      const { good, failed } = await sortOut(buffer.pieces, bad, this.conversion);
      this.totals.failedRows += failed;
      lake.put(this.key(this.s3.errorOutputPrefix, buffer.opened, "", "format-conversion-failed"), bad);
      rows = await toParquet(db, good, parquet, this.conversion);
    }
    for (const piece of buffer.pieces) rmSync(piece);
    if (rows === 0) return;
    const key = this.key(this.s3.prefix, buffer.opened, ".parquet");
    // Sets the time that S3 would give the object, also when the past is replayed.
    const due = buffer.opened.getTime() + this.s3.bufferingInterval * 1000;
    const stored = new Date(Math.min(due, this.where.clock().getTime()));
    utimesSync(parquet, stored, stored);
    lake.put(key, parquet);
    this.totals.parquetBytes += lake.size(key);
    this.totals.files++;
    this.totals.rows += rows;
    this.totals.partitions.add(key.slice(0, key.lastIndexOf("/")));
  }

  /** Returns an object's key. Firehose names an object `<stream>-1-<time>-<uuid>`. */
  private key(prefix: string, opened: Date, extension: string, errorType?: string): string {
    const time = opened.toISOString().slice(0, 19).replaceAll(/[T:]/g, "-");
    return `${evaluatePrefix(prefix, opened, errorType)}${this.stream}-1-${time}-${randomUUID()}${extension}`;
  }
}
