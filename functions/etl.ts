import type { Plan } from "../schema/plan";
import { makeDecode as importedDecode, type SubscriptionEvent } from "./decode";
import { type InvocationContext, makeDeliver as importedDeliver } from "./deliver";
import { makeTransform as importedTransform } from "./transform";

// Pulumi captures an import as its module, which is not in the archive, but a constant of this module by value.
const makeDecode = importedDecode;
const makeTransform = importedTransform;
const makeDeliver = importedDeliver;

/** What one invocation did, as it answers and as its metrics say. */
export interface EtlReport {
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
 * The Lambda: CloudWatch Logs event → decode → transform → deliver.
 * A factory that runs once, at cold start; Pulumi serializes it with all that it captures, and nothing else ships.
 */
export const makeEtl = (plan: Plan) => {
  const { unzip, messages } = makeDecode();
  const transform = makeTransform(plan, messages);
  const deliver = makeDeliver();
  const { now } = Date;
  const { hrtime, stdout, env } = process;
  const { stringify } = JSON;

  const milliseconds = () => Number(hrtime.bigint() / 1000n) / 1000;
  const unitOf = (name: string) =>
    name.endsWith("Bytes") ? "Bytes" : name.endsWith("Milliseconds") ? "Milliseconds" : "Count";
  /** What CloudWatch needs to know of the figures; the same for every report, so it is written once. */
  let metrics = "";
  const metricsOf = (report: EtlReport) => {
    const Metrics = Object.keys(report).map((Name) => ({ Name, Unit: unitOf(Name) }));
    return stringify([{ Namespace: "FlowLogAnalytics", Dimensions: [["FunctionName"]], Metrics }]);
  };

  /**
   * One line in CloudWatch's embedded metric format. Written past `console`, which would wrap it into another object,
   * where CloudWatch does not find it.
   */
  const emit = (report: EtlReport) => {
    metrics ||= metricsOf(report);
    const metadata = `{"_aws":{"Timestamp":${now()},"CloudWatchMetrics":${metrics}}`;
    const values = stringify({ FunctionName: env.AWS_LAMBDA_FUNCTION_NAME, ...report });
    stdout.write(`${metadata},${values.slice(1)}\n`);
  };

  return async (event: SubscriptionEvent, context: InvocationContext): Promise<EtlReport> => {
    const began = milliseconds();
    const envelope = unzip(event);
    const decoded = milliseconds();
    const { records, ...counts } = transform.envelope(envelope);
    const transformed = milliseconds();
    const delivered = await deliver(records, context);
    const report = {
      ...counts,
      rows: counts.lines - counts.dropped,
      ...delivered,
      decodeMilliseconds: decoded - began,
      transformMilliseconds: transformed - decoded,
      deliverMilliseconds: milliseconds() - transformed,
    };
    if (report.lines > 0) emit(report);
    return report;
  };
};
