import assert from "node:assert/strict";
import type { Program } from "../../local/program";
import { arnLike, listOf, type Statement, statementsOf } from "./documents";
import { child, formatChild, graph, ofType } from "./graph";

/** The digits are those of this project's stack dev and its component flows. */
const OWN_FUNCTION = "function:flows-etl-4f749bc";

/** For each role: its principal, the resources in its condition, and those of them that the program declares. */
const TRUST: Record<string, [principal: string, service: string, resources: string[], user: string]> = {
  "flows-stream-role": [
    "firehose.amazonaws.com",
    "firehose",
    ["deliverystream/flows-stream-*", "deliverystream/flows-envelope-stream-*"],
    "flows-stream",
  ],
  "flows-etl-role": ["lambda.amazonaws.com", "lambda", [OWN_FUNCTION], "flows-etl"],
  "flows-flow-logs-role": [
    "vpc-flow-logs.amazonaws.com",
    "ec2",
    ["vpc-flow-log/*"],
    "flows-flow-log-default",
  ],
};

/** Actions, resources and conditions of each policy's statements. */
type Grant = [actions: string[], resources: string[], condition?: Statement["Condition"]];
const grants = (dev: Program, arn: (name: string) => string): Record<string, Grant[]> => {
  const group = formatChild(dev, "flows-flow-logs").state.arn;
  const lake = arn("flows-lake");
  const ours = { StringEquals: { "s3:ResourceAccount": "123456789012" } };
  const through = (service: string) => ({
    StringEquals: { "kms:ViaService": `${service}.us-east-1.amazonaws.com` },
  });
  return {
    "flows-stream-policy": [
      [
        ["glue:GetTable", "glue:GetTableVersion", "glue:GetTableVersions"],
        ["arn:aws:glue:us-east-1:123456789012:catalog", arn("flows-database"), arn("flows-table")],
      ],
      [["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"], [lake]],
      [
        ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
        [`${lake}/flow-logs/*`, `${lake}/errors/*`],
      ],
      [["kms:Decrypt", "kms:GenerateDataKey"], [arn("flows-key")], through("s3")],
      [["logs:PutLogEvents"], [arn("flows-stream-log")]],
    ],
    "flows-etl-policy": [
      [["firehose:PutRecordBatch"], [arn("flows-stream")]],
      [
        ["kms:Decrypt", "kms:GenerateDataKey"],
        [arn("flows-key")],
        { StringEquals: { "kms:ViaService": "firehose.us-east-1.amazonaws.com" } },
      ],
      [["s3:PutObject"], [`${lake}/aws/lambda/async/*`], ours],
      [["s3:ListBucket"], [lake], ours],
      [["kms:Decrypt"], [arn("flows-key")], through("lambda")],
      [["kms:GenerateDataKey"], [arn("flows-key")], through("s3")],
      [["logs:CreateLogStream", "logs:PutLogEvents"], [`${arn("flows-etl-logs")}:*`]],
    ],
    "flows-flow-logs-policy": [
      [
        ["logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        [`${group}:*`],
      ],
    ],
  };
};

describe("access", () => {
  let dev: Program;
  const arn = (name: string): string => child(dev, name).state.arn;

  before(async () => {
    dev = await graph("dev");
  });

  it("has three roles with one policy each, and no other identity, attachment or policy", () => {
    const identities = dev.resources.filter(({ type }) => type.startsWith("aws:iam/"));
    assert.deepEqual(
      identities.map(({ type, name, inputs }) => [type, name, inputs.role]),
      ["flows-stream", "flows-etl", "flows-flow-logs"].flatMap((name) => [
        ["aws:iam/role:Role", `${name}-role`, undefined],
        ["aws:iam/rolePolicy:RolePolicy", `${name}-policy`, child(dev, `${name}-role`).state.name],
      ]),
    );
  });

  it("gives no role anything but its policy: no managed policy and none inline", () => {
    assert.deepEqual(
      ofType(dev, "aws:iam/role:Role").map(({ inputs }) => Object.keys(inputs)),
      [["assumeRolePolicy"], ["assumeRolePolicy"], ["assumeRolePolicy"]],
    );
  });

  for (const [name, [Service, service, resources]] of Object.entries(TRUST)) {
    it(`lets ${Service} alone assume ${name}, for this account's ${resources.join(" and ")}`, () => {
      const patterns = resources.map((resource) => `arn:aws:${service}:us-east-1:123456789012:${resource}`);
      assert.deepEqual(statementsOf(child(dev, name).inputs.assumeRolePolicy), [
        {
          Effect: "Allow",
          Principal: { Service },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": "123456789012" },
            ArnLike: { "aws:SourceArn": patterns.length > 1 ? patterns : patterns[0] },
          },
        },
      ]);
    });
  }

  for (const [name, [, , , user]] of Object.entries(TRUST)) {
    it(`lets ${user} assume ${name} but no resource of another component, region or account`, () => {
      const [{ Condition }] = statementsOf(child(dev, name).inputs.assumeRolePolicy);
      const patterns = listOf(Condition?.ArnLike["aws:SourceArn"]);
      const isTrusted = (source: string) => patterns.some((pattern) => arnLike(pattern, source));
      assert.equal(isTrusted(arn(user)), true);
      // EC2 gives flow logs random ids, so their ARNs do not name the component.
      const named = user === "flows-flow-log-default" ? [] : [arn(user).replace("flows-", "edge-")];
      const others = [
        arn(user).replace("us-east-1", "us-east-2"),
        arn(user).replace("123456789012", "210987654321"),
        ...named,
      ];
      assert.deepEqual(others.filter(isTrusted), []);
    });
  }

  it("allows exactly these actions on exactly these resources under these conditions", () => {
    const policies = ofType(dev, "aws:iam/rolePolicy:RolePolicy").map(({ name, inputs }) => [
      name,
      statementsOf(inputs.policy).map(({ Action, Resource, Condition }) =>
        Condition ? [Action, listOf(Resource), Condition] : [Action, listOf(Resource)],
      ),
    ]);
    assert.deepEqual(Object.fromEntries(policies), grants(dev, arn));
  });

  it("has nothing but Allow statements, none of which has a wildcard in an action", () => {
    for (const { name, inputs } of ofType(dev, "aws:iam/rolePolicy:RolePolicy")) {
      for (const { Sid, Effect, Action } of statementsOf(inputs.policy)) {
        const wild = listOf(Action).filter((action) => !/^[a-z0-9]+:[A-Za-z]+$/.test(action));
        assert.deepEqual([Effect, wild], ["Allow", []], `${name} ${Sid}`);
      }
    }
  });

  it("has no wildcard in a resource, except for objects under a prefix and log streams of a group", () => {
    const resources = ofType(dev, "aws:iam/rolePolicy:RolePolicy").flatMap(({ inputs }) =>
      statementsOf(inputs.policy).flatMap(({ Resource }) => listOf(Resource)),
    );
    const lake = arn("flows-lake");
    assert.deepEqual(
      resources.filter((resource) => /[*?]/.test(resource)),
      [
        `${lake}/flow-logs/*`,
        `${lake}/errors/*`,
        `${lake}/aws/lambda/async/*`,
        `${arn("flows-etl-logs")}:*`,
        `${formatChild(dev, "flows-flow-logs").state.arn}:*`,
      ],
    );
  });
});
