import type { LineFigures } from "../figures";
import type { LocalFunction } from "../lambda";
import type { DeclaredResource } from "../program";
import type { Conversion, GlueColumn } from "./convert";
import { type ObjectTotals, StreamObjects, type Surroundings } from "./objects";
import { LocalProcessor } from "./processor";

/** Figures of a stream: records and bytes taken, rows and objects written. */
export interface StreamTotals extends ObjectTotals {
  records: number;
  /** Bytes of data taken. */
  sentBytes: number;
  /** Bytes that Firehose bills for rows: each record rounded up to 5 KB. */
  billedBytes: number;
}

/** Bytes to which Firehose rounds each record up for billing (Firehose pricing). */
export const BILLED_UNIT = 5 * 1024;

/**
 * Returns a stream's conversion: its table's columns and its key mapping.
 * @throws Error if the stream names another table.
 */
export const conversionOf = (stream: DeclaredResource, table: DeclaredResource): Conversion => {
  const format = stream.inputs.extendedS3Configuration.dataFormatConversionConfiguration;
  const { databaseName, tableName } = format.schemaConfiguration;
  if (table.state.databaseName !== databaseName || table.state.name !== tableName) {
    throw new Error(
      `stream ${stream.state.name} converts with ${databaseName}.${tableName}, which the program does not declare`,
    );
  }
  return {
    columns: table.inputs.storageDescriptor.columns as GlueColumn[],
    keys: format.inputFormatConfiguration.deserializer.openXJsonSerDe.columnToJsonKeyMappings,
    compression: format.outputFormatConfiguration.serializer.parquetSerDe.compression,
  };
};

/** True if a stream invokes a function to transform its records. */
export const isProcessing = ({ inputs }: DeclaredResource): boolean =>
  inputs.extendedS3Configuration.processingConfiguration?.enabled === true;

/**
 * The delivery stream as declared. It invokes its function on records, if it has one, buffers rows by its hints, converts
 * them to Parquet with its table's columns and key mapping, and writes them under its prefix. Records that fail in the
 * function or in the conversion go under its error prefix.
 */
export class LocalStream {
  readonly name: string;
  private readonly objects: StreamObjects;
  private readonly processor: LocalProcessor | undefined;
  private readonly taken = { records: 0, sentBytes: 0, billedBytes: 0 };

  constructor(
    readonly declared: DeclaredResource,
    table: DeclaredResource,
    private readonly where: Surroundings,
    fn?: LocalFunction,
  ) {
    this.name = declared.state.name;
    const s3 = declared.inputs.extendedS3Configuration;
    this.objects = new StreamObjects(this.name, s3, conversionOf(declared, table), where);
    if (!isProcessing(declared)) return;
    if (!fn) throw new Error(`stream ${this.name} asks a function, which the program does not declare`);
    this.processor = new LocalProcessor(declared, fn, {
      deliver: (record) => this.objects.add(record),
      refuse: (records) => this.objects.refuse(records),
    });
  }

  /**
   * Takes over a changed table, key mapping and function, as an update of the stack would. Buffered records are converted
   * with the new ones.
   */
  update(declared: DeclaredResource, table: DeclaredResource, fn?: LocalFunction): void {
    this.objects.conversion = conversionOf(declared, table);
    if (fn) this.processor?.update(fn);
  }

  get totals(): StreamTotals {
    return { ...this.taken, ...this.objects.totals };
  }

  /** The function's figures about the lines in the records; absent if the stream calls no function. */
  get figures(): LineFigures | undefined {
    return this.processor?.figures;
  }

  /** Maximum seconds until a record is in the lake. */
  get latency(): number {
    const { bufferingInterval } = this.declared.inputs.extendedS3Configuration;
    return bufferingInterval + (this.processor?.interval ?? 0);
  }

  /** Takes one record. */
  async put(data: Buffer): Promise<void> {
    this.taken.records++;
    this.taken.sentBytes += data.length;
    this.taken.billedBytes += Math.ceil(data.length / BILLED_UNIT) * BILLED_UNIT;
    const record = { data, arrival: this.where.clock() };
    await (this.processor ? this.processor.take(record) : this.objects.add(record));
  }

  /** Processes and writes the buffers that are due at this time. */
  async tick(): Promise<void> {
    const now = this.where.clock();
    if (this.processor?.isDue(now)) await this.processor.flush();
    await this.objects.writeDue(now);
  }

  /** Writes everything that it holds. */
  async flush(): Promise<void> {
    await this.processor?.flush();
    await this.objects.flush();
  }
}

/** Sums the figures of several streams. */
export const sumOf = (streams: LocalStream[]): StreamTotals => {
  const sum: StreamTotals = {
    ...{ records: 0, sentBytes: 0, billedBytes: 0, files: 0, rows: 0, parquetBytes: 0 },
    ...{ failedRows: 0, failedRecords: 0, partitions: new Set() },
  };
  for (const { totals } of streams) {
    for (const partition of totals.partitions) sum.partitions.add(partition);
    for (const name of Object.keys(sum) as (keyof StreamTotals)[])
      if (name !== "partitions") sum[name] += totals[name];
  }
  return sum;
};
