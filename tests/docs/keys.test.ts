import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { documentsOf, encrypted, stacks, uses } from "../../docs/generate/keys";
import { tableIn, withBlock } from "../../docs/generate/markdown";
import type { Program } from "../../local/program";

const page = readFileSync(join(__dirname, "../../docs/keys.md"), "utf8");

/**
 * Types that store nothing of the traffic, or whose storage is the bucket, with why. A type that is new in the stacks is to
 * be encrypted with the key, or to be added here.
 */
const WITHOUT_A_KEY: [type: RegExp, why: string][] = [
  [/:FlowLogAnalytics$/, "the component"],
  [/^aws:kms\//, "the key"],
  [/^aws:iam\//, "settings"],
  [/^aws:s3\/bucket/, "the bucket and its settings: its encryption is in the table"],
  [/^aws:glue\/catalog(Database|Table):/, "names and columns"],
  [/^aws:athena\/(namedQuery|preparedStatement):/, "SQL texts"],
  [/^aws:cloudwatch\/(metricAlarm|dashboard|compositeAlarm):/, "settings"],
  [
    /^aws:cloudwatch\/(logStream|logSubscriptionFilter|logDestination|logDestinationPolicy):/,
    "what leads to a log group or stream",
  ],
  [/^aws:ec2\/flowLog:/, "what leads to a log group or stream"],
  [/^aws:lambda\/(permission|functionEventInvokeConfig):/, "settings"],
  [/^aws:scheduler\/scheduleGroup:/, "a name"],
  [/^aws:sqs\/queuePolicy:/, "settings"],
];

/**
 * Calls that move data into or out of an encrypted resource, the service that then uses the key in the caller's name, and the
 * it does with it: S3 (UsingKMSEncryption.html), SNS and SQS (key management), Firehose (AWS's notice of 20 April 2026).
 */
const NEEDS: [call: RegExp, through: string, actions: string[]][] = [
  [/^firehose:Put/, "firehose.<region>", ["kms:Decrypt", "kms:GenerateDataKey"]],
  [/^s3:GetObject$/, "s3.<region>", ["kms:Decrypt"]],
  [/^s3:PutObject$/, "s3.<region>", ["kms:GenerateDataKey"]],
  [/^sns:Publish$/, "sns.<region>", ["kms:Decrypt", "kms:GenerateDataKey"]],
  [/^sqs:SendMessage$/, "sqs.<region>", ["kms:Decrypt", "kms:GenerateDataKey"]],
];

describe("docs: keys.md", () => {
  let programs: Program[];
  const rows = (...head: string[]) =>
    tableIn(page, ...head).map((cells) => cells.map((cell) => cell.replaceAll("`", "")));

  before(async function () {
    this.timeout(120_000);
    programs = await stacks();
  });

  it("shows what the stacks declare: npm run docs brings it up to date", () => {
    const filled = withBlock(withBlock(page, "encrypted", encrypted(programs)), "uses", uses(programs));
    assert.equal(page, filled);
  });

  it("lists every resource that could hold data", () => {
    const listed = new Set(rows("resource", "type").map(([, type]) => type));
    const types = new Set(programs.flatMap(({ resources }) => resources.map(({ type }) => type)));
    const missing = [...types].filter(
      (type) => !listed.has(type.replace(/^.*:/, "")) && !WITHOUT_A_KEY.some(([known]) => known.test(type)),
    );
    assert.deepEqual(missing, []);
  });

  it("lists every caller of an encrypted resource, with the key actions that the call needs", () => {
    const table = rows("who", "for");
    const missing = programs.flatMap(documentsOf).flatMap(([who, policy]) => {
      const calls: string[] = JSON.parse(policy).Statement.flatMap(
        ({ Action }: { Action: string[] }) => Action,
      );
      return calls.flatMap((call) =>
        NEEDS.filter(([pattern]) => pattern.test(call))
          .filter(([, through, actions]) => {
            const mine = table.filter((cells) => cells[0] === who && cells[3] === through);
            return !actions.every((action) => mine.some((cells) => cells[2].split(", ").includes(action)));
          })
          .map(([, through]) => `${who} calls ${call} without the key through ${through}`),
      );
    });
    assert.deepEqual(missing, []);
  });
});
