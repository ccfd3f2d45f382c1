import assert from "node:assert/strict";
import { roleTrustConfusedDeputy } from "../../../policy/rules/access/role-trust-confused-deputy";
import { roleTrustNoAccountRoot } from "../../../policy/rules/access/role-trust-no-account-root";
import { roleTrustNoWildcardAction } from "../../../policy/rules/access/role-trust-no-wildcard-action";
import { roleTrustNotPublic } from "../../../policy/rules/access/role-trust-not-public";
import { UNKNOWN_ON_THE_WIRE } from "../stack";
import { ACCOUNT, judge, own, ROLE, read, trusting } from "./judge";

const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const rules = [
  roleTrustNotPublic,
  roleTrustNoWildcardAction,
  roleTrustNoAccountRoot,
  roleTrustConfusedDeputy,
];
const FIREHOSE = { Service: "firehose.amazonaws.com" };

describe("the rules about trust policies", () => {
  for (const rule of rules) {
    it(`${rule.name} accepts the component's own roles`, async () => {
      for (const name of ["flows-etl-role", "flows-stream-role", "flows-flow-logs-role"]) {
        assert.deepEqual(judge(rule, ROLE, await own(name)), [], name);
      }
    });

    it(`${rule.name} waits for the update when preview hides the document, the principal or the condition`, () => {
      const hidden = UNKNOWN_ON_THE_WIRE;
      const statement = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: ROOT, ...FIREHOSE } };
      for (const each of [
        { ...statement, Principal: hidden },
        { ...statement, Condition: hidden },
      ]) {
        assert.deepEqual(
          judge(rule, ROLE, { assumeRolePolicy: { Version: "2012-10-17", Statement: [each] } }),
          [],
        );
      }
      assert.deepEqual(judge(rule, ROLE, { assumeRolePolicy: hidden }), []);
    });
  }
});

describe("role-trust-not-public", () => {
  const said = (statement: object) => judge(roleTrustNotPublic, ROLE, trusting(statement));

  it("rejects the component's own role once its principal is everybody without a limiting condition", async () => {
    const props = await own("flows-etl-role");
    const assumeRolePolicy = read(props.assumeRolePolicy);
    assumeRolePolicy.Statement[0].Principal = "*";
    delete assumeRolePolicy.Statement[0].Condition;
    assert.deepEqual(judge(roleTrustNotPublic, ROLE, { ...props, assumeRolePolicy }), [
      'trust policy: statement 1 lets everybody take on the role (Principal "*") and no condition limits who that is; name who may.',
    ]);
  });

  for (const Principal of [
    { AWS: "*" },
    { AWS: [ROOT, "*"] },
    { AWS: "arn:aws:iam::*:role/admin" },
    { Service: "*" },
    { Federated: "*" },
  ]) {
    it(`rejects ${JSON.stringify(Principal)}`, () => assert.equal(said({ Principal }).length, 1));
  }

  it("rejects NotPrincipal", () => assert.equal(said({ NotPrincipal: { AWS: ROOT } }).length, 1));

  it("accepts everybody of an organization, and rejects everybody who has a tag", () => {
    const when = (key: string) => ({ Principal: "*", Condition: { StringEquals: { [key]: "o-abcdef" } } });
    assert.deepEqual(said(when("aws:PrincipalOrgID")), []);
    assert.equal(said(when("aws:PrincipalTag/team")).length, 1);
  });

  it("accepts a Deny of everybody", () => assert.deepEqual(said({ Effect: "Deny", Principal: "*" }), []));
});

describe("role-trust-no-wildcard-action", () => {
  const said = (Action: unknown) =>
    judge(roleTrustNoWildcardAction, ROLE, trusting({ Action, Principal: { Service: "ec2.amazonaws.com" } }));

  it("accepts actions by their names", () => {
    assert.deepEqual(said(["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]), []);
  });

  for (const action of ["*", "sts:*", "sts:AssumeRole*"]) {
    it(`rejects ${action}`, () => assert.equal(said(action).length, 1));
  }
});

describe("role-trust-no-account-root", () => {
  const said = (statement: object, config = {}) =>
    judge(roleTrustNoAccountRoot, ROLE, trusting(statement), config);

  for (const AWS of [
    ROOT,
    ACCOUNT,
    [`arn:aws:iam::${ACCOUNT}:role/deploy`, "arn:aws-cn:iam::444455556666:root"],
  ]) {
    it(`rejects ${AWS}`, () => assert.equal(said({ Principal: { AWS } }).length, 1));
  }

  it("accepts a role of the account", () => {
    assert.deepEqual(said({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/deploy` } }), []);
  });

  const limits = {
    "an external id": { StringEquals: { "sts:ExternalId": "7f3a" } },
    "certain roles": { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/deploy-*` } },
    "a second factor": { Bool: { "aws:MultiFactorAuthPresent": "true" } },
  };
  for (const [what, Condition] of Object.entries(limits)) {
    it(`accepts an account's root with ${what}`, () => {
      assert.deepEqual(said({ Principal: { AWS: ROOT }, Condition }), []);
    });
  }

  it("accepts an account that the configuration trusts", () => {
    assert.deepEqual(said({ Principal: { AWS: ROOT } }, { accounts: [ACCOUNT] }), []);
  });
});

describe("role-trust-confused-deputy", () => {
  const said = (statement: object, config = {}) =>
    judge(roleTrustConfusedDeputy, ROLE, trusting(statement), config);

  it("rejects the component's own role without its condition", async () => {
    const props = await own("flows-stream-role");
    const assumeRolePolicy = read(props.assumeRolePolicy);
    delete assumeRolePolicy.Statement[0].Condition;
    assert.deepEqual(judge(roleTrustConfusedDeputy, ROLE, { ...props, assumeRolePolicy }), [
      'trust policy: statement 1 lets "firehose.amazonaws.com" take on the role for any account\'s resources; ' +
        "add a condition on aws:SourceAccount or aws:SourceArn.",
    ]);
  });

  it("accepts services that send no source: EC2, Lambda, ECS", () => {
    const Service = ["ec2.amazonaws.com", "lambda.amazonaws.com", "ecs-tasks.amazonaws.com"];
    assert.deepEqual(said({ Principal: { Service } }), []);
  });

  it("rejects a service by its regional name, and in China", () => {
    assert.equal(said({ Principal: { Service: "logs.eu-west-1.amazonaws.com" } }).length, 1);
    assert.equal(said({ Principal: { Service: "states.cn-north-1.amazonaws.com.cn" } }).length, 1);
  });

  it("rejects a condition that any account meets", () => {
    const when = (arn: string) =>
      said({ Principal: FIREHOSE, Condition: { ArnLike: { "aws:SourceArn": arn } } });
    assert.equal(when("arn:aws:firehose:*:*:deliverystream/flows").length, 1);
    assert.equal(when("*").length, 1);
    assert.deepEqual(when(`arn:aws:firehose:*:${ACCOUNT}:*`), []);
  });

  it("accepts an account or an ARN that preview does not know", () => {
    const Condition = { StringEquals: { "aws:SourceAccount": UNKNOWN_ON_THE_WIRE } };
    const statement = { Effect: "Allow", Action: "sts:AssumeRole", Principal: FIREHOSE, Condition };
    assert.deepEqual(
      judge(roleTrustConfusedDeputy, ROLE, { assumeRolePolicy: { Statement: [statement] } }),
      [],
    );
  });

  it("rejects a service that only the configuration names", () => {
    const config = { services: ["lambda"] };
    assert.equal(said({ Principal: { Service: "lambda.amazonaws.com" } }, config).length, 1);
    assert.deepEqual(said({ Principal: FIREHOSE }, config), []);
  });
});
