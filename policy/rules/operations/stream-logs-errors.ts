import { type Fields, fields, hidesSomething, isTrue } from "../../reading/properties";
import { operationRule } from "../operation-rule";

/** A stream has one destination, in the property of its kind. */
const DESTINATIONS = [
  "extendedS3Configuration",
  "redshiftConfiguration",
  "elasticsearchConfiguration",
  "opensearchConfiguration",
  "opensearchserverlessConfiguration",
  "splunkConfiguration",
  "httpEndpointConfiguration",
  "snowflakeConfiguration",
  "icebergConfiguration",
];

export const streamLogsErrors = operationRule({
  name: "stream-logs-errors",
  displayName: "Delivery errors logged",
  description: "A Firehose delivery stream writes to CloudWatch Logs why it could not deliver.",
  severity: "medium",
  tags: ["operations", "firehose"],
  remediationSteps:
    "Set cloudwatchLoggingOptions of the destination: enabled, logGroupName and logStreamName, and let the stream's role write there.",
  url: "https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-logs.html",
  judges: { noun: "delivery stream", type: "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream" },
  judge: (props) =>
    DESTINATIONS.flatMap((kind) => (kind in props ? faultsOf(kind, fields(props[kind])) : [])),
});

function faultsOf(kind: string, destination: Fields): string[] {
  const where = `${kind}.cloudwatchLoggingOptions`;
  const options = destination.cloudwatchLoggingOptions;
  const { enabled, logGroupName, logStreamName } = fields(options);
  if (typeof options === "symbol" || hidesSomething(enabled)) return [];
  if (!isTrue(enabled))
    return [`does not log errors; set ${where} to enabled, with logGroupName and logStreamName.`];
  const missing = Object.entries({ logGroupName, logStreamName }).flatMap(([name, value]) =>
    value ? [] : [name],
  );
  return missing.length > 0
    ? [`has nowhere to log errors to; set ${missing.join(" and ")} of ${where}.`]
    : [];
}
