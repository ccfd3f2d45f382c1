import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createRandom } from "../local/traffic/conversations";

const ENTRY_REFUSED = 1 / 3;
const CALL_REFUSED = 1 / 20;

/** Finds a line's number in its interface id, which is in a column or in `unparsed`. */
export const marked = (line: string, id: number): string =>
  line.replace(/eni-[0-9a-f]+/, `eni-${String(id).padStart(17, "0")}`);
const MARK = /eni-(\d{17})/g;

/**
 * An unreliable Firehose: it refuses a third of the entries and some whole calls, and counts the arrivals of each line.
 */
export class FlakyFirehose {
  private readonly server: Server;
  private readonly random;
  /** Number of arrivals of each line. */
  private tally = new Uint8Array(1 << 20);
  entries = 0;
  refusedEntries = 0;
  refusedCalls = 0;

  constructor(seed: number) {
    this.random = createRandom(seed);
    this.server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const { status, body } = this.answer(Buffer.concat(chunks).toString());
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((ready) => this.server.listen(0, "127.0.0.1", ready));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Counts the lines below number `count` that never arrived, and the repeated arrivals. */
  audit(count: number): { missing: number; duplicates: number } {
    let missing = 0;
    let duplicates = 0;
    for (let id = 0; id < count; id++) {
      const times = this.tally[id] ?? 0;
      if (times === 0) missing++;
      else duplicates += times - 1;
    }
    return { missing, duplicates };
  }

  private answer(request: string): { status: number; body: object } {
    if (this.random.next() < CALL_REFUSED) {
      this.refusedCalls++;
      return { status: 503, body: { __type: "ServiceUnavailableException", message: "Slow down." } };
    }
    const records: { Data: string }[] = JSON.parse(request).Records;
    const entries = records.map(({ Data }) => this.take(Data));
    const FailedPutCount = entries.filter((entry) => "ErrorCode" in entry).length;
    return { status: 200, body: { FailedPutCount, RequestResponses: entries } };
  }

  private take(data: string) {
    this.entries++;
    if (this.random.next() < ENTRY_REFUSED) {
      this.refusedEntries++;
      return { ErrorCode: "ServiceUnavailableException", ErrorMessage: "Slow down." };
    }
    for (const [, id] of Buffer.from(data, "base64").toString("latin1").matchAll(MARK))
      this.count(Number(id));
    return { RecordId: String(this.entries) };
  }

  private count(id: number): void {
    if (id >= this.tally.length) {
      const larger = new Uint8Array(2 * this.tally.length);
      larger.set(this.tally);
      this.tally = larger;
    }
    if (this.tally[id] < 255) this.tally[id]++;
  }
}
