import assert from "node:assert/strict";
import type { Program } from "../../local/program";
import { arnLike, statementsOf } from "./documents";
import { child, graph, ofType } from "./graph";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

describe("the key", () => {
  let dev: Program;
  let arn: string;

  before(async () => {
    dev = await graph("dev");
    arn = child(dev, "flows-key").state.arn;
  });

  it("is one, rotates every year, and says what it is for", () => {
    const [{ inputs }, ...others] = ofType(dev, "aws:kms/key:Key");
    assert.deepEqual(others, []);
    const { policy, ...rest } = inputs;
    assert.deepEqual(rest, {
      description: "Flow logs of flows: stream, lake, log groups, query results",
      enableKeyRotation: true,
    });
  });

  it("lets the account decide through IAM, and CloudWatch Logs encrypt the component's log groups", () => {
    assert.deepEqual(statementsOf(child(dev, "flows-key").inputs.policy), [
      {
        Sid: "AccountDecidesThroughIam",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::123456789012:root" },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "CloudWatchLogsEncryptsTheLogGroups",
        Effect: "Allow",
        Principal: { Service: "logs.us-east-1.amazonaws.com" },
        Action: [
          "kms:Decrypt",
          "kms:DescribeKey",
          "kms:Encrypt",
          "kms:GenerateDataKey",
          "kms:GenerateDataKeyWithoutPlaintext",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
        ],
        Resource: "*",
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:us-east-1:123456789012:log-group:flows-*",
          },
        },
      },
    ]);
  });

  describe("as CloudWatch Logs may use it", () => {
    const OWN = "arn:aws:logs:us-east-1:123456789012:log-group:flows-etl-logs-0123abc";
    const pattern = () => {
      const [, logs] = statementsOf(child(dev, "flows-key").inputs.policy);
      return logs.Condition?.ArnLike["kms:EncryptionContext:aws:logs:arn"] ?? "";
    };

    it("encrypts each of the component's log groups", () => {
      const refused = ofType(dev, LOG_GROUP).filter(({ state }) => !arnLike(pattern(), state.arn));
      assert.deepEqual(refused, []);
      assert.equal(arnLike(pattern(), OWN), true);
    });

    for (const [what, other] of [
      ["of another account", OWN.replace("123456789012", "210987654321")],
      ["of another region", OWN.replace("us-east-1", "us-east-2")],
      ["of another component", OWN.replace(":flows-", ":edge-flows-")],
      ["of a component whose name begins alike", OWN.replace(":flows-", ":flows2-")],
    ]) {
      it(`encrypts no log group ${what}`, () => assert.equal(arnLike(pattern(), other), false));
    }
  });

  it("encrypts everything that stores something", () => {
    const stream = child(dev, "flows-stream").inputs;
    const [{ applyServerSideEncryptionByDefault: bucket, bucketKeyEnabled }] = child(
      dev,
      "flows-lake-encryption",
    ).inputs.rules;
    const { resultConfiguration } = child(dev, "flows-workgroup").inputs.configuration;
    assert.deepEqual(stream.serverSideEncryption, {
      enabled: true,
      keyType: "CUSTOMER_MANAGED_CMK",
      keyArn: arn,
    });
    assert.equal(stream.extendedS3Configuration.kmsKeyArn, arn);
    assert.deepEqual(bucket, { sseAlgorithm: "aws:kms", kmsMasterKeyId: arn });
    assert.equal(bucketKeyEnabled, true, "every object would cost a call to KMS");
    assert.deepEqual(resultConfiguration.encryptionConfiguration, {
      encryptionOption: "SSE_KMS",
      kmsKeyArn: arn,
    });
    assert.equal(child(dev, "flows-etl").inputs.kmsKeyArn, arn);
    assert.deepEqual(
      ofType(dev, LOG_GROUP).map(({ name, inputs }) => [name, inputs.kmsKeyId]),
      ["flows-stream-logs", "flows-etl-logs", "flows-flow-logs"].map((name) => [name, arn]),
    );
  });

  for (const [stack, days] of Object.entries({ dev: 7, prod: 30 })) {
    it(`is beside no log group that lasts for ever: ${stack} keeps ${days} days`, async () => {
      const groups = ofType(await graph(stack), LOG_GROUP);
      assert.deepEqual(
        groups.map(({ inputs }) => inputs.retentionInDays),
        [days, days, days],
      );
    });
  }
});
