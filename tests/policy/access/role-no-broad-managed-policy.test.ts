import assert from "node:assert/strict";
import { roleNoBroadManagedPolicy as rule } from "../../../policy/rules/access/role-no-broad-managed-policy";
import { violations } from "../judging";
import { UNKNOWN_ON_THE_WIRE } from "../stack";
import { judge, own } from "./judge";

const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const NARROW = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
const everywhere: Record<string, string> = {
  [ADMINISTRATOR]: "*",
  [ADMINISTRATOR.replace("aws:", "aws-cn:")]: "*",
  "arn:aws:iam::aws:policy/ReadOnlyAccess":
    "dynamodb:BatchGetItem, dynamodb:GetItem, dynamodb:Query and 7 more",
};
const violation = (arn: string) =>
  `attaches ${arn}${everywhere[arn] ? `, which allows ${everywhere[arn]} on every resource` : ""}; write a policy with the actions and resources that are needed instead.`;

describe("role-no-broad-managed-policy", () => {
  const narrow = [
    NARROW,
    "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    "arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess",
    "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole",
    "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
    "arn:aws:iam::aws:policy/AWSCodePipelineApproverAccess",
    "arn:aws:iam::111122223333:policy/flow-logs-etl",
    "arn:aws:iam::111122223333:policy/LakeFullAccess",
  ];
  for (const arn of narrow) {
    it(`accepts ${arn}`, () => assert.deepEqual(violations(rule, ATTACHMENT, { policyArn: arn }), []));
  }

  const broad = [
    ADMINISTRATOR,
    "arn:aws:iam::aws:policy/PowerUserAccess",
    "arn:aws:iam::aws:policy/IAMFullAccess",
    "arn:aws:iam::aws:policy/AmazonS3FullAccess",
    "arn:aws:iam::aws:policy/AWSLambda_FullAccess",
    "arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess_v2",
    "arn:aws:iam::aws:policy/AdministratorAccess-Amplify",
    "arn:aws:iam::aws:policy/job-function/AnythingFullAccess",
    "arn:aws-cn:iam::aws:policy/AdministratorAccess",
    "arn:aws:iam::aws:policy/job-function/SystemAdministrator",
    "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM",
    "arn:aws-us-gov:iam::aws:policy/AmazonKinesisFirehoseFullAccess",
  ];
  for (const arn of broad) {
    it(`rejects ${arn}`, () => {
      const [found, ...more] = violations(rule, ATTACHMENT, { policyArn: arn });
      assert.ok(found.startsWith(`attaches ${arn}`), found);
      assert.match(found, /; write a policy with the actions and resources that are needed instead\.$/);
      assert.deepEqual(more, []);
    });
  }

  const derived: [string, string][] = [
    ["SecretsManagerReadWrite", "secretsmanager:\\*"],
    ["AWSCodeBuildAdminAccess", "codebuild:\\*"],
    ["awscodebuildADMINaccess", "codebuild:\\*"],
    ["service-role/AWSGlueServiceRole", "glue:\\*"],
    ["AmazonS3ReadOnlyAccess", "s3:GetObject, s3:GetObjectVersion"],
    ["AmazonDynamoDBReadOnlyAccess", "dynamodb:BatchGetItem, .+"],
    ["ReadOnlyAccess", ".+ and \\d+ more"],
  ];
  for (const [name, allowed] of derived)
    it(`rejects ${name}, whose document allows as much on every resource as no inline policy may`, () => {
      const [found] = violations(rule, ATTACHMENT, { policyArn: `arn:aws:iam::aws:policy/${name}` });
      assert.match(found, new RegExp(`, which allows ${allowed} on every resource; `));
    });

  it("rejects a policy whose document is unknown by a typically broad name", () => {
    const of = (name: string) =>
      violations(rule, ATTACHMENT, { policyArn: `arn:aws:iam::aws:policy/${name}` });
    assert.equal(of("AWSBackupAdminPolicy").length, 1);
    assert.equal(of("AWSBackupOperatorOfTomorrow").length, 0);
  });

  for (const kind of ["policy", "userPolicy", "groupPolicy"]) {
    const type = `aws:iam/${kind}Attachment:${kind[0].toUpperCase()}${kind.slice(1)}Attachment`;
    it(`rejects AdministratorAccess in ${type}`, () => {
      assert.deepEqual(violations(rule, type, { policyArn: ADMINISTRATOR }), [violation(ADMINISTRATOR)]);
    });
  }

  it("rejects AdministratorAccess among a role's managedPolicyArns", () => {
    const managedPolicyArns = [NARROW, ADMINISTRATOR];
    assert.deepEqual(violations(rule, "aws:iam/role:Role", { managedPolicyArns }), [
      violation(ADMINISTRATOR),
    ]);
  });

  for (const who of ["role", "user", "group"]) {
    const name = `PolicyAttachmentsExclusive`;
    const type = `aws:iam/${who}${name}:${who[0].toUpperCase()}${who.slice(1)}${name}`;
    it(`rejects AdministratorAccess in ${type}`, () => {
      const props = { policyArns: [ADMINISTRATOR] };
      assert.deepEqual(violations(rule, type, props), [violation(ADMINISTRATOR)]);
    });
  }

  it("accepts an ARN that preview does not know", () => {
    assert.deepEqual(violations(rule, ATTACHMENT, { policyArn: UNKNOWN_ON_THE_WIRE }), []);
  });

  it("rejects a broad policy beside an ARN that preview does not know", () => {
    const managedPolicyArns = [UNKNOWN_ON_THE_WIRE, ADMINISTRATOR];
    assert.deepEqual(violations(rule, "aws:iam/role:Role", { managedPolicyArns }), [
      violation(ADMINISTRATOR),
    ]);
  });

  const sso = {
    "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": { managedPolicyArn: ADMINISTRATOR },
    "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive": {
      managedPolicyArns: [NARROW, ADMINISTRATOR],
    },
  };
  for (const [type, props] of Object.entries(sso)) {
    it(`rejects AdministratorAccess of a permission set in ${type}`, () => {
      assert.deepEqual(violations(rule, type, props), [violation(ADMINISTRATOR)]);
    });
  }

  it("accepts a broad policy that the configuration accepts", () => {
    const config = { accept: ["AmazonSSM*"] };
    const policyArn = "arn:aws:iam::aws:policy/AmazonSSMFullAccess";
    assert.deepEqual(judge(rule, ATTACHMENT, { policyArn }, config), []);
    assert.deepEqual(judge(rule, ATTACHMENT, { policyArn: ADMINISTRATOR }, config), [
      violation(ADMINISTRATOR),
    ]);
  });

  it("rejects a policy that only the configuration rejects", () => {
    const policyArn = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess";
    assert.deepEqual(judge(rule, ATTACHMENT, { policyArn }), []);
    assert.deepEqual(judge(rule, ATTACHMENT, { policyArn }, { reject: ["viewonly*"] }), [
      violation(policyArn),
    ]);
  });

  it("accepts the component's own role until it gets a broad policy", async () => {
    const role = await own("flows-etl-role");
    assert.deepEqual(violations(rule, "aws:iam/role:Role", role), []);
    const props = { ...role, managedPolicyArns: [ADMINISTRATOR] };
    assert.deepEqual(violations(rule, "aws:iam/role:Role", props), [violation(ADMINISTRATOR)]);
  });
});
