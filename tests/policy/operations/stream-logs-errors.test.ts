import { streamLogsErrors } from "../../../policy/rules/operations/stream-logs-errors";
import { UNKNOWN_ON_THE_WIRE as UNKNOWN } from "../stack";
import { describeRule } from "./judge";

const logging = { enabled: true, logGroupName: "g", logStreamName: "s" };
const s3 = (cloudwatchLoggingOptions: unknown) => ({ extendedS3Configuration: { cloudwatchLoggingOptions } });

describeRule(
  streamLogsErrors,
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  [
    ["a stream that logs", s3(logging)],
    ["names that preview does not know", s3({ ...logging, logGroupName: UNKNOWN, logStreamName: UNKNOWN })],
    ["logging that preview does not know", s3(UNKNOWN)],
  ],
  [
    ["a stream without logging", s3(undefined), {}, /does not log errors/],
    ["logging that is off", s3({ ...logging, enabled: false }), {}, /does not log errors/],
    ["logging to nowhere", s3({ enabled: true, logGroupName: "g" }), {}, /set logStreamName of/],
    ["another destination", { splunkConfiguration: {} }, {}, /splunkConfiguration\.cloudwatchLoggingOptions/],
  ],
);
