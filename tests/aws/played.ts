import { STACK } from "./account";
import type { Shell } from "./shell";

const ACCOUNT = "123456789012";

/** Answers of an account in which everything works, by the beginning of a command. A test puts its own before these. */
const ANSWERS: [begin: string, answer: unknown][] = [
  ["aws sts get-caller-identity", { Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/somebody` }],
  [
    "aws s3api get-bucket-encryption",
    {
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" } }],
      },
    },
  ],
  ["aws s3api list-objects-v2", { Contents: [{ Key: "aws/lambda/async/flows-etl/event" }] }],
  ["aws s3 cp", { requestPayload: { awslogs: { data: "AAAA" } } }],
  ["aws s3api list-buckets", { Buckets: [] }],
  ["aws cloudwatch describe-alarms", { MetricAlarms: [{ AlarmName: "flows-alarm-etl-errors-1" }] }],
  ["aws scheduler get-schedule", { Target: { Input: '{"scheduled":"<aws.scheduler.scheduled-time>"}' } }],
  ["aws stepfunctions start-execution", { executionArn: `arn:aws:states:us-east-1:${ACCOUNT}:execution:x` }],
  ["aws stepfunctions describe-execution", { status: "SUCCEEDED" }],
  ["aws firehose put-record", { RecordId: "1" }],
  ["aws kms describe-key", { KeyMetadata: { KeyState: "PendingDeletion" } }],
  ["aws lambda invoke", { StatusCode: 202 }],
  ["pulumi stack output", { bucket: "flows-lake-1", stream: "flows-stream-1", logGroups: ["a", "b"] }],
  [
    "pulumi stack export",
    {
      deployment: {
        resources: Object.entries({
          "aws:kms/key:Key": "flows-key",
          "aws:lambda/function:Function": "flows-etl",
          "aws:sfn/stateMachine:StateMachine": "flows-detection",
          "aws:scheduler/scheduleGroup:ScheduleGroup": "flows-detections",
        }).map(([type, name]) => ({ type, id: name, urn: `urn:pulumi:${STACK}::p::${type}::${name}` })),
      },
    },
  ],
];

/** A shell that runs nothing. It returns prepared answers and records the commands. */
export class PlayedShell implements Shell {
  readonly commands: string[] = [];
  waited = 0;

  /** Calls an answer that is a function. */
  constructor(private readonly others: [begin: string, answer: unknown][] = []) {}

  run(command: string, args: string[]): string {
    const line = [command === process.execPath ? "node" : command, ...args].join(" ");
    this.commands.push(line);
    if (/^node .* traffic /.test(line)) return "2 line\n".repeat(Number(args[args.indexOf("--lines") + 1]));
    if (/unparsed IS NOT NULL/.test(line)) return '[{"count":0}]';
    const found = [...this.others, ...ANSWERS].find(([begin]) => line.startsWith(begin));
    if (found) return JSON.stringify(typeof found[1] === "function" ? found[1]() : found[1]);
    return /^node .* query /.test(line) ? '[{"count":200}]' : "";
  }

  async wait(seconds: number): Promise<void> {
    this.waited += seconds;
  }
}
