import { gzipSync } from "node:zlib";
import type { SubscriptionEvent } from "../functions/decode";
import { traffic } from "../local/traffic";
import type { Layout } from "../schema/layout";

/** An event of CloudWatch Logs, with the size of its lines. */
export interface BenchEvent {
  event: SubscriptionEvent;
  /** Bytes of the messages, without the envelope. */
  rawBytes: number;
}

/** Lines of the made-up day, from which events of all sizes are cut. */
const POOL = 20_000;
const FROM = Date.UTC(2026, 0, 15);

export const pool = (layout: Layout): string[] => [
  ...traffic({ lines: POOL, seed: 1, from: FROM / 1000, days: 1, layout }),
];

/** A subscription event with these messages: 56 digits of id and a timestamp each, gzip level 6, base64. */
export const eventOf = (messages: readonly string[]): BenchEvent => {
  const envelope = {
    messageType: "DATA_MESSAGE",
    owner: "123456789012",
    logGroup: "/aws/vpc/flow-logs",
    logStream: "eni-0a1b2c3d4e5f60718-all",
    subscriptionFilters: ["etl"],
    logEvents: messages.map((message, n) => ({
      id: `39${FROM}${String(n).padStart(41, "0")}`,
      timestamp: FROM + n,
      message,
    })),
  };
  return {
    event: { awslogs: { data: gzipSync(JSON.stringify(envelope), { level: 6 }).toString("base64") } },
    rawBytes: messages.reduce((sum, message) => sum + Buffer.byteLength(message), 0),
  };
};

/** Events of `size` lines each. */
export const eventsOf = (lines: readonly string[], size: number): BenchEvent[] =>
  Array.from({ length: lines.length / size }, (_, n) => eventOf(lines.slice(n * size, (n + 1) * size)));
