import assert from "node:assert/strict";
import { INLINE, MANAGED, partsOf, sizeOf } from "../../cli/plan/deployer/parts";
import { deployerPolicy } from "../../cli/plan/deployer/policy";
import type { Program } from "../../local/program";
import { graph } from "../components/graph";
import { callsFor, may, mayAll, words } from "./deployer-judge";
import { STACKS } from "./deployer-targets";
import { type Document, OURS } from "./evaluator";
import { NAMINGS } from "./world";

describe("the deployer's policy", () => {
  const renamed = Object.entries(NAMINGS)
    .slice(1)
    .map(([naming, autonaming]): [string, Record<string, unknown>] => [
      `LAMBDA and ${naming}`,
      { ...STACKS.LAMBDA, "pulumi:autonaming": autonaming },
    ]);
  for (const [name, config] of [...Object.entries(STACKS), ...renamed]) {
    describe(`of a stack with ${name}`, () => {
      let program: Program;
      let policy: Document;

      before(async () => {
        program = await graph("dev", config);
        policy = deployerPolicy(program, OURS);
      });

      it("allows each call that CloudFormation makes for the same resources", async () => {
        const calls = new Map(
          program.resources
            .flatMap((resource) => callsFor(resource, program))
            .map((call) => [JSON.stringify(call), call]),
        );
        assert.ok(calls.size > 150, `${calls.size} calls`);
        const refused: string[] = [];
        for (const [text, [action, target]] of calls)
          if (!(await mayAll(policy, action, target))) refused.push(text);
        assert.deepEqual(refused, []);
      });

      it("allows no action with a wildcard, and on every resource only actions without resource types", async () => {
        for (const { Action, Resource } of policy.Statement) {
          const actions = [Action].flat();
          assert.deepEqual(
            actions.filter((action) => !/^[a-z0-9]+:[A-Za-z]+$/.test(action)),
            [],
          );
          // Flow logs with fields of ECS may be about any cluster.
          const general = actions.filter((action) => Resource === "*" && !action.startsWith("ecs:"));
          for (const action of general) assert.ok(await may(policy, action, "*"), action);
        }
      });

      it("passes each role to its own service alone, and none else", async () => {
        const roles = program.resources.filter(({ type }) => type === "aws:iam/role:Role");
        for (const { state, inputs } of roles) {
          const [{ Principal }] = JSON.parse(inputs.assumeRolePolicy).Statement;
          const to = (service: string, role = state.arn) =>
            may(policy, "iam:PassRole", role, { "iam:PassedToService": service });
          assert.equal(await to(Principal.Service), true, state.arn);
          for (const other of ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com", "glue.amazonaws.com"])
            assert.equal(await to(other), false, `${state.arn} to ${other}`);
          assert.equal(await to(Principal.Service, state.arn.replace("flows-", "edge-")), false);
        }
      });

      it("fits into the inline policies of a role, and its parts into managed policies", () => {
        assert.ok(sizeOf(policy as ReturnType<typeof deployerPolicy>) <= INLINE);
        const parts = partsOf(deployerPolicy(program, OURS));
        assert.ok(parts.every((part) => sizeOf(part) <= MANAGED));
        assert.deepEqual(
          parts.flatMap(({ Statement }) => Statement),
          policy.Statement,
        );
      });
    });
  }

  it("allows only query results in an existing bucket, and names an existing key", async () => {
    const text = JSON.stringify(deployerPolicy(await graph("dev", STACKS.DIRECT), OURS));
    assert.deepEqual(words(...(text.match(/arn:aws:s3:::[^"]+/g) ?? [])), [
      "arn:aws:s3:::company-flow-logs",
      "arn:aws:s3:::company-flow-logs/results/*",
    ]);
    assert.deepEqual(words(...(text.match(/arn:aws:kms:[^"]+/g) ?? [])), [String(STACKS.DIRECT.existingKey)]);
    assert.doesNotMatch(
      text,
      /kms:(CreateKey|ScheduleKeyDeletion)|s3:(CreateBucket|PutBucketPolicy|DeleteObject)/,
    );
  });

  it("deletes objects only with forceDestroy", async () => {
    const kept = JSON.stringify(deployerPolicy(await graph("dev", { forceDestroy: false }), "*"));
    assert.doesNotMatch(kept, /s3:DeleteObject|s3:ListBucketVersions/);
    const emptied = JSON.stringify(deployerPolicy(await graph("dev", { forceDestroy: true }), "*"));
    assert.match(emptied, /s3:DeleteObjectVersion/);
  });

  it("allows any VPC if the default one is looked up, or else the configured one", async () => {
    const asked = JSON.stringify(deployerPolicy(await graph("dev"), "*"));
    assert.match(asked, /"ec2:DescribeRouteTables","ec2:DescribeVpcs"/);
    assert.match(asked, /:vpc\/\*"/);
    const named = JSON.stringify(deployerPolicy(await graph("dev", STACKS.LAMBDA), "*"));
    assert.doesNotMatch(named, /DescribeVpcs|:vpc\/\*/);
    assert.match(named, /:vpc\/vpc-0123456789abcdef0"/);
  });

  it("has the ARNs and the services' names of the region's partition", async () => {
    const { Statement } = deployerPolicy(await graph("dev", { "aws:region": "cn-north-1" }), OURS);
    const arns = Statement.flatMap(({ Resource }) => Resource).filter((resource) => resource !== "*");
    assert.ok(arns.every((arn) => /^arn:aws-cn:[a-z0-9]+:(cn-north-1)?:/.test(arn)));
    const services = Statement.flatMap(({ Condition }) => Condition?.StringEquals["kms:ViaService"] ?? []);
    assert.deepEqual(services, [
      "firehose.cn-north-1.amazonaws.com.cn",
      "lambda.cn-north-1.amazonaws.com.cn",
      "s3.cn-north-1.amazonaws.com.cn",
    ]);
  });

  it("allows listing ECS resources for fields of ECS only", async () => {
    const listing = async (fields: string[]) => {
      const policy = JSON.stringify(deployerPolicy(await graph("dev", { fields }), "*"));
      return words(...(policy.match(/ecs:\w+/g) ?? []));
    };
    assert.deepEqual(await listing(["recommended"]), []);
    assert.deepEqual(await listing(["default", "ecs-cluster-arn"]), ["ecs:ListClusters"]);
    assert.deepEqual(await listing(["default", "ecs-task-id"]), ["ecs:ListClusters", "ecs:ListTasks"]);
  });

  it("still covers log groups, streams and their readers after a change of fields", async () => {
    for (const ingestion of ["LAMBDA", "DIRECT"]) {
      const of = async (fields: string[]) =>
        deployerPolicy(
          await graph("dev", { ingestion, vpcs: { main: "vpc-0123456789abcdef0" }, fields }),
          "*",
        );
      assert.deepEqual(await of(["default"]), await of(["default", "az-id"]));
    }
  });

  it("splits a statement that is too large alone", () => {
    const Resource = Array.from({ length: 500 }, (_, n) => `arn:aws:logs:us-east-1:*:log-group:/vpc/${n}`);
    const parts = partsOf({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "logs:A", Resource }],
    });
    assert.ok(parts.length > 1 && parts.every((part) => sizeOf(part) <= MANAGED));
    assert.deepEqual(
      parts.flatMap(({ Statement }) => Statement.flatMap((each) => each.Resource)),
      Resource,
    );
  });
});
