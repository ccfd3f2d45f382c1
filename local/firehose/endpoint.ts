import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { LocalStream } from ".";
import { describeStream } from "./description";
import { BATCH_BYTES, BATCH_RECORDS, RECORD_BYTES } from "./producer";

/** Error response in the form of the Firehose API. */
class ServiceError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The endpoint cannot listen on a port. */
export class EndpointError extends Error {}

interface Request {
  DeliveryStreamName?: string;
  ExclusiveStartDeliveryStreamName?: string;
  Limit?: number;
  Record?: { Data?: string };
  Records?: { Data?: string }[];
}

/** Maximum bytes of a request: more than the largest call has in base64 and JSON. */
const MOST_BODY_BYTES = 2 * BATCH_BYTES;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    // Reads and discards the rest, so that the client gets the error.
    if (bytes <= MOST_BODY_BYTES) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (bytes > MOST_BODY_BYTES)
    throw new ServiceError(
      "InvalidArgumentException",
      `a request has at most ${MOST_BODY_BYTES} bytes, not ${bytes}`,
    );
  return Buffer.concat(chunks).toString("utf8");
};

const recordId = () => Array.from({ length: 4 }, () => Math.random().toString(36).slice(2)).join("");

const parsed = (body: string): Request => {
  try {
    return JSON.parse(body || "{}");
  } catch {
    throw new ServiceError("SerializationException", "the request is not JSON");
  }
};

/** Firehose's API over HTTP, for AWS's own clients: the operations that producers call, for the given streams. */
export class FirehoseEndpoint {
  private readonly server: Server;
  private readonly streams = new Map<string, LocalStream>();
  private readonly answering = new Set<Promise<void>>();

  /** `onFault` gets errors of this machine, such as a full disk, for which a client's retries are useless. */
  constructor(private readonly onFault: (error: unknown) => void = () => {}) {
    this.server = createServer((request, response) => {
      const answer = this.answer(request, response).finally(() => this.answering.delete(answer));
      this.answering.add(answer);
    });
  }

  add(stream: LocalStream): void {
    this.streams.set(stream.name, stream);
  }

  /**
   * Listens on a port of 127.0.0.1, on a free one for 0, and returns the URL.
   * @throws EndpointError if the port is in use or forbidden.
   */
  async listen(port = 0): Promise<string> {
    await new Promise<void>((ready, fail) => {
      this.server.once("error", ({ code, message }: NodeJS.ErrnoException) => {
        const reason = code === "EADDRINUSE" ? "something else listens there" : message;
        fail(
          new EndpointError(
            `cannot listen on port ${port}: ${reason}; choose another with --port, or any with --port 0`,
          ),
        );
      });
      this.server.listen(port, "127.0.0.1", ready);
    });
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Accepts no more requests, and resolves when the open ones are answered. */
  async close(): Promise<void> {
    const closed = new Promise((done) => this.server.close(done));
    await Promise.allSettled(this.answering);
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (status: number, body: object) => {
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
    };
    try {
      const operation = String(request.headers["x-amz-target"] ?? "").replace("Firehose_20150804.", "");
      send(200, await this.run(operation, parsed(await bodyOf(request))));
    } catch (error) {
      if (error instanceof ServiceError) return send(400, { __type: error.code, message: error.message });
      this.onFault(error);
      send(500, {
        __type: "InternalFailure",
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }

  private async run(operation: string, request: Request): Promise<object> {
    if (operation === "PutRecord") {
      const [RecordId] = await this.put(request, [request.Record ?? {}]);
      return { RecordId, Encrypted: true };
    }
    if (operation === "PutRecordBatch") {
      const ids = await this.put(request, request.Records ?? []);
      return { FailedPutCount: 0, Encrypted: true, RequestResponses: ids.map((RecordId) => ({ RecordId })) };
    }
    if (operation === "DescribeDeliveryStream") return describeStream(this.stream(request).declared);
    if (operation === "ListDeliveryStreams") return this.list(request);
    throw new ServiceError("UnknownOperationException", `the local Firehose has no operation "${operation}"`);
  }

  private stream({ DeliveryStreamName: name }: Request): LocalStream {
    const stream = this.streams.get(name ?? "");
    if (!stream) throw new ServiceError("ResourceNotFoundException", `Firehose ${name} not found.`);
    return stream;
  }

  private list({ ExclusiveStartDeliveryStreamName: after = "", Limit = 10 }: Request): object {
    const names = [...this.streams.keys()].sort().filter((name) => name > after);
    return { DeliveryStreamNames: names.slice(0, Limit), HasMoreDeliveryStreams: names.length > Limit };
  }

  private async put(request: Request, records: { Data?: string }[]): Promise<string[]> {
    const stream = this.stream(request);
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
