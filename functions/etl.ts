import type { Plan } from "../schema/plan";
import { makeDecode as importedDecode, type SubscriptionEvent } from "./decode";
import { type InvocationContext, makeDeliver as importedDeliver } from "./deliver";
import { makeTransform as importedTransform } from "./transform";

// Pulumi captures an import as its module, which is not in the archive, but a constant of this module by value.
const makeDecode = importedDecode;
const makeTransform = importedTransform;
const makeDeliver = importedDeliver;

/** What one invocation did; also the function's one log line. */
export interface EtlReport {
  /** Log events in the envelope. */
  lines: number;
  /** Rows delivered: one a line. */
  rows: number;
  /** Rows that carry their line in `unparsed`. */
  unparsed: number;
  /** Bytes of the lines. */
  rawBytes: number;
  records: number;
  sentBytes: number;
  retried: number;
}

/**
 * The Lambda: CloudWatch Logs event → decode → transform → deliver.
 * A factory that runs once, at cold start; Pulumi serializes it with all that it captures, and nothing else ships.
 */
export const makeEtl = (plan: Plan) => {
  const decode = makeDecode();
  const transform = makeTransform(plan);
  const deliver = makeDeliver();
  const { byteLength } = Buffer;
  const { log } = console;

  return async (event: SubscriptionEvent, context: InvocationContext): Promise<EtlReport> => {
    const lines = decode(event);
    const rows: string[] = [];
    let unparsed = 0;
    let rawBytes = 0;
    for (const line of lines) {
      const { row, fits } = transform(line);
      rows.push(row);
      if (!fits) unparsed++;
      rawBytes += byteLength(line);
    }
    const delivered = await deliver(rows, context);
    const report = { lines: lines.length, rows: rows.length, unparsed, rawBytes, ...delivered };
    log(JSON.stringify(report));
    return report;
  };
};
