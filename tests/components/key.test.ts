import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import { Ingestion } from "../../components/arguments";
import type { DeclaredResource, Program } from "../../local/program";
import { componentGraph } from "./component";
import { arnLike, listOf, statementsOf } from "./documents";
import { child, graph, ofType } from "./graph";
import { VPCS } from "./settings";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

/** The key's property of each type that stores data, except log groups. */
const keysOf = (program: { resources: Pick<DeclaredResource, "name" | "inputs">[] }) => {
  const inputs = (name: string) => child(program, name).inputs;
  return {
    stream: inputs("flows-stream").serverSideEncryption,
    delivery: inputs("flows-stream").extendedS3Configuration.kmsKeyArn,
    bucket: inputs("flows-lake-encryption").rules[0].applyServerSideEncryptionByDefault,
    results: inputs("flows-workgroup").configuration.resultConfiguration.encryptionConfiguration,
    environment: inputs("flows-etl").kmsKeyArn,
  };
};

const everything = (arn: string) => ({
  stream: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: arn },
  delivery: arn,
  bucket: { sseAlgorithm: "aws:kms", kmsMasterKeyId: arn },
  results: { encryptionOption: "SSE_KMS", kmsKeyArn: arn },
  environment: arn,
});

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

  it("delegates to the account's IAM policies, and lets CloudWatch Logs encrypt the component's log groups", () => {
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
    assert.equal(
      child(dev, "flows-lake-encryption").inputs.rules[0].bucketKeyEnabled,
      true,
      "each object would cost a call to KMS",
    );
    assert.deepEqual(keysOf(dev), everything(arn));
    assert.deepEqual(
      ofType(dev, LOG_GROUP).map(({ name, inputs }) => [name.replace(/-[0-9a-f]{8}$/, ""), inputs.kmsKeyId]),
      ["flows-stream-logs", "flows-etl-logs", "flows-flow-logs"].map((name) => [name, arn]),
    );
  });

  for (const [stack, days] of Object.entries({ dev: 7, prod: 30 })) {
    it(`has no log group without an expiry: ${stack} keeps ${days} days`, async () => {
      const groups = ofType(await graph(stack), LOG_GROUP);
      assert.deepEqual(
        groups.map(({ inputs }) => inputs.retentionInDays),
        [days, days, days],
      );
    });
  }
});

describe("a key that exists", () => {
  const ARN = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

  for (const [how, existingKey] of Object.entries({ "by its ARN": ARN, "as an output": output(ARN) })) {
    describe(how, () => {
      let component: Awaited<ReturnType<typeof componentGraph>>;

      before(async () => {
        component = await componentGraph({ vpcs: VPCS, existingKey });
      });

      it("is the only one", () => {
        assert.deepEqual(
          component.resources.filter(({ type }) => type.startsWith("aws:kms/")),
          [],
        );
      });

      it("encrypts everything that stores something", () => {
        assert.deepEqual(keysOf(component), everything(ARN));
        assert.deepEqual(
          component.resources.filter(({ type, inputs }) => type === LOG_GROUP && inputs.kmsKeyId !== ARN),
          [],
        );
      });

      it("is the only key that the roles may use", () => {
        const used = ["flows-stream-policy", "flows-etl-policy"].flatMap((name) =>
          statementsOf(child(component, name).inputs.policy)
            .filter(({ Action }) => listOf(Action).some((action) => action.startsWith("kms:")))
            .flatMap(({ Resource }) => listOf(Resource)),
        );
        assert.deepEqual(new Set(used), new Set([ARN]));
      });
    });
  }
});

for (const ingestion of Object.values(Ingestion)) {
  describe(`the key, with ${ingestion}`, () => {
    it("encrypts every log group, which CloudWatch Logs may do", async () => {
      const component = await componentGraph({ vpcs: VPCS, ingestion });
      const { inputs, state } = child(component, "flows-key");
      const [, logs] = statementsOf(inputs.policy);
      const pattern = logs.Condition?.ArnLike["kms:EncryptionContext:aws:logs:arn"] ?? "";
      const groups = component.resources.filter(({ type }) => type === LOG_GROUP);
      assert.ok(groups.length >= 2, `${groups.length} log groups`);
      for (const { name, inputs: group, state: made } of groups) {
        assert.equal(group.kmsKeyId, state.arn, name);
        assert.equal(arnLike(pattern, made.arn), true, made.arn);
        // A physical name or prefix of its own replaces the one that Pulumi generates.
        assert.ok((group.name ?? group.namePrefix ?? name).startsWith("flows-"), name);
      }
    });
  });
}
