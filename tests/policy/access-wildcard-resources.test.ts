import assert from "node:assert/strict";
import { roleNoWildcardResource } from "../../policy/access-statements";
import { judge, own, ROLE_POLICY, read } from "./access-judge";
import { document, UNKNOWN_ON_THE_WIRE, violations } from "./stack";

const allowed = {
  Effect: "Allow",
  Action: ["firehose:PutRecordBatch"],
  Resource: "arn:aws:firehose:eu-west-1:111122223333:deliverystream/flow-logs",
};
const { Resource: _resource, ...noResource } = allowed;

const resourceFaults = (policy: unknown) => violations(roleNoWildcardResource, ROLE_POLICY, { policy });
const RESOURCE_FAULT =
  'statement 1 allows resource "*" for firehose:PutRecordBatch; name the ARNs that are needed.';

describe("role-no-wildcard-resource", () => {
  it("accepts a statement that names its action and resource", () => {
    assert.deepEqual(resourceFaults(JSON.stringify(document(allowed))), []);
  });

  it("accepts a wildcard below a named resource", () => {
    assert.deepEqual(resourceFaults(document({ ...allowed, Resource: "arn:aws:s3:::acme-lake/*" })), []);
  });

  for (const resource of ["*", ["*"], ["arn:aws:s3:::acme-lake", "*"]]) {
    it(`rejects resource ${JSON.stringify(resource)}`, () => {
      assert.deepEqual(resourceFaults(document({ ...allowed, Resource: resource })), [RESOURCE_FAULT]);
    });
  }

  it("rejects NotResource", () => {
    assert.deepEqual(resourceFaults(document({ ...noResource, NotResource: "arn:aws:s3:::payroll" })), [
      "statement 1 allows all but NotResource [arn:aws:s3:::payroll]; list the ARNs under Resource instead.",
    ]);
  });

  const open = [
    "arn:aws:s3:::*",
    "arn:*",
    "arn:aws:logs:*:*:*",
    "arn:aws:sqs:eu-west-1:111122223333:*",
    "**",
    "?*",
  ];
  for (const resource of open) {
    it(`rejects resource ${resource}, which names nothing either`, () => {
      assert.equal(resourceFaults(document({ ...allowed, Resource: resource })).length, 1);
    });
  }

  const alone = [
    "ec2:DescribeVpcs",
    "ec2:Describe*",
    "s3:ListAllMyBuckets",
    "cloudwatch:PutMetricData",
    "ecr:GetAuthorizationToken",
    "xray:PutTraceSegments",
  ];
  for (const action of alone) {
    it(`accepts ${action} on every resource, since AWS cannot limit it`, () => {
      assert.deepEqual(resourceFaults(document({ ...allowed, Action: action, Resource: "*" })), []);
    });
  }

  it("rejects every resource for the one action among several that AWS can limit", () => {
    const policy = document({ ...allowed, Action: ["ec2:DescribeVpcs", "S3:getobject"], Resource: "*" });
    assert.deepEqual(resourceFaults(policy), [
      'statement 1 allows resource "*" for S3:getobject; name the ARNs that are needed.',
    ]);
  });

  it("accepts every resource of a certain tag", () => {
    const Condition = { StringEquals: { "aws:ResourceTag/team": "flows" } };
    assert.deepEqual(resourceFaults(document({ ...allowed, Resource: "*", Condition })), []);
  });

  const futile = {
    "a tag of any value": { StringLike: { "aws:ResourceTag/team": "*" } },
    "a tag where there is one": { StringEqualsIfExists: { "aws:ResourceTag/team": "flows" } },
    "all but one tag": { StringNotEquals: { "aws:ResourceTag/team": "flows" } },
    "a condition on the region": { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
  };
  for (const [what, Condition] of Object.entries(futile)) {
    it(`rejects every resource of ${what}`, () => {
      assert.deepEqual(resourceFaults(document({ ...allowed, Resource: "*", Condition })), [RESOURCE_FAULT]);
    });
  }

  it("waits for the update when the condition is unknown", () => {
    const policy = document({ ...allowed, Resource: "*", Condition: UNKNOWN_ON_THE_WIRE });
    assert.deepEqual(resourceFaults(policy), []);
  });

  it("accepts the component's own policies until one resource becomes a wildcard", async () => {
    const props = await own("flows-stream-policy", "prod");
    assert.deepEqual(violations(roleNoWildcardResource, ROLE_POLICY, props), []);
    const policy = read(props.policy);
    policy.Statement[1].Resource = "*";
    assert.equal(resourceFaults(JSON.stringify(policy)).length, 1);
  });

  it("accepts a Deny on every resource", () => {
    assert.deepEqual(resourceFaults(document({ ...allowed, Effect: "Deny", Resource: "*" })), []);
  });

  it("accepts an action that the configuration lets be on every resource", () => {
    const policy = document({ ...allowed, Resource: "*" });
    const config = { anyResource: ["firehose:Put*"] };
    assert.deepEqual(judge(roleNoWildcardResource, ROLE_POLICY, { policy }, config), []);
  });

  const narrowed: Record<string, [Action: string | string[], Condition: object]> = {
    "rotation by one function": [
      ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"],
      {
        StringEquals: {
          "secretsmanager:resource/AllowRotationLambdaArn":
            "arn:aws:lambda:eu-west-1:111122223333:function:rotate",
        },
      },
    ],
    "service-linked roles of one service": [
      "iam:CreateServiceLinkedRole",
      { StringEquals: { "iam:AWSServiceName": "ecs.amazonaws.com" } },
    ],
    "tags of what one call makes": [
      "ec2:CreateTags",
      { StringEquals: { "ec2:CreateAction": "RunInstances" } },
    ],
    "tags of what some calls make": [
      "ecs:TagResource",
      { StringEquals: { "ecs:CreateAction": ["CreateCluster", "RunTask"] } },
    ],
    "interfaces of one subnet": [
      "ec2:CreateNetworkInterfacePermission",
      { ArnEquals: { "ec2:Subnet": "arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1" } },
    ],
    "event sources of one function": [
      "lambda:DeleteEventSourceMapping",
      { ArnLike: { "lambda:FunctionArn": "arn:aws:lambda:*:111122223333:function:etl" } },
    ],
    "tasks of one cluster": [
      "ecs:RunTask",
      { ArnEquals: { "ecs:cluster": "arn:aws:ecs:eu-west-1:111122223333:cluster/main" } },
    ],
    "rows of one key": [
      "dynamodb:GetItem",
      { "ForAnyValue:StringEquals": { "dynamodb:LeadingKeys": "acme" } },
    ],
    "passing to one service": [
      "iam:PassRole",
      { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    ],
  };
  for (const [what, [Action, Condition]] of Object.entries(narrowed))
    it(`accepts every resource for ${what}`, () => {
      assert.deepEqual(resourceFaults(document({ ...allowed, Action, Resource: "*", Condition })), []);
    });

  const loose: Record<string, [Action: string, Condition: object]> = {
    "a key of any value": ["iam:CreateServiceLinkedRole", { StringLike: { "iam:AWSServiceName": "*" } }],
    "a key that may be absent": [
      "ec2:CreateTags",
      { StringEqualsIfExists: { "ec2:CreateAction": "RunInstances" } },
    ],
    "all but one value": ["ec2:CreateTags", { StringNotEquals: { "ec2:CreateAction": "RunInstances" } }],
    "how an object is encrypted": [
      "s3:PutObject",
      { StringEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } },
    ],
    "a version of TLS": ["s3:GetObject", { StringEquals: { "s3:TlsVersion": "1.2" } }],
    "a region": ["ec2:TerminateInstances", { StringEquals: { "ec2:Region": "eu-west-1" } }],
    "a size of instances": ["ec2:TerminateInstances", { StringEquals: { "ec2:InstanceType": "t3.micro" } }],
    "a key that no service has": ["ec2:TerminateInstances", { StringEquals: { "ec2:InstanceName": "etl" } }],
  };
  for (const [what, [Action, Condition]] of Object.entries(loose))
    it(`rejects every resource with a condition on ${what}`, () => {
      assert.equal(resourceFaults(document({ ...allowed, Action, Resource: "*", Condition })).length, 1);
    });

  const unnameable: Record<string, string[]> = {
    "what recognises an image": ["rekognition:Detect*"],
    "what recognises text": ["comprehend:DetectEntities", "polly:SynthesizeSpeech"],
    "volumes and gateways that it makes": ["ec2:CreateVolume", "ec2:CreateVpc", "ec2:CreateInternetGateway"],
    lists: [
      "rds:DescribeDBInstances",
      "cloudformation:DescribeStacks",
      "elasticfilesystem:DescribeFileSystems",
    ],
    // AWS SAM's policy template VPCAccessPolicy.
    "interfaces of a function in a network": [
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DetachNetworkInterface",
    ],
  };
  for (const [what, Action] of Object.entries(unnameable))
    it(`accepts every resource for ${what}, whose ARN is nobody's to give`, () => {
      assert.deepEqual(resourceFaults(document({ ...allowed, Action, Resource: "*" })), []);
    });

  const nameable = [
    "ec2:DeleteVolume",
    "ec2:DeleteNetworkInterface",
    "ec2:TerminateInstances",
    "sqs:CreateQueue",
    "secretsmanager:CreateSecret",
    "dynamodb:CreateTable",
    "s3:GetObject",
    "s3:CreateBucket",
    "es:ESHttpGet",
    "secretsmanager:GetSecretValue",
    "rekognition:DetectCustomLabels",
    "rekognition:Search*",
  ];
  for (const Action of nameable)
    it(`rejects every resource for ${Action}, whose resources have names`, () => {
      assert.equal(resourceFaults(document({ ...allowed, Action, Resource: "*" })).length, 1);
    });

  const changes: [action: string, kind: string][] = [
    ["ec2:TerminateInstances", "ec2:*:*:instance/*"],
    ["dynamodb:DeleteTable", "dynamodb:*:*:table/*"],
    ["ssm:SendCommand", "ec2:*:*:instance/*"],
    ["kms:ScheduleKeyDeletion", "kms:*:*:key/*"],
    ["logs:DeleteLogGroup", "logs:*:*:log-group:*"],
    ["lambda:DeleteFunction", "lambda:*:*:function:*"],
    ["cloudformation:UpdateStack", "cloudformation:*:*:stack/*/*"],
    ["codebuild:StartBuild", "codebuild:*:*:project/*"],
    ["ecs:ExecuteCommand", "ecs:eu-west-1:*:task/*"],
    ["rds:ModifyDB*", "rds:*:*:db:*"],
    ["secretsmanager:PutResourcePolicy", "secretsmanager:*:*:secret:*"],
    ["iam:DeleteRole", "iam::*:role/*"],
  ];
  for (const [Action, kind] of changes) {
    it(`rejects ${Action} on ${kind}, which is every resource there is`, () => {
      const Resource = `arn:aws:${kind}`;
      assert.deepEqual(resourceFaults(document({ ...allowed, Action, Resource })), [
        `statement 1 allows resource "${Resource}" for ${Action}; name the ARNs that are needed.`,
      ]);
    });

    it(`accepts ${Action} on those of one account, of a prefix, or of a tag`, () => {
      const ofAccount = `arn:aws:${kind.replace(/:\*:([a-z])/, ":111122223333:$1")}`;
      const ofPrefix = `arn:aws:${kind.replace(/\*$/, "flows-*")}`;
      for (const Resource of [ofAccount, ofPrefix])
        assert.deepEqual(resourceFaults(document({ ...allowed, Action, Resource })), [], Resource);
      const Condition = { StringEquals: { "aws:ResourceTag/team": "flows" } };
      assert.deepEqual(
        resourceFaults(document({ ...allowed, Action, Resource: `arn:aws:${kind}`, Condition })),
        [],
      );
    });
  }

  const harmless: [action: string, kind: string][] = [
    ["dynamodb:DescribeTable", "dynamodb:*:*:table/*"],
    ["lambda:Get*", "lambda:*:*:function:*"],
    ["ecs:List*", "ecs:*:*:cluster/*"],
    ["ec2:RunInstances", "ec2:*:*:instance/*"],
    ["ec2:CreateVolume", "ec2:*:*:volume/*"],
    ["lambda:CreateFunction", "lambda:*:*:function:*"],
    ["logs:PutLogEvents", "logs:*:*:log-group:*"],
  ];
  for (const [Action, kind] of harmless)
    it(`accepts ${Action} on ${kind}, which changes nothing that is there`, () => {
      assert.deepEqual(resourceFaults(document({ ...allowed, Action, Resource: `arn:aws:${kind}` })), []);
    });
});
