import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { LocalStream } from "./firehose";

/** Firehose quotas: records and bytes of a call, bytes of a record, before base64. */
const BATCH_RECORDS = 500;
const BATCH_BYTES = 4 * 1024 * 1024;
const RECORD_BYTES = 1000 * 1024;

/** An answer with an error, as the API writes it. */
class ServiceError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

interface PutRequest {
  DeliveryStreamName?: string;
  Record?: { Data?: string };
  Records?: { Data?: string }[];
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
};

const recordId = () => Array.from({ length: 4 }, () => Math.random().toString(36).slice(2)).join("");

/** Firehose's API over HTTP, for real AWS clients: PutRecord and PutRecordBatch of the streams given. */
export class FirehoseEndpoint {
  private readonly server: Server;
  private readonly streams = new Map<string, LocalStream>();

  constructor() {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  add(stream: LocalStream): void {
    this.streams.set(stream.name, stream);
  }

  /** Starts on a free port of this machine alone; gives the URL. */
  async listen(): Promise<string> {
    await new Promise<void>((ready) => this.server.listen(0, "127.0.0.1", ready));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (status: number, body: object) => {
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
    };
    try {
      const operation = String(request.headers["x-amz-target"] ?? "").replace("Firehose_20150804.", "");
      send(200, await this.run(operation, JSON.parse((await bodyOf(request)) || "{}")));
    } catch (error) {
      if (error instanceof ServiceError) send(400, { __type: error.code, message: error.message });
      else
        send(500, {
          __type: "InternalFailure",
          message: error instanceof Error ? error.message : String(error),
        });
    }
  }

  private async run(operation: string, request: PutRequest): Promise<object> {
    if (operation === "PutRecord") {
      const [RecordId] = await this.put(request, [request.Record ?? {}]);
      return { RecordId, Encrypted: true };
    }
    if (operation === "PutRecordBatch") {
      const ids = await this.put(request, request.Records ?? []);
      return { FailedPutCount: 0, Encrypted: true, RequestResponses: ids.map((RecordId) => ({ RecordId })) };
    }
    throw new ServiceError("UnknownOperationException", `the local Firehose has no operation "${operation}"`);
  }

  private async put(
    { DeliveryStreamName: name }: PutRequest,
    records: { Data?: string }[],
  ): Promise<string[]> {
    const stream = this.streams.get(name ?? "");
    if (!stream) throw new ServiceError("ResourceNotFoundException", `Firehose ${name} not found.`);
    const data = records.map((record) => Buffer.from(record.Data ?? "", "base64"));
    const bytes = data.reduce((sum, { length }) => sum + length, 0);
    if (data.length === 0 || data.length > BATCH_RECORDS) {
      throw new ServiceError(
        "InvalidArgumentException",
        `a call takes 1 to ${BATCH_RECORDS} records, not ${data.length}`,
      );
    }
    if (bytes > BATCH_BYTES || data.some(({ length }) => length > RECORD_BYTES)) {
      const limits = `${RECORD_BYTES} bytes a record and ${BATCH_BYTES} a call`;
      throw new ServiceError("InvalidArgumentException", `the limits are ${limits}; the call has ${bytes}`);
    }
    for (const record of data) await stream.put(record);
    return data.map(recordId);
  }
}
