import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { accessRules } from "../../../policy/rules/access";
import { WHOLE } from "../../../policy/rules/access/role-no-wildcard-action";
import { document } from "../stack";
import { judgeAll, ROLE_POLICY } from "./judge";
import { FILE, type SamPolicies } from "./sam-extract";

const { policies } = JSON.parse(readFileSync(FILE, "utf8")) as SamPolicies;

const actionsOf = (statement: unknown) => [(statement as { Action?: string | string[] }).Action ?? []].flat();

describe("a policy that AWS SAM offers to functions", () => {
  it("is one of many", () => assert.ok(Object.keys(policies).length > 70));

  it("allows those services as a whole that role-no-wildcard-action accepts, and no others", () => {
    const whole = Object.values(policies)
      .flat()
      .flatMap(actionsOf)
      .flatMap((action) => /^([\w-]+):\*$/.exec(action)?.[1] ?? []);
    assert.deepEqual([...new Set(whole)], WHOLE);
  });

  for (const [name, statements] of Object.entries(policies))
    it(`breaks no mandatory rule: ${name}`, () => {
      const said = judgeAll(ROLE_POLICY, { policy: JSON.stringify(document(...statements)) });
      const mandatory = accessRules.filter(({ enforcementLevel }) => enforcementLevel === "mandatory");
      const found = Object.fromEntries(
        mandatory.flatMap((rule) => (said[rule.name] ? [[rule.name, said[rule.name]]] : [])),
      );
      assert.deepEqual(found, {});
    });
});
