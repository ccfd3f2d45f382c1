import assert from "node:assert/strict";
import { resourcePolicyNoWildcardAction as rule } from "../../../policy/rules/access/resource-policy-no-wildcard-action";
import { UNKNOWN_ON_THE_WIRE } from "../stack";
import { judge } from "./judge";

const PERMISSION = "aws:lambda/permission:Permission";
const allowed = { principal: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::acme-lake", function: "etl" };

describe("resource-policy-no-wildcard-action, of a function's permission", () => {
  for (const action of ["lambda:*", "*", "Lambda:*", "lambda:?*"])
    it(`rejects ${action}`, () =>
      assert.deepEqual(judge(rule, PERMISSION, { ...allowed, action }), [
        `allows action "${action}"; name the action that is needed, such as "lambda:InvokeFunction".`,
      ]));

  for (const action of [
    "lambda:InvokeFunction",
    "lambda:InvokeFunctionUrl",
    "lambda:Invoke*",
    UNKNOWN_ON_THE_WIRE,
  ])
    it(`accepts ${action}`, () => assert.deepEqual(judge(rule, PERMISSION, { ...allowed, action }), []));

  it("accepts one that is exempt", () =>
    assert.deepEqual(judge(rule, PERMISSION, { ...allowed, action: "lambda:*" }, { exempt: ["*"] }), []));
});
