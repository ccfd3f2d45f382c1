import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { type Account, STACK } from "./account";

/** An action in the account. It returns its observation, and throws if that is wrong. */
export interface Step {
  name: string;
  title: string;
  run: (account: Account) => Promise<string>;
}

/** Number of lines to put in beside those of real flow logs. */
const LINES = 200;
const FIELDS = "recommended";
const OTHER_FIELDS = "recommended az-id";
const FUNCTION = "aws:lambda/function:Function";
const MACHINE = "aws:sfn/stateMachine:StateMachine";

const deploy = async (account: Account) => {
  for (const [name, value] of Object.entries({
    fields: FIELDS,
    bufferingInterval: "0",
    forceDestroy: "true",
    detections: JSON.stringify({ queries: ["rejected-by-port"] }),
  }))
    account.configure(name, value);
  account.pulumi("up", "--yes", "--skip-preview");
  const { bucket } = account.outputs();
  const { Rules } = account.aws(
    "s3api",
    "get-bucket-encryption",
    "--bucket",
    bucket,
  ).ServerSideEncryptionConfiguration;
  assert.equal(Rules[0].ApplyServerSideEncryptionByDefault.SSEAlgorithm, "aws:kms");
  return `bucket ${bucket}`;
};

/** Puts lines into a log stream of their own in the log group, as a flow log does. */
const traffic = async (account: Account) => {
  const [logGroup] = account.outputs().logGroups;
  const stream = `eni-verify-${STACK}`;
  account.aws("logs", "create-log-stream", "--log-group-name", logGroup, "--log-stream-name", stream);
  const timestamp = Date.now();
  const events = account.lines(FIELDS, LINES).map((message) => ({ timestamp, message }));
  const place = ["--log-group-name", logGroup, "--log-stream-name", stream];
  account.aws("logs", "put-log-events", ...place, "--log-events", JSON.stringify(events));
  return `${LINES} lines into ${logGroup}`;
};

const ask = async (account: Account) => {
  const count = (from: string) => Number(Object.values(account.ask(`SELECT count(*) FROM ${from}`)[0])[0]);
  const rows = await account.until("rows in the table", 8, () => {
    const found = count("flow_logs");
    return found >= LINES ? found : undefined;
  });
  assert.equal(count("flow_logs WHERE unparsed IS NOT NULL"), 0, "lines do not fit the format");
  for (const view of ["flow_logs_readable", "flow_logs_distinct"])
    assert.ok(count(view) >= LINES, `${view} has not the table's rows`);
  return `${rows} rows, in both views too`;
};

const keptEvent = (account: Account): string | undefined => {
  const { bucket } = account.outputs();
  const args = ["s3api", "list-objects-v2", "--bucket", bucket, "--prefix", "aws/lambda/async/"];
  return account.aws(...args).Contents?.[0]?.Key;
};

/** Option with which the CLI takes bytes unencoded. */
const RAW = ["--cli-binary-format", "raw-in-base64-out"];
/** An event that is not an envelope of CloudWatch Logs. */
const BROKEN = { awslogs: { data: "AAAA" } };

const invoke = (account: Account, kind: "Event" | "RequestResponse", event: object) => {
  const name = account.nameOf(FUNCTION, /flows-etl$/);
  const args = ["--function-name", name, "--invocation-type", kind, ...RAW];
  return account.aws("lambda", "invoke", ...args, "--payload", JSON.stringify(event), "/dev/null");
};

/** Invokes the function with an event that it cannot read. Lambda tries it three times, in three minutes. */
const fail = async (account: Account) => {
  invoke(account, "Event", BROKEN);
  const key = await account.until("the event in the bucket", 8, () => keptEvent(account));
  const alarm = await account.until("an alarm", 8, () => {
    const { MetricAlarms } = account.aws("cloudwatch", "describe-alarms", "--state-value", "ALARM");
    return MetricAlarms.find((each: { AlarmName: string }) => each.AlarmName.startsWith("flows-alarm-etl-"));
  });
  return `${key}; alarm ${alarm.AlarmName}`;
};

/** An event as CloudWatch Logs makes it. */
const eventOf = (logGroup: string, message: string) => {
  const events = [{ id: "1", timestamp: Date.now(), message }];
  const envelope = { messageType: "DATA_MESSAGE", owner: "123456789012", logGroup, logStream: "verify" };
  const whole = { ...envelope, subscriptionFilters: ["verify"], logEvents: events };
  return { awslogs: { data: gzipSync(JSON.stringify(whole)).toString("base64") } };
};

/** Reads the event that Lambda kept, and invokes the function with one that it can read. */
const replay = async (account: Account) => {
  const { bucket, logGroups } = account.outputs();
  const key = keptEvent(account) ?? assert.fail("no event was kept");
  const { requestPayload } = account.object(bucket, key);
  assert.deepEqual(requestPayload, BROKEN, "the event was not kept as it was");
  const [line] = account.lines(FIELDS, 1);
  const answer = invoke(account, "RequestResponse", eventOf(logGroups[0], line));
  assert.equal(answer.FunctionError, undefined, "the function fails on an event that it can read");
  return `${key} has the whole event, and the function takes one that is handed in`;
};

const change = async (account: Account) => {
  account.configure("fields", OTHER_FIELDS);
  account.configure("previousFields", JSON.stringify([[FIELDS]]));
  account.pulumi("up", "--yes", "--skip-preview");
  assert.equal(account.outputs().logGroups.length, 2, "the old log group is gone");
  assert.ok(Number(Object.values(account.ask("SELECT count(az_id) FROM flow_logs")[0])[0]) >= 0);
  return "two log groups, and the table has az_id";
};

/** Runs the detection as its schedule does, a quarter past the next hour. */
const detect = async (account: Account) => {
  const machine = account.nameOf(MACHINE, /flows-detection$/);
  const group = account.nameOf("aws:scheduler/scheduleGroup:ScheduleGroup", /flows-detections$/);
  const place = ["--name", "rejected-by-port", "--group-name", group];
  const { Target } = account.aws("scheduler", "get-schedule", ...place);
  const due = new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + 900_000).toISOString().slice(0, 19);
  const input = Target.Input.replaceAll("<aws.scheduler.scheduled-time>", `${due}Z`);
  const start = ["--state-machine-arn", machine, "--input", input];
  const { executionArn } = account.aws("stepfunctions", "start-execution", ...start);
  const status = await account.until("the execution's end", 8, () => {
    const described = account.aws("stepfunctions", "describe-execution", "--execution-arn", executionArn);
    return described.status === "RUNNING" ? undefined : described.status;
  });
  assert.equal(status, "SUCCEEDED");
  return executionArn;
};

const direct = async (account: Account) => {
  account.configure("ingestion", "DIRECT");
  account.pulumi("up", "--yes", "--skip-preview");
  const { stream } = account.outputs();
  const [line] = account.lines(FIELDS, 1);
  const data = JSON.stringify({ Data: `${line} use1-az1\n` });
  const record = ["--delivery-stream-name", stream, ...RAW, "--record", data];
  const { RecordId } = account.aws("firehose", "put-record", ...record);
  assert.ok(RecordId);
  return `${stream} takes a record`;
};

export const STEPS: Step[] = [
  { name: "deploy", title: "Deploys the stack", run: deploy },
  { name: "traffic", title: "Puts lines into the log group", run: traffic },
  { name: "ask", title: "Asks the table and the views in Athena", run: ask },
  { name: "fail", title: "Has the function fail, and waits for the event and the alarm", run: fail },
  { name: "replay", title: "Reads the kept event", run: replay },
  { name: "detect", title: "Runs a detection", run: detect },
  { name: "change", title: "Changes the fields", run: change },
  { name: "direct", title: "Changes the way in to DIRECT and puts a record", run: direct },
];
