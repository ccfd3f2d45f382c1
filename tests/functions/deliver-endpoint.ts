import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/**
 * The endpoint's reaction to one call. If it takes records and its answer is lost, no caller can tell that from a
 * loss.
 */
export type Fault =
  | "none"
  /** Answers only after `release()`. */
  | "held"
  /** Takes all and answers in two parts with a pause between. */
  | "slow"
  /** Takes the entries whose bit in `refuse` is not set. The bits repeat. */
  | { refuse: boolean[] }
  | { status: number; type?: string; held?: boolean }
  /** Ends the connection, or goes silent, with no answer or with half of one. */
  | { cut: "reset" | "silent"; takes: boolean; half?: boolean }
  /** Takes all, and answers with an entry too few. */
  | "misaligned";

interface Call {
  DeliveryStreamName: string;
  Records: { Data: string }[];
}

const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

/** A Firehose that fails call after call as its schedule says, holds each call to the quotas, and keeps the books. */
export class DeliveryEndpoint {
  schedule: Fault[] = [];
  /** Records in each call, as the calls arrived. */
  calls: number[] = [];
  /** How often each record was taken with an answer to the caller, and how often without one. */
  confirmed = new Map<string, number>();
  unconfirmed = new Map<string, number>();
  /** Calls being answered, and the most there were at a time. */
  open = 0;
  mostOpen = 0;
  /** Quotas that a call broke, and records that it had no reason to send. */
  broken: string[] = [];
  url = "";
  /** The calls that wait for `release()`; undefined after it. */
  private held: (() => void)[] | undefined = [];
  private readonly server: Server = createServer((request, response) => this.answer(request, response));

  async start(): Promise<void> {
    this.server.keepAliveTimeout = 0; // an idle connection that ends would be a fault outside the schedule
    await new Promise<void>((ready) => this.server.listen(0, "127.0.0.1", ready));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  reset(schedule: Fault[]): void {
    Object.assign(this, { schedule: [...schedule], calls: [], broken: [], open: 0, mostOpen: 0 });
    Object.assign(this, {
      confirmed: new Map(),
      unconfirmed: new Map(),
      held: [],
    });
  }

  release(): void {
    for (const go of this.held ?? []) go();
    this.held = undefined;
  }

  /** Resolves when this many calls wait for their answers. */
  async opened(n: number): Promise<void> {
    while (this.open < n) await wait(2);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const call: Call = JSON.parse(Buffer.concat(chunks).toString());
    const records = call.Records.map(({ Data }) => Buffer.from(Data, "base64"));
    const ids = records.map((record) => record.subarray(0, record.indexOf(" ")).toString());
    this.check(call.DeliveryStreamName, records, ids);
    this.calls.push(records.length);
    this.mostOpen = Math.max(this.mostOpen, ++this.open);
    const fault = this.schedule.shift() ?? "none";
    const isHeld = fault === "held" || (typeof fault === "object" && "held" in fault && fault.held);
    if (isHeld) await new Promise<void>((go) => (this.held ? this.held.push(go) : go()));
    await this.fail(fault, ids, response);
  }

  private check(stream: string, records: Buffer[], ids: string[]): void {
    if (stream !== "stream") this.broken.push(`stream ${stream}`);
    if (records.length < 1 || records.length > 500) this.broken.push(`${records.length} records`);
    const bytes = records.reduce((sum, { length }) => sum + length, 0);
    if (bytes > 4_194_304) this.broken.push(`${bytes} bytes`);
    for (const id of ids)
      if (this.confirmed.has(id)) this.broken.push(`record ${id} again, although accepted`);
  }

  private async fail(fault: Fault, ids: string[], response: ServerResponse): Promise<void> {
    if (typeof fault === "object" && "status" in fault) {
      response.statusCode = fault.status;
      return this.end(response, fault.type ? { __type: fault.type, message: "said the test" } : {});
    }
    const refuse = typeof fault === "object" && "refuse" in fault ? fault.refuse : [];
    const entries = ids.map((id, n) =>
      refuse[n % refuse.length]
        ? { ErrorCode: "ServiceUnavailableException", ErrorMessage: "Slow down." }
        : { RecordId: id },
    );
    const cut = typeof fault === "object" && "cut" in fault ? fault : undefined;
    const books = cut || fault === "misaligned" ? this.unconfirmed : this.confirmed;
    if (cut?.takes !== false) for (const { RecordId } of entries) if (RecordId) count(books, RecordId);
    const FailedPutCount = entries.filter((entry) => entry.ErrorCode).length;
    const RequestResponses = fault === "misaligned" ? entries.slice(1) : entries;
    const body = { FailedPutCount, RequestResponses };
    if (fault === "slow" || cut?.half) await this.half(response, body);
    if (!cut) return this.end(response, body);
    this.open--;
    if (cut.cut === "reset") response.socket?.resetAndDestroy();
  }

  private async half(response: ServerResponse, body: object): Promise<void> {
    const text = JSON.stringify(body);
    response.setHeader("content-length", Buffer.byteLength(text));
    response.write(text.slice(0, text.length / 2));
    await wait(5);
  }

  private end(response: ServerResponse, body: object): void {
    this.open--;
    const text = JSON.stringify(body);
    response.end(response.headersSent ? text.slice(text.length / 2) : text);
  }
}
