import assert from "node:assert/strict";
import type { PolicyResource } from "@pulumi/policy";
import { roleNoCombinedEscalation as rule } from "../../../policy/rules/access/role-no-combined-escalation";
import { stackViolations } from "../judging";
import { document, resource, UNKNOWN_ON_THE_WIRE } from "../stack";

const ROLE_ARN = "arn:aws:iam::111122223333:role/etl";
const allow = (Action: string | string[], Resource = "*") =>
  JSON.stringify(document({ Effect: "Allow", Action, Resource }));

const newRole = (props = {}) =>
  resource("aws:iam/role:Role", "etl", { name: "etl", arn: ROLE_ARN, ...props });
const policyOf = (role: PolicyResource, name: string, policy: string, isKnown = true) =>
  resource(
    "aws:iam/rolePolicy:RolePolicy",
    name,
    { role: isKnown ? "etl" : UNKNOWN_ON_THE_WIRE, policy },
    { role: [role], policy: [] },
  );
const said = (...resources: PolicyResource[]) =>
  stackViolations(rule, Object.fromEntries(resources.map((each) => [each.name, each])));

const PASS = allow("iam:PassRole");
const MAKE = allow(["lambda:CreateFunction", "lambda:InvokeFunction"]);

describe("role-no-combined-escalation", () => {
  for (const isKnown of [true, false])
    it(`rejects a role whose two policies pass any role and make a function, ${isKnown ? "in an update" : "in a preview"}`, () => {
      const role = newRole(isKnown ? {} : { name: UNKNOWN_ON_THE_WIRE, arn: UNKNOWN_ON_THE_WIRE });
      const found = said(role, policyOf(role, "a", PASS, isKnown), policyOf(role, "b", MAKE, isKnown));
      assert.deepEqual(found, [
        'role "etl" can become administrator by its policies together, through iam:PassRole + lambda:CreateFunction + lambda:InvokeFunction; limit these to named resources.',
      ]);
    });

  it("leaves a path within one policy to the rule about single policies", () => {
    const role = newRole();
    const both = allow(["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"]);
    assert.deepEqual(said(role, policyOf(role, "a", both), policyOf(role, "b", allow("s3:ListBucket"))), []);
  });

  it("accepts a role that passes a named role", () => {
    const role = newRole();
    const named = allow("iam:PassRole", "arn:aws:iam::111122223333:role/jobs");
    assert.deepEqual(said(role, policyOf(role, "a", named), policyOf(role, "b", MAKE)), []);
  });

  it("accepts two roles of which each has a half", () => {
    const role = newRole();
    const other = resource("aws:iam/role:Role", "other", { name: "other" });
    const half = resource("aws:iam/rolePolicy:RolePolicy", "b", { role: "other", policy: MAKE });
    assert.deepEqual(said(role, other, policyOf(role, "a", PASS), half), []);
  });

  it("accepts actions that another of its policies denies", () => {
    const role = newRole();
    const deny = JSON.stringify(document({ Effect: "Deny", Action: "iam:*", Resource: "*" }));
    const parts = [PASS, MAKE, deny].map((policy, index) => policyOf(role, `p${index}`, policy));
    assert.deepEqual(said(role, ...parts), []);
  });

  it("accepts a role within a permissions boundary, unless that allows everything", () => {
    const boundary = (policy: string) =>
      resource("aws:iam/policy:Policy", "boundary", { arn: "arn:aws:iam::111122223333:policy/b", policy });
    const bounded = newRole({ permissionsBoundary: "arn:aws:iam::111122223333:policy/b" });
    const parts = [policyOf(bounded, "a", PASS), policyOf(bounded, "b", MAKE)];
    assert.deepEqual(said(bounded, boundary(allow("s3:*")), ...parts), []);
    assert.equal(said(bounded, boundary(allow("*")), ...parts).length, 1);
  });

  it("reads inline policies, attached ones and those of a user's group together", () => {
    const role = newRole({ inlinePolicies: [{ name: "a", policy: PASS }] });
    const policy = resource("aws:iam/policy:Policy", "p", {
      arn: "arn:aws:iam::111122223333:policy/p",
      policy: MAKE,
    });
    const attachment = resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "at", {
      role: "etl",
      policyArn: "arn:aws:iam::111122223333:policy/p",
    });
    assert.equal(said(role, policy, attachment).length, 1);
    const user = resource("aws:iam/user:User", "u", { name: "u" });
    const group = resource("aws:iam/group:Group", "g", { name: "g" });
    const found = said(
      user,
      group,
      resource("aws:iam/userPolicy:UserPolicy", "up", { user: "u", policy: PASS }),
      resource("aws:iam/groupPolicy:GroupPolicy", "gp", { group: "g", policy: MAKE }),
      resource("aws:iam/groupMembership:GroupMembership", "m", { group: "g", users: ["u"] }),
    );
    assert.match(found[0], /^user "u" can become administrator/);
    assert.equal(found.length, 1);
  });
});
