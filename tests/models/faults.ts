import assert from "node:assert/strict";
import type { Moto } from "../trino/moto";
import type { Report } from "../trino/report";
import type { Judges } from "./judges";
import { type JudgedCall, stackCalls } from "./stack-calls";
import { world } from "./world";

type Change = (parameters: JudgedCall["parameters"]) => void;

/** One fault in a valid call. */
const FAULTS: [fault: string, operation: string, change: Change, refusal: RegExp][] = [
  [
    "a parameter that the API does not have",
    "glue.CreateTable",
    (p) => Object.assign(p, { Owner: "me" }),
    /Unknown parameter/,
  ],
  [
    "no parameter where one is required",
    "lambda.CreateFunction",
    (p) => delete p.Role,
    /Missing required parameter/,
  ],
  ["a number for a text", "iam.CreateRole", (p) => Object.assign(p, { RoleName: 7 }), /Invalid type/],
  [
    "a value that is none of an enum's",
    "s3.PutBucketOwnershipControls",
    (p) => Object.assign(p.OwnershipControls.Rules[0], { ObjectOwnership: "Mine" }),
    /'Mine' is none of/,
  ],
  [
    "a number out of its range",
    "firehose.CreateDeliveryStream",
    (p) => Object.assign(p.ExtendedS3DestinationConfiguration.BufferingHints, { IntervalInSeconds: 901 }),
    /901 is more than 900/,
  ],
  [
    "a text that is too long",
    "athena.CreateWorkGroup",
    (p) => Object.assign(p, { Description: "x".repeat(1025) }),
    /1025 is more than 1024/,
  ],
  [
    "a text of another pattern",
    "logs.CreateLogGroup",
    (p) => Object.assign(p, { logGroupName: "a b" }),
    /does not match/,
  ],
];

/** Checks that each judge finds a planted fault. */
export const judgeFaults = async (judges: Judges, moto: Moto, folder: string, report: Report) => {
  const { region, calls } = await stackCalls("prod", judges.botocore);
  const broken = (operation: string, change: Change) => {
    const call = structuredClone(calls.find((each) => each.operation === operation) ?? assert.fail());
    change(call.parameters);
    return call;
  };
  for (const [fault, operation, change, refusal] of FAULTS)
    await report.claim(`botocore's models refuse ${fault}`, async () => {
      const [found] = judges.judge([broken(operation, change)]).models;
      assert.match(found ?? "nothing is found", refusal);
      return found.split("\n")[0];
    });
  await report.claim("moto refuses a subscription of a log group that is not there", async () => {
    await moto.reset();
    const alone = calls.filter(({ operation }) => operation === "logs.PutSubscriptionFilter");
    const [found] = judges.judge(alone, world(region), moto.url).moto;
    assert.match(found ?? "nothing is found", /ResourceNotFoundException/);
    return found;
  });
  await report.claim("what comes back otherwise is seen", async () => {
    await moto.reset();
    const stream = broken("firehose.CreateDeliveryStream", () => {});
    const read = stream.read ?? assert.fail();
    read.pairs = {
      "ExtendedS3DestinationConfiguration.Prefix": "DeliveryStreamDescription.DeliveryStreamName",
    };
    const [found] = judges.judge([stream], [], moto.url).moto;
    assert.match(found ?? "nothing is found", /was sent, .* comes back/);
    return found;
  });
  await report.claim("cfn-lint refuses a runtime that Lambda does not have", async () => {
    const call = broken("lambda.CreateFunction", (p) => Object.assign(p, { Runtime: "nodejs1.x" }));
    const [found] = judges.lint([call], region, folder);
    assert.match(found ?? "nothing is found", /nodejs1\.x/);
    return found;
  });
};
