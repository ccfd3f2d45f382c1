import type { FirehoseClient } from "@aws-sdk/client-firehose";

/** Firehose quotas: records and bytes of a call, bytes of a record, before base64. */
export const BATCH_RECORDS = 500;
export const BATCH_BYTES = 4 * 1024 * 1024;
export const RECORD_BYTES = 1000 * 1024;

/** A line is too long for a record. */
export class LineError extends Error {}

/** Puts records into a stream with AWS's own client, in calls of the maximum size. */
export class Producer {
  private client: FirehoseClient | undefined;

  constructor(
    private readonly endpoint: string,
    private readonly region: string,
  ) {}

  /** @throws LineError if a record is too long. */
  async put(stream: string, records: Buffer[]): Promise<void> {
    let batch: Buffer[] = [];
    let bytes = 0;
    for (const record of records) {
      if (record.length > RECORD_BYTES)
        throw new LineError(
          `a line makes a record of ${record.length} bytes; Firehose takes up to ${RECORD_BYTES}`,
        );
      if (batch.length === BATCH_RECORDS || bytes + record.length > BATCH_BYTES) {
        await this.send(stream, batch);
        batch = [];
        bytes = 0;
      }
      batch.push(record);
      bytes += record.length;
    }
    if (batch.length > 0) await this.send(stream, batch);
  }

  private async send(DeliveryStreamName: string, batch: Buffer[]): Promise<void> {
    // Silences the SDK's warning about the end of its support for this version of Node.js.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
    // Loads the client only where it is used.
    const { FirehoseClient, PutRecordBatchCommand } = await import("@aws-sdk/client-firehose");
    const { endpoint, region } = this;
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    this.client ??= new FirehoseClient({ endpoint, region, credentials });
    const Records = batch.map((Data) => ({ Data }));
    const answer = await this.client.send(new PutRecordBatchCommand({ DeliveryStreamName, Records }));
    if (answer.FailedPutCount) throw new Error(`${answer.FailedPutCount} records were not taken`);
  }

  close(): void {
    this.client?.destroy();
  }
}
