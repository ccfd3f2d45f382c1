import type { MotoShell } from "./moto-shell";

const ROLE = "arn:aws:iam::123456789012:role/verify";
const TRUST = JSON.stringify({ Version: "2012-10-17", Statement: [] });
const MACHINE = JSON.stringify({ StartAt: "Done", States: { Done: { Type: "Pass", End: true } } });
const KEPT_KEY = "aws/lambda/async/flows-etl/event";
const KEPT = { requestPayload: { awslogs: { data: "AAAA" } } };
const ENCRYPTION = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" } }] };

export const BUCKET = "flows-lake-1";
export const STREAM = "flows-stream-1";
export const LOG_GROUP = "flows-flow-logs-1";

/** Settings of moto: Lambda answers without running code, and state machines run. */
export const configure = async (url: string): Promise<void> => {
  const body = JSON.stringify({
    lambda: { use_docker: false },
    stepfunctions: { execute_state_machine: true },
  });
  await fetch(`${url}/moto-api/config`, { method: "POST", body });
};

/** Creates the resources that the steps call in moto, and returns the ids of the key and the state machine. */
export const seed = (shell: MotoShell, file: (name: string, text: string) => string) => {
  const call = (...args: string[]) => {
    const out = shell.aws([...args, "--output", "json"]);
    return out.trim() ? JSON.parse(out) : {};
  };
  const kept = file("kept.json", JSON.stringify(KEPT));
  call("s3api", "create-bucket", "--bucket", BUCKET);
  call(
    "s3api",
    "put-bucket-encryption",
    "--bucket",
    BUCKET,
    "--server-side-encryption-configuration",
    JSON.stringify(ENCRYPTION),
  );
  call("s3api", "put-object", "--bucket", BUCKET, "--key", KEPT_KEY, "--body", kept);
  call("logs", "create-log-group", "--log-group-name", LOG_GROUP);
  call("iam", "create-role", "--role-name", "verify", "--assume-role-policy-document", TRUST);
  const destination = JSON.stringify({ RoleARN: ROLE, BucketARN: `arn:aws:s3:::${BUCKET}` });
  call(
    "firehose",
    "create-delivery-stream",
    "--delivery-stream-name",
    STREAM,
    "--extended-s3-destination-configuration",
    destination,
  );
  const code = [
    "--runtime",
    "nodejs22.x",
    "--handler",
    "index.handler",
    "--code",
    `S3Bucket=${BUCKET},S3Key=${KEPT_KEY}`,
  ];
  call("lambda", "create-function", "--function-name", "flows-etl", "--role", ROLE, ...code);
  const { stateMachineArn } = call(
    "stepfunctions",
    "create-state-machine",
    "--name",
    "flows-detection",
    "--definition",
    MACHINE,
    "--role-arn",
    ROLE,
  );
  call("scheduler", "create-schedule-group", "--name", "flows-detections");
  const target = JSON.stringify({
    Arn: stateMachineArn,
    RoleArn: ROLE,
    Input: '{"scheduled":"<aws.scheduler.scheduled-time>"}',
  });
  const when = ["--schedule-expression", "rate(1 hours)", "--flexible-time-window", '{"Mode":"OFF"}'];
  call(
    "scheduler",
    "create-schedule",
    "--name",
    "rejected-by-port",
    "--group-name",
    "flows-detections",
    ...when,
    "--target",
    target,
  );
  const alarm = [
    "--metric-name",
    "Errors",
    "--namespace",
    "AWS/Lambda",
    "--comparison-operator",
    "GreaterThanThreshold",
  ];
  const name = ["--alarm-name", "flows-alarm-etl-errors-1"];
  call(
    "cloudwatch",
    "put-metric-alarm",
    ...name,
    ...alarm,
    "--evaluation-periods",
    "1",
    "--period",
    "60",
    "--threshold",
    "0",
    "--statistic",
    "Sum",
  );
  call("cloudwatch", "set-alarm-state", ...name, "--state-value", "ALARM", "--state-reason", "seeded");
  const { KeyId } = call("kms", "create-key").KeyMetadata;
  return { key: String(KeyId), machine: String(stateMachineArn) };
};
