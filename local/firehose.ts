import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";
import type { DuckDBConnection } from "@duckdb/node-api";
import { type Conversion, type GlueColumn, sortOut, toParquet } from "./convert";
import type { LakeFolder } from "./folder";
import { evaluatePrefix } from "./prefix";
import type { DeclaredResource } from "./program";

/** A buffer of records that will become one object. */
interface OpenBuffer {
  /** Arrival of its oldest record. */
  opened: Date;
  file: string;
  bytes: number;
}

/** What the stream has taken and written. */
export interface StreamTotals {
  records: number;
  /** Bytes of data taken. */
  sentBytes: number;
  /** The same with each record rounded up to 5 KB, which is what Firehose bills. */
  billedBytes: number;
  /** Objects written with data. */
  files: number;
  rows: number;
  /** Distinct key prefixes of those objects. */
  partitions: Set<string>;
  parquetBytes: number;
  /** Rows that went to the error prefix. */
  failedRows: number;
}

const BILLED_UNIT = 5 * 1024;

/**
 * The delivery stream as declared: gathers records by its buffering hints, converts them to Parquet with its table's
 * columns and key mapping, and writes them under its prefix; what will not convert goes under its error prefix.
 */
export class LocalStream {
  readonly name: string;
  readonly totals: StreamTotals;
  private readonly s3;
  private readonly buffers: OpenBuffer[] = [];
  private conversion: Conversion;

  constructor(
    declared: DeclaredResource,
    table: DeclaredResource,
    private readonly lake: LakeFolder,
    private readonly db: DuckDBConnection,
    private readonly clock: () => Date,
  ) {
    this.name = declared.state.name;
    this.s3 = declared.inputs.extendedS3Configuration;
    this.conversion = this.conversionFrom(declared, table);
    const none = {
      records: 0,
      sentBytes: 0,
      billedBytes: 0,
      files: 0,
      rows: 0,
      parquetBytes: 0,
      failedRows: 0,
    };
    this.totals = { ...none, partitions: new Set() };
  }

  /** Takes over a changed table and key mapping, as an update of the stack would; what is buffered is converted with them. */
  update(declared: DeclaredResource, table: DeclaredResource): void {
    this.conversion = this.conversionFrom(declared, table);
  }

  private conversionFrom(declared: DeclaredResource, table: DeclaredResource): Conversion {
    const format = declared.inputs.extendedS3Configuration.dataFormatConversionConfiguration;
    const { databaseName, tableName } = format.schemaConfiguration;
    if (table.state.databaseName !== databaseName || table.state.name !== tableName) {
      throw new Error(
        `stream ${this.name} converts with ${databaseName}.${tableName}, which the program does not declare`,
      );
    }
    return {
      columns: table.inputs.storageDescriptor.columns as GlueColumn[],
      keys: format.inputFormatConfiguration.deserializer.openXJsonSerDe.columnToJsonKeyMappings,
      compression: format.outputFormatConfiguration.serializer.parquetSerDe.compression,
    };
  }

  /** Takes one record. */
  async put(data: Buffer): Promise<void> {
    this.totals.records++;
    this.totals.sentBytes += data.length;
    this.totals.billedBytes += Math.ceil(data.length / BILLED_UNIT) * BILLED_UNIT;
    const buffer = this.bufferFor(this.clock());
    appendFileSync(buffer.file, data);
    buffer.bytes += data.length;
    if (buffer.bytes >= this.s3.bufferingSize * 1024 * 1024) await this.write(buffer);
  }

  /** The buffer that is open at a time; a run that replays the past has one for each hour that it is in. */
  private bufferFor(now: Date): OpenBuffer {
    const age = ({ opened }: OpenBuffer) => (now.getTime() - opened.getTime()) / 1000;
    const open = this.buffers.find((buffer) => age(buffer) >= 0 && age(buffer) <= this.s3.bufferingInterval);
    if (open) return open;
    const opened = { opened: now, file: this.lake.scratch(`buffer-${randomUUID()}.json`), bytes: 0 };
    this.buffers.push(opened);
    return opened;
  }

  /** Writes all that is buffered. */
  async flush(): Promise<void> {
    while (this.buffers.length > 0) await this.write(this.buffers[0]);
  }

  private async write(buffer: OpenBuffer): Promise<void> {
    this.buffers.splice(this.buffers.indexOf(buffer), 1);
    const parquet = `${buffer.file}.parquet`;
    let rows: number;
    try {
      rows = await toParquet(this.db, buffer.file, parquet, this.conversion);
    } catch {
      const [good, bad] = [`${buffer.file}.good`, `${buffer.file}.bad`];
      this.totals.failedRows += await sortOut(buffer.file, good, bad, this.conversion);
      this.lake.put(this.key(this.s3.errorOutputPrefix, buffer.opened, "", "format-conversion-failed"), bad);
      rows = await toParquet(this.db, good, parquet, this.conversion);
    }
    if (rows === 0) return;
    const key = this.key(this.s3.prefix, buffer.opened, ".parquet");
    this.lake.put(key, parquet);
    this.totals.parquetBytes += this.lake.size(key);
    this.totals.files++;
    this.totals.rows += rows;
    this.totals.partitions.add(key.slice(0, key.lastIndexOf("/")));
  }

  /** Firehose names an object `<stream>-1-<time>-<uuid>`. */
  private key(prefix: string, opened: Date, extension: string, errorType?: string): string {
    const time = opened.toISOString().slice(0, 19).replaceAll(/[T:]/g, "-");
    return `${evaluatePrefix(prefix, opened, errorType)}${this.name}-1-${time}-${randomUUID()}${extension}`;
  }
}
