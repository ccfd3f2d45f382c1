import type { Plans } from "../schema/plan";
import { makeDecode as importedDecode, type SubscriptionEvent } from "./decode";
import { type InvocationContext, makeDeliver as importedDeliver } from "./deliver";
import { makeFormats as importedFormats } from "./formats";
import { makeMetrics as importedMetrics } from "./metrics";
import { makeTransformation as importedTransformation, type TransformationEvent } from "./transformation";

// Pulumi captures an import as its module, which is not in the archive, but a constant of this module by value.
const makeDecode = importedDecode;
const makeFormats = importedFormats;
const makeDeliver = importedDeliver;
const makeMetrics = importedMetrics;
const makeTransformation = importedTransformation;

/** Figures of one invocation by CloudWatch Logs: its answer and its metrics. */
export interface EtlReport extends Record<string, number> {
  /** Log events in the envelope. */
  lines: number;
  /** Rows delivered: one a line, but for those dropped. */
  rows: number;
  /** Lines that the stack leaves out. */
  dropped: number;
  /** Rows that carry their line in `unparsed`. */
  unparsed: number;
  /** Rows that carry only a part of it, as no record holds the whole. */
  shortened: number;
  /** Bytes of the lines. */
  rawBytes: number;
  /** Firehose records. */
  records: number;
  /** Bytes in them, before the request's base64. */
  sentBytes: number;
  /** The same with each record rounded up to 5 KB, as Firehose bills. */
  billedBytes: number;
  /** Records sent again. */
  retries: number;
  decodeMilliseconds: number;
  transformMilliseconds: number;
  deliverMilliseconds: number;
}

/**
 * The Lambda: CloudWatch Logs event → decode → transform → deliver; or, where a stream asks it, records → rows.
 * A factory that runs once, at cold start; Pulumi serializes it with all that it captures, and nothing else ships.
 */
export const makeEtl = (plans: Plans) => {
  const decode = makeDecode();
  const { unzip, messages, logGroup } = decode;
  const formats = makeFormats(plans, messages);
  const transformation = makeTransformation(decode, formats);
  const metrics = makeMetrics();
  const { hrtime, env } = process;
  const milliseconds = () => Number(hrtime.bigint() / 1000n) / 1000;
  // A function that only transforms loads no client.
  let deliver = env.DELIVERY_STREAM_NAME ? makeDeliver() : undefined;

  const run = async (event: SubscriptionEvent, context: InvocationContext): Promise<EtlReport> => {
    const began = milliseconds();
    const envelope = unzip(event);
    const decoded = milliseconds();
    const { records, ...counts } = formats.ofLogGroup(logGroup(envelope)).envelope(envelope);
    const transformed = milliseconds();
    deliver ??= makeDeliver();
    const delivered = await deliver(records, context);
    const report = {
      ...counts,
      rows: counts.lines - counts.dropped,
      ...delivered,
      decodeMilliseconds: decoded - began,
      transformMilliseconds: transformed - decoded,
      deliverMilliseconds: milliseconds() - transformed,
    };
    if (report.lines > 0) metrics(report);
    return report;
  };

  return async (event: SubscriptionEvent | TransformationEvent, context: InvocationContext) =>
    "records" in (event ?? {})
      ? transformation(event as TransformationEvent)
      : run(event as SubscriptionEvent, context);
};
