import assert from "node:assert/strict";
import { accessRules } from "../../../policy/rules/access";
import { graph } from "../../components/graph";
import { document, UNKNOWN_ON_THE_WIRE } from "../stack";
import { judge, judgeAll, ROLE, ROLE_POLICY } from "./judge";

const everything = { policy: document({ Effect: "Allow", Action: "*", Resource: "*" }) };

describe("the rules about access", () => {
  for (const stack of ["dev", "prod"]) {
    for (const ingestion of ["LAMBDA", "SUBSCRIPTION", "DIRECT"]) {
      it(`find nothing in the component of ${stack}, with ${ingestion}`, async () => {
        const { resources } = await graph(stack, { ingestion });
        for (const { type, name, inputs } of resources) assert.deepEqual(judgeAll(type, inputs), {}, name);
      });
    }
  }

  it("have a description, a source and advice, and accept names of exempt resources", () => {
    const names = accessRules.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    for (const rule of accessRules) {
      assert.match(rule.name, /^(role|policy|resource-policy|user)(-[a-z]+)+$/);
      assert.match(rule.enforcementLevel ?? "", /^(mandatory|advisory)$/);
      for (const key of ["displayName", "severity", "remediationSteps", "url", "tags"] as const) {
        assert.ok(rule[key], `${rule.name} has no ${key}`);
      }
      assert.ok(rule.configSchema?.properties.exempt, rule.name);
    }
  });

  it("leave a resource alone that the configuration exempts", () => {
    for (const rule of accessRules) {
      assert.deepEqual(judge(rule, ROLE_POLICY, everything, { exempt: ["main"] }), [], rule.name);
    }
    const said = accessRules.filter(
      (rule) => judge(rule, ROLE_POLICY, everything, { exempt: ["other"] }).length > 0,
    );
    assert.ok(said.length >= 5);
  });

  it("each report an administrator's policy with a fact of their own", () => {
    assert.deepEqual(Object.keys(judgeAll(ROLE_POLICY, everything)), [
      "role-no-wildcard-action",
      "role-no-wildcard-resource",
      "role-no-privilege-escalation",
      "role-no-pass-any-role",
      "role-no-unbounded-data-access",
      "role-no-credential-exposure",
    ]);
  });

  it("find nothing in resources that are unknown in preview", () => {
    const hidden = UNKNOWN_ON_THE_WIRE;
    assert.deepEqual(
      judgeAll(ROLE, { assumeRolePolicy: hidden, inlinePolicies: hidden, managedPolicyArns: hidden }),
      {},
    );
    assert.deepEqual(judgeAll(ROLE_POLICY, { role: hidden, policy: hidden }), {});
    for (const type of ["toString", "constructor", "aws:s3/bucket:Bucket"])
      assert.deepEqual(judgeAll(type, {}), {});
  });

  it("find the same in a document as text and as an object", () => {
    assert.deepEqual(
      judgeAll(ROLE_POLICY, { policy: JSON.stringify(everything.policy) }),
      judgeAll(ROLE_POLICY, everything),
    );
  });

  it("judge a document of ten thousand statements in seconds, and shorten their report", () => {
    const statement = { Effect: "Allow", Action: ["s3:Get*", "iam:*"], Resource: "*" };
    const policy = JSON.stringify(document(...Array.from({ length: 10_000 }, () => statement)));
    const start = process.cpuUsage();
    const said = Object.values(judgeAll(ROLE_POLICY, { policy })).flat();
    const { user, system } = process.cpuUsage(start);
    assert.ok(user + system < 5_000_000, `${user + system} microseconds of the processor`);
    assert.ok(said.length < 21 * accessRules.length);
  });
});
