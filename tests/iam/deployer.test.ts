import assert from "node:assert/strict";
import { CALLS, INVOKES } from "../../cli/deployer-calls";
import { INLINE, MANAGED, partsOf, sizeOf } from "../../cli/deployer-parts";
import { deployerPolicy } from "../../cli/deployer-policy";
import type { DeclaredResource, Program } from "../../local/program";
import { graph } from "../components/graph";
import CLOUDFORMATION from "./cloudformation.json";
import { STACKS, type Target, targetsOf } from "./deployer-targets";
import { CLOUDFORMATION_TYPES, MORE, NOT_GIVEN } from "./deployer-verdicts";
import { allows, type Context, type Document, OURS } from "./evaluator";
import { NAMINGS } from "./world";

const DEPLOYER = `arn:aws:iam::${OURS}:role/deployer`;
const words = (...texts: string[]) =>
  [...new Set(texts.flatMap((text) => text.split(" ")))].filter(Boolean).sort();
const listed = (rows: [why: string, actions: string][] = []) => words(...rows.map(([, actions]) => actions));

const PERMISSIONS: Record<string, Record<string, string>> = CLOUDFORMATION.types;
const permissionsOf = (type: string) => words(...Object.values(PERMISSIONS[type]));

/** What the component's key says of its account, and AWS's default of every key. */
const IAM_DECIDES: Document = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${OURS}:root` }, Action: "kms:*", Resource: "*" },
  ],
};

/** Whether the deployer may make a call. */
const may = (policy: Document, action: string, resource: string, context: Context = {}) =>
  allows(
    { principal: DEPLOYER, action, resource, account: OURS, context },
    { identity: policy, resource: resource.includes(":kms:") ? IAM_DECIDES : undefined },
  );

const mayAll = async (policy: Document, action: string, { resources, context }: Target) => {
  for (const resource of resources) if (!(await may(policy, action, resource, context))) return false;
  return true;
};

/** What CloudFormation would call for a resource, as actions with where they go, but for what has a reason. */
const callsFor = (resource: DeclaredResource, program: Program): [action: string, target: Target][] => {
  const type = CLOUDFORMATION_TYPES[resource.type];
  if (!type) return [];
  const refused = listed(NOT_GIVEN[type]);
  return permissionsOf(type)
    .filter((action) => !refused.includes(action))
    .flatMap((action) =>
      targetsOf(action, resource, program).map((target): [string, Target] => [action, target]),
    );
};

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

      it("allows no action with a wildcard, and on everything only what has no resource", async () => {
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

  const ELSEWHERE: [action: string, resource: string, context?: Context][] = [
    ["s3:CreateBucket", "arn:aws:s3:::edge-lake-0a1b2c3"],
    ["s3:DeleteObject", "arn:aws:s3:::company-logs/a"],
    ["s3:GetObject", "arn:aws:s3:::flows-lake-0a1b2c3/flow-logs/a"],
    ["s3:PutBucketPolicy", "arn:aws:s3:::company-logs"],
    ["iam:PutRolePolicy", `arn:aws:iam::${OURS}:role/admin`],
    ["iam:UpdateAssumeRolePolicy", `arn:aws:iam::${OURS}:role/edge-etl-role-0a1b2c3`],
    [
      "iam:CreateServiceLinkedRole",
      `arn:aws:iam::${OURS}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
      { "iam:AWSServiceName": "ecs.amazonaws.com" },
    ],
    ["lambda:UpdateFunctionCode", `arn:aws:lambda:us-east-1:${OURS}:function:edge-etl-0a1b2c3`],
    ["lambda:UpdateFunctionCode", `arn:aws:lambda:us-east-1:${OURS}:function:flows-etl-0a1b2c3`],
    ["firehose:UpdateDestination", `arn:aws:firehose:us-east-1:${OURS}:deliverystream/flows-stream-0a1b2c3`],
    ["lambda:UpdateFunctionCode", `arn:aws:lambda:eu-west-1:${OURS}:function:flows-etl-0a1b2c3`],
    [
      "firehose:DeleteDeliveryStream",
      `arn:aws:firehose:us-east-1:${OURS}:deliverystream/edge-stream-0a1b2c3`,
    ],
    ["firehose:PutRecord", `arn:aws:firehose:us-east-1:${OURS}:deliverystream/flows-stream-0a1b2c3`],
    ["logs:DeleteLogGroup", `arn:aws:logs:us-east-1:${OURS}:log-group:/vpc/flow-logs`],
    ["logs:GetLogEvents", `arn:aws:logs:us-east-1:${OURS}:log-group:flows-flow-logs-f0a1b2c3-1:log-stream:a`],
    ["glue:DeleteTable", `arn:aws:glue:us-east-1:${OURS}:table/sales/orders`],
    ["athena:DeleteWorkGroup", `arn:aws:athena:us-east-1:${OURS}:workgroup/primary`],
    ["athena:StartQueryExecution", `arn:aws:athena:us-east-1:${OURS}:workgroup/flows-workgroup-0a1b2c3`],
    ["cloudwatch:DeleteAlarms", `arn:aws:cloudwatch:us-east-1:${OURS}:alarm:edge-alarm-etl-errors-0a1b2c3`],
    ["states:StartExecution", `arn:aws:states:us-east-1:${OURS}:stateMachine:flows-detection-0a1b2c3`],
    ["kms:Decrypt", `arn:aws:kms:us-east-1:${OURS}:key/1234abcd`],
    [
      "kms:Decrypt",
      `arn:aws:kms:us-east-1:${OURS}:key/1234abcd`,
      { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" },
    ],
    ["kms:CreateGrant", `arn:aws:kms:us-east-1:${OURS}:key/1234abcd`],
    ["ec2:DeleteVpc", `arn:aws:ec2:us-east-1:${OURS}:vpc/vpc-0123456789abcdef0`],
  ];
  for (const [action, resource, context] of ELSEWHERE) {
    it(`refuses ${action} on ${resource}${context ? ` with ${JSON.stringify(context)}` : ""}`, async () => {
      for (const config of Object.values(STACKS))
        assert.equal(
          await may(deployerPolicy(await graph("dev", config), OURS), action, resource, context),
          false,
        );
    });
  }

  it("leaves an existing bucket alone but for results, and names an existing key", async () => {
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

  it("names any VPC where the default one is looked up, and the one that is configured", async () => {
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

  it("lets whoever asks for fields of ECS list what each field is about, and nobody else", async () => {
    const listing = async (fields: string[]) => {
      const policy = JSON.stringify(deployerPolicy(await graph("dev", { fields }), "*"));
      return words(...(policy.match(/ecs:\w+/g) ?? []));
    };
    assert.deepEqual(await listing(["recommended"]), []);
    assert.deepEqual(await listing(["default", "ecs-cluster-arn"]), ["ecs:ListClusters"]);
    assert.deepEqual(await listing(["default", "ecs-task-id"]), ["ecs:ListClusters", "ecs:ListTasks"]);
  });

  it("goes on covering log groups, streams and what reads them after a change of fields", async () => {
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

describe("the calls of a deployment", () => {
  it("are known for every type that a stack declares", async () => {
    for (const config of Object.values(STACKS)) {
      const { resources } = await graph("dev", config);
      const types = words(...resources.map(({ type }) => type));
      assert.deepEqual(
        types.filter((type) => type.startsWith("aws:") && !CALLS[type]),
        [],
      );
    }
  });

  it("have a verdict of CloudFormation's for each type but the parts of a bucket", () => {
    assert.deepEqual(
      Object.keys(CALLS).filter((type) => !CLOUDFORMATION_TYPES[type] && !/s3\/bucket[A-Z]/.test(type)),
      [],
    );
  });

  it("stop the policy at a type or a question that nobody wrote down", async () => {
    const program = await graph("dev");
    const unknown = { ...program.resources[1], type: "aws:dynamodb/table:Table", name: "flows-state" };
    const wanting = { ...program, resources: [...program.resources, unknown] };
    assert.throws(() => deployerPolicy(wanting, "*"), {
      message:
        "nobody wrote down which calls aws:dynamodb/table:Table (flows-state) needs; add them to cli/deployer-calls.ts",
    });
    const asking = { ...program, invokes: [...program.invokes, "aws:ec2/getAmi:getAmi"] };
    assert.throws(() => deployerPolicy(asking, "*"), { message: /which calls aws:ec2\/getAmi:getAmi needs/ });
    assert.ok(program.invokes.every((token) => INVOKES[token]));
  });

  for (const [type, rows] of Object.entries(CALLS)) {
    it(`of ${type} are CloudFormation's, but for those with a source`, () => {
      const ours = words(
        ...rows.flatMap(([, create, read, update, remove]) => [create, read, update, remove]),
      );
      const theirs = permissionsOf(CLOUDFORMATION_TYPES[type] ?? "AWS::S3::Bucket");
      assert.deepEqual(
        ours.filter((action) => !theirs.includes(action)),
        listed(MORE[type]),
      );
    });
  }

  it("that a reason speaks against are CloudFormation's, and no row of that type has them", () => {
    for (const [type, reasons] of Object.entries(NOT_GIVEN)) {
      const theirs = permissionsOf(type);
      assert.deepEqual(
        listed(reasons).filter((action) => !theirs.includes(action)),
        [],
        type,
      );
      const ours = Object.entries(CLOUDFORMATION_TYPES)
        .filter(([, theirType]) => theirType === type)
        .flatMap(([ourType]) => CALLS[ourType].flatMap((row) => row.slice(1, 5).map(String)));
      assert.deepEqual(
        words(...ours).filter((action) => listed(reasons).includes(action)),
        [],
        type,
      );
    }
  });
});
