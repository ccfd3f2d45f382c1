import type { Plans } from "../schema/plan";
import { makeDecode as importedDecode, type SubscriptionEvent } from "./decode";
import { type InvocationContext, makeDeliver as importedDeliver } from "./deliver";
import { makeFormats as importedFormats } from "./formats";
import { makeMetrics as importedMetrics } from "./metrics";
import { makeTransformation as importedTransformation, type TransformationEvent } from "./transformation";

// Pulumi captures a constant of this module by value, but an import as its module, which is not in the archive.
const makeDecode = importedDecode;
const makeFormats = importedFormats;
const makeDeliver = importedDeliver;
const makeMetrics = importedMetrics;
const makeTransformation = importedTransformation;

/** Figures of one invocation by CloudWatch Logs. The function returns them, and logs them as metrics. */
export interface EtlReport extends Record<string, number> {
  /** Log events in the envelope. */
  lines: number;
  /** Rows delivered: one for each line that is not dropped. */
  rows: number;
  /** Lines that the stack leaves out. */
  dropped: number;
  /** Rows that carry their line in `unparsed`. */
  unparsed: number;
  /** Rows with only the beginning of their line in `unparsed`, because a record cannot hold all of it. */
  shortened: number;
  /** Bytes of the lines. */
  rawBytes: number;
  /** Firehose records. */
  records: number;
  /** Bytes in them, before the request's base64. */
  sentBytes: number;
  /** Bytes that Firehose bills: each record rounded up to 5 KB. */
  billedBytes: number;
  /** Records sent again. */
  retries: number;
  decodeMilliseconds: number;
  transformMilliseconds: number;
  deliverMilliseconds: number;
}

/**
 * Makes the Lambda handler: CloudWatch Logs event → decode → transform → deliver; if a stream invokes it, records →
 * rows. It runs once, at cold start. Pulumi serializes it with its captured values, and deploys nothing else.
 */
export const makeEtl = (plans: Plans) => {
  const decode = makeDecode();
  const { unzip, messages, logGroup } = decode;
  const formats = makeFormats(plans, messages);
  const transformation = makeTransformation(decode, formats);
  const metrics = makeMetrics();
  const { hrtime, env } = process;
  const milliseconds = () => Number(hrtime.bigint() / 1000n) / 1000;
  // A function that a stream invokes sends nothing, and needs no client.
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
