import assert from "node:assert/strict";
import { roleNoWildcardAction } from "../../../policy/rules/access/role-no-wildcard-action";
import { roleNoWildcardResource } from "../../../policy/rules/access/role-no-wildcard-resource";
import { violations } from "../judging";
import { document, UNKNOWN_ON_THE_WIRE } from "../stack";
import { own, ROLE_POLICY, read } from "./judge";

const allowed = {
  Effect: "Allow",
  Action: ["firehose:PutRecordBatch"],
  Resource: "arn:aws:firehose:eu-west-1:111122223333:deliverystream/flow-logs",
};
const { Action: _action, ...noAction } = allowed;

const actionFaults = (policy: unknown) => violations(roleNoWildcardAction, ROLE_POLICY, { policy });
const actionFault = (action: string, label = "statement 1") =>
  `${label} allows action "${action}"; name the actions that are needed, such as "s3:GetObject".`;

describe("role-no-wildcard-action", () => {
  it("accepts a statement that names its action and resource", () => {
    assert.deepEqual(actionFaults(JSON.stringify(document(allowed))), []);
  });

  it("accepts an action with a wildcard inside its name", () => {
    assert.deepEqual(actionFaults(document({ ...allowed, Action: "s3:Get*" })), []);
  });

  it("accepts the component's own policies until one action becomes a wildcard", async () => {
    const props = await own("flows-etl-policy");
    assert.deepEqual(violations(roleNoWildcardAction, ROLE_POLICY, props), []);
    const policy = read(props.policy);
    policy.Statement[0].Action = ["firehose:*"];
    assert.deepEqual(actionFaults(JSON.stringify(policy)), [
      actionFault("firehose:*", 'statement "PutIntoTheStream"'),
    ]);
  });

  it("accepts a whole service that AWS's own templates allow, or, if configured, those of its configuration", () => {
    const said = (Action: string, config = {}) => {
      const policy = JSON.stringify(document({ ...allowed, Action, Resource: "*" }));
      return violations(roleNoWildcardAction, ROLE_POLICY, { policy }, config);
    };
    for (const action of ["textract:*", "Textract:*", "textract:?*"]) assert.deepEqual(said(action), []);
    for (const action of ["textract*", "*textract:*", "rekognition:*"]) assert.equal(said(action).length, 1);
    assert.equal(said("textract:*", { services: [] }).length, 1);
    assert.deepEqual(said("rekognition:*", { services: ["rekognition"] }), []);
  });

  it("rejects a wildcard although the resource is unknown", () => {
    assert.deepEqual(actionFaults(document({ ...allowed, Action: "*", Resource: UNKNOWN_ON_THE_WIRE })), [
      actionFault("*"),
    ]);
  });

  it("escapes control characters of an action in its message", () => {
    const [fault] = actionFaults(document({ ...allowed, Action: "\u001b[2J\u202e*:*" }));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through
    assert.doesNotMatch(fault, /[\u0000-\u001f\u202e]/);
  });

  for (const action of ["*", "s3:*", "*:*", "s3:?*", "S3:*", "s3:**", "*:Get*", "s3:*e*", "iam:*"]) {
    it(`rejects action ${action}`, () => {
      assert.deepEqual(actionFaults(document({ ...allowed, Action: action })), [actionFault(action)]);
    });
  }

  it("rejects a wildcard among named actions", () => {
    const policy = document({ ...allowed, Action: ["s3:GetObject", "kms:*"] });
    assert.deepEqual(actionFaults(JSON.stringify(policy)), [actionFault("kms:*")]);
  });

  it("rejects a wildcard in the second statement and names it by its Sid", () => {
    const policy = document(allowed, { ...allowed, Sid: "Everything", Action: "*" });
    assert.deepEqual(actionFaults(policy), [actionFault("*", 'statement "Everything"')]);
  });

  it("rejects a single statement that is not in a list", () => {
    assert.deepEqual(actionFaults({ Statement: { ...allowed, Action: "*" } }), [actionFault("*")]);
  });

  it("rejects an Allow in any case", () => {
    assert.deepEqual(actionFaults(document({ ...allowed, Effect: "allow", Action: "*" })), [
      actionFault("*"),
    ]);
  });

  it("rejects NotAction", () => {
    assert.deepEqual(actionFaults(document({ ...noAction, NotAction: ["iam:*", "sts:*"] })), [
      "statement 1 allows all but NotAction [iam:*,sts:*]; list what is needed under Action instead.",
    ]);
  });

  it("accepts a Deny of every action", () => {
    assert.deepEqual(actionFaults(document({ ...allowed, Effect: "Deny", Action: "*" })), []);
  });

  it("accepts a Deny of NotAction", () => {
    assert.deepEqual(actionFaults(document({ ...noAction, Effect: "Deny", NotAction: "s3:GetObject" })), []);
  });

  const policy = document({ ...allowed, Action: "*" });
  for (const type of ["policy:Policy", "userPolicy:UserPolicy", "groupPolicy:GroupPolicy"]) {
    it(`rejects a wildcard in aws:iam/${type}`, () => {
      assert.deepEqual(violations(roleNoWildcardAction, `aws:iam/${type}`, { policy }), [actionFault("*")]);
    });
  }

  it("rejects a wildcard in a role's inline policy and names the policy", () => {
    const inlinePolicies = [
      { name: "read", policy: document(allowed) },
      { name: "all", policy: JSON.stringify(policy) },
    ];
    assert.deepEqual(violations(roleNoWildcardAction, "aws:iam/role:Role", { inlinePolicies }), [
      `inline policy "all": ${actionFault("*")}`,
    ]);
  });

  it("accepts a role without inline policies, whoever may assume it", () => {
    const assumeRolePolicy = document({ Effect: "Allow", Principal: "*", Action: "*" });
    assert.deepEqual(violations(roleNoWildcardAction, "aws:iam/role:Role", { assumeRolePolicy }), []);
  });

  it("leaves the policies of other resources alone", () => {
    assert.deepEqual(violations(roleNoWildcardAction, "aws:kms/key:Key", { policy }), []);
  });
});

describe("the rules about statements", () => {
  for (const rule of [roleNoWildcardAction, roleNoWildcardResource]) {
    const check = (policy: unknown) => violations(rule, ROLE_POLICY, { policy });

    it(`${rule.name} leaves a document that is not JSON to policy-document-readable`, () => {
      assert.deepEqual(check("{ not json"), []);
    });

    it(`${rule.name} ignores a document that is unknown in preview`, () => {
      assert.deepEqual(check(UNKNOWN_ON_THE_WIRE), []);
    });

    it(`${rule.name} ignores inline policies that are unknown in preview`, () => {
      const props = { inlinePolicies: [UNKNOWN_ON_THE_WIRE, { name: "etl", policy: UNKNOWN_ON_THE_WIRE }] };
      assert.deepEqual(violations(rule, "aws:iam/role:Role", props), []);
    });

    it(`${rule.name} judges known statements beside unknown ones in preview`, () => {
      const hidden = UNKNOWN_ON_THE_WIRE;
      assert.equal(
        check(document(hidden, { ...allowed, Action: ["*", hidden], Resource: [hidden, "*"] })).length,
        1,
      );
    });
  }
});
