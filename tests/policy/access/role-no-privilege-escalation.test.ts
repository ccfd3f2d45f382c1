import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { FILE } from "../../../policy/reading/escalation-generate";
import type { Escalations } from "../../../policy/reading/escalations";
import { roleNoPassAnyRole } from "../../../policy/rules/access/role-no-pass-any-role";
import { roleNoPrivilegeEscalation } from "../../../policy/rules/access/role-no-privilege-escalation";
import { document, UNKNOWN_ON_THE_WIRE } from "../stack";
import { allowing, judge, own, ROLE_POLICY, read } from "./judge";

const { paths } = JSON.parse(readFileSync(FILE, "utf8")) as Escalations;

const ways = (...statements: object[]) =>
  judge(roleNoPrivilegeEscalation, ROLE_POLICY, allowing(...statements));
const passing = (...statements: object[]) => judge(roleNoPassAnyRole, ROLE_POLICY, allowing(...statements));
const passAny = { Action: "iam:PassRole", Resource: "*" };

describe("role-no-privilege-escalation", () => {
  it("accepts the component's own policy until it may write any role's policy", async () => {
    const props = await own("flows-etl-policy");
    assert.deepEqual(judge(roleNoPrivilegeEscalation, ROLE_POLICY, props), []);
    const policy = read(props.policy);
    policy.Statement.push({ Effect: "Allow", Action: "iam:PutRolePolicy", Resource: "*" });
    assert.deepEqual(judge(roleNoPrivilegeEscalation, ROLE_POLICY, { policy }), [
      "lets its holder become administrator through iam:PutRolePolicy; limit these to named resources, or require iam:PermissionsBoundary.",
    ]);
  });

  const alone = [
    "iam:CreatePolicyVersion",
    "iam:AttachRolePolicy",
    "iam:UpdateAssumeRolePolicy",
    "IAM:createaccesskey",
    "iam:*LoginProfile",
    "lambda:UpdateFunctionCode",
  ];
  for (const action of alone) {
    it(`rejects ${action} on everything`, () => {
      assert.equal(ways({ Action: action, Resource: "*" }).length, 1);
    });
  }

  const open = ["arn:aws:iam::*:role/*", "arn:aws:iam::111122223333:r*", "arn:aws-cn:iam::111122223333:*"];
  for (const resource of open) {
    it(`rejects iam:AttachRolePolicy on ${resource}, which is every role`, () => {
      assert.equal(ways({ Action: "iam:AttachRolePolicy", Resource: resource }).length, 1);
    });
  }

  const named = [
    "arn:aws:iam::*:role/app-*",
    "arn:aws:iam::111122223333:role/service-role/*",
    "arn:aws:iam::*:user/*",
    "arn:aws:s3:::*",
  ];
  for (const resource of named) {
    it(`accepts iam:AttachRolePolicy on ${resource}, which is not every role`, () => {
      assert.deepEqual(ways({ Action: "iam:AttachRolePolicy", Resource: resource }), []);
    });
  }

  it("accepts users who manage their own access keys", () => {
    const Resource = "arn:aws:iam::*:user/$" + "{aws:username}";
    assert.deepEqual(ways({ Action: ["iam:CreateAccessKey", "iam:UpdateLoginProfile"], Resource }), []);
  });

  it("accepts an administrator of roles within a boundary", () => {
    const Condition = {
      StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/boundary" },
    };
    assert.deepEqual(ways({ Action: "iam:PutRolePolicy", Resource: "*", Condition }), []);
  });

  const together: string[][] = [
    ["lambda:CreateFunction", "lambda:InvokeFunction"],
    ["ec2:RunInstances"],
    ["cloudformation:CreateStack"],
    ["ecs:CreateService", "ecs:RegisterTaskDefinition"],
    ["glue:CreateJob", "glue:StartJobRun"],
  ];
  for (const actions of together) {
    it(`rejects passing any role together with ${actions.join(" and ")}, in two statements`, () => {
      assert.match(
        ways(passAny, { Action: actions })[0],
        new RegExp(`iam:PassRole \\+ ${actions.join(" \\+ ")}`),
      );
    });
  }

  it("accepts a function that can be created but not invoked", () => {
    assert.deepEqual(ways(passAny, { Action: "lambda:CreateFunction", Resource: "*" }), []);
  });

  it("accepts passing named roles to new functions", () => {
    const Resource = "arn:aws:iam::111122223333:role/etl-*";
    assert.deepEqual(ways({ Action: "iam:PassRole", Resource }, { Action: "lambda:*" }), []);
  });

  it("rejects NotAction of a few actions, and says how many paths are open", () => {
    const policy = document({ Effect: "Allow", NotAction: "s3:*", Resource: "*" });
    assert.match(judge(roleNoPrivilegeEscalation, ROLE_POLICY, { policy })[0], /and \d\d more/);
  });

  it("accepts NotAction of all paths' services, and rejects the paths of one that is missing from it", () => {
    const services = new Set(paths.flatMap((path) => path.map((action) => action.split(":")[0])));
    const but = (...NotAction: string[]) => ({
      policy: document({ Effect: "Allow", NotAction, Resource: "*" }),
    });
    const all = Array.from(services, (service) => `${service}:*`);
    assert.deepEqual(judge(roleNoPrivilegeEscalation, ROLE_POLICY, but(...all)), []);
    const found = judge(
      roleNoPrivilegeEscalation,
      ROLE_POLICY,
      but(...all.filter((each) => each !== "ecs:*")),
    );
    assert.match(found[0], /through ecs:ExecuteCommand;/);
  });

  it("accepts actions under an unconditional Deny, and rejects those under a conditional one", () => {
    const allow = { Action: "iam:PutRolePolicy", Resource: "*" };
    const deny = { Effect: "Deny", Action: "iam:*", Resource: "*" };
    assert.deepEqual(ways(allow, deny), []);
    assert.equal(ways(allow, { ...deny, Condition: { Bool: { "aws:ViaAWSService": "true" } } }).length, 1);
  });

  it("waits for the update when resource, condition or NotAction are unknown", () => {
    const hidden = UNKNOWN_ON_THE_WIRE;
    const allow = { Effect: "Allow", Action: "iam:PutRolePolicy", Resource: "*" };
    for (const statement of [
      { ...allow, Resource: hidden },
      { ...allow, Condition: hidden },
      { Effect: "Allow", NotAction: ["s3:*", hidden], Resource: "*" },
    ]) {
      assert.deepEqual(judge(roleNoPrivilegeEscalation, ROLE_POLICY, { policy: document(statement) }), []);
    }
    const certain = document({ ...allow, Action: [hidden, "iam:PutRolePolicy"], Resource: [hidden, "*"] });
    assert.equal(judge(roleNoPrivilegeEscalation, ROLE_POLICY, { policy: certain }).length, 1);
  });
});

describe("role-no-pass-any-role", () => {
  it("accepts passing a named role", () => {
    assert.deepEqual(passing({ Action: "iam:PassRole", Resource: "arn:aws:iam::111122223333:role/etl" }), []);
  });

  for (const Resource of [
    "*",
    "arn:aws:iam::*:role/*",
    ["arn:aws:iam::111122223333:role/etl", "arn:aws:iam::111122223333:*"],
  ]) {
    it(`rejects passing ${Resource}`, () => {
      assert.deepEqual(passing({ Action: ["iam:PassRole"], Resource }), [
        "statement 1 allows iam:PassRole on every role, an administrator's too; name the roles.",
      ]);
    });
  }

  it("rejects any role although it may be passed to one service only", () => {
    const Condition = { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } };
    assert.equal(passing({ ...passAny, Condition }).length, 1);
    assert.deepEqual(ways({ ...passAny, Condition }, { Action: "ec2:RunInstances" }), []);
  });
});
