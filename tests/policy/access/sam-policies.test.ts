import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { accessRules } from "../../../policy/rules/access";
import { document } from "../stack";
import { judgeAll, ROLE_POLICY } from "./judge";
import { FILE, type SamPolicies } from "./sam-extract";

const { policies } = JSON.parse(readFileSync(FILE, "utf8")) as SamPolicies;

/** A whole service with resources of its own, here Textract's adapters. Security Hub's IAM.21 rejects it, too. */
const WHOLE_SERVICE: Record<string, string[]> = {
  TextractPolicy: ["role-no-wildcard-action", "role-no-wildcard-resource"],
};

describe("a policy that AWS SAM offers to functions", () => {
  it("is one of many", () => assert.ok(Object.keys(policies).length > 70));

  for (const [name, statements] of Object.entries(policies))
    it(`breaks no mandatory rule${WHOLE_SERVICE[name] ? " but those about whole services" : ""}: ${name}`, () => {
      const said = judgeAll(ROLE_POLICY, { policy: JSON.stringify(document(...statements)) });
      const mandatory = accessRules.filter(({ enforcementLevel }) => enforcementLevel === "mandatory");
      const found = Object.fromEntries(
        mandatory.flatMap((rule) => (said[rule.name] ? [[rule.name, said[rule.name]]] : [])),
      );
      assert.deepEqual(Object.keys(found), WHOLE_SERVICE[name] ?? [], JSON.stringify(found));
    });
});
