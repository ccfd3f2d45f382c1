import assert from "node:assert/strict";
import { functionPermissionNamesItsSource as rule } from "../../../policy/rules/exposure/function-permission-names-its-source";
import { own, violations } from "../judging";
import { UNKNOWN_ON_THE_WIRE } from "../stack";

const TYPE = "aws:lambda/permission:Permission";
const ACCOUNT = "111122223333";
const check = async (change: object) => {
  const { sourceArn: _, sourceAccount: __, ...props } = await own(TYPE);
  return violations(rule, TYPE, { ...props, ...change });
};

describe("function-permission-names-its-source", () => {
  it("accepts our own permission", async () => assert.deepEqual(violations(rule, TYPE, await own(TYPE)), []));

  it("rejects our own permission without its source", async () => {
    assert.deepEqual(await check({}), [
      'permission "main" lets logs.amazonaws.com call the function for any AWS account; set sourceArn or sourceAccount.',
    ]);
  });

  const sources: [string, object][] = [
    ["logs.amazonaws.com", { sourceArn: `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/a:*` }],
    ["apigateway.amazonaws.com", { sourceArn: `arn:aws:execute-api:eu-west-1:${ACCOUNT}:a1b2c3/*/*` }],
    [
      "elasticloadbalancing.amazonaws.com",
      { sourceArn: `arn:aws:elasticloadbalancing:eu-west-1:${ACCOUNT}:targetgroup/a/b` },
    ],
    ["events.amazonaws.com", { sourceAccount: ACCOUNT }],
    ["s3.amazonaws.com", { sourceArn: "arn:aws:s3:::acme-lake", sourceAccount: ACCOUNT }],
    ["s3.amazonaws.com", { sourceArn: UNKNOWN_ON_THE_WIRE, sourceAccount: UNKNOWN_ON_THE_WIRE }],
    ["sns.amazonaws.com", { sourceArn: UNKNOWN_ON_THE_WIRE }],
    ["alexa-appkit.amazon.com", { eventSourceToken: "amzn1.ask.skill.1" }],
    [ACCOUNT, {}],
    [`arn:aws:iam::${ACCOUNT}:role/caller`, {}],
    ["*", { principalOrgId: "o-a1b2c3d4e5" }],
    ["sns.amazonaws.com", { principalOrgId: "o-a1b2c3d4e5" }],
    ["s3.amazonaws.com", { principalOrgId: UNKNOWN_ON_THE_WIRE }],
    ["*", { sourceAccount: ACCOUNT }],
  ];
  for (const [principal, source] of sources) {
    it(`accepts ${principal} with ${JSON.stringify(source)}`, async () =>
      assert.deepEqual(await check({ principal, ...source }), []));
  }

  it("rejects S3 without an account: a bucket's ARN has none", async () => {
    assert.deepEqual(await check({ principal: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::acme-lake" }), [
      'permission "main" lets s3.amazonaws.com call the function for any AWS account: ' +
        '"arn:aws:s3:::acme-lake" does not say which; set sourceAccount, too.',
    ]);
    assert.match((await check({ principal: "s3.amazonaws.com" }))[0], /set sourceArn and sourceAccount\.$/);
    assert.equal((await check({ principal: "s3.amazonaws.com", sourceArn: UNKNOWN_ON_THE_WIRE })).length, 1);
  });

  it("rejects a source that may be in any account", async () => {
    for (const sourceArn of ["*", "arn:aws:events:*:*:rule/*", "arn:aws:apigateway:eu-west-1::/restapis/a"]) {
      assert.equal((await check({ principal: "events.amazonaws.com", sourceArn })).length, 1, sourceArn);
    }
    assert.equal((await check({ principal: "events.amazonaws.com", sourceAccount: "*" })).length, 1);
  });

  for (const principal of ["*", "arn:aws:iam::*:root", "*.amazonaws.com"]) {
    it(`rejects principal ${principal}`, async () => {
      assert.deepEqual(await check({ principal }), [
        `permission "main" lets everybody call the function (principal "${principal}"); ` +
          "name an account, a role or a service with its sourceArn, or set principalOrgId.",
      ]);
    });
  }

  it("rejects everybody through the function's URL", async () => {
    const url = { principal: "*", action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "NONE" };
    assert.match((await check(url))[0], /lets everybody call the function/);
  });

  it("rejects a layer for everybody, and accepts one for an organization", () => {
    const layer = "aws:lambda/layerVersionPermission:LayerVersionPermission";
    const props = { principal: "*", action: "lambda:GetLayerVersion" };
    assert.match(violations(rule, layer, props)[0], /gives the layer to everybody/);
    assert.deepEqual(violations(rule, layer, { ...props, organizationId: "o-a1b2c3d4e5" }), []);
  });

  for (const principal of ["*", "sns.amazonaws.com"])
    it(`rejects ${principal} with "*" or an empty text as organization`, async () => {
      for (const principalOrgId of ["*", "o-*", ""])
        assert.equal((await check({ principal, principalOrgId })).length, 1, principalOrgId);
    });
});
