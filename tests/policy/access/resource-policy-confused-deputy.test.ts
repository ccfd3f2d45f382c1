import assert from "node:assert/strict";
import { resourcePolicyConfusedDeputy } from "../../../policy/rules/access/resource-policy-confused-deputy";
import { resourcePolicyNoWildcardAction } from "../../../policy/rules/access/resource-policy-no-wildcard-action";
import { userNoDirectPolicy } from "../../../policy/rules/access/user-no-direct-policy";
import { userNoLongLivedKey } from "../../../policy/rules/access/user-no-long-lived-key";
import { document, POLICY, UNKNOWN_ON_THE_WIRE } from "../stack";
import { ACCOUNT, judge, own, read } from "./judge";

const KEY = "aws:kms/key:Key";
const QUEUE = "aws:sqs/queuePolicy:QueuePolicy";
const allowed = {
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/etl` },
  Action: "sqs:SendMessage",
  Resource: `arn:aws:sqs:eu-west-1:${ACCOUNT}:flows`,
};

describe("resource-policy-no-wildcard-action", () => {
  const rule = resourcePolicyNoWildcardAction;

  it("accepts the component's own key, which delegates to its account, until a role gets all actions as well", async () => {
    const props = await own("flows-key");
    assert.deepEqual(judge(rule, KEY, props), []);
    const policy = read(props.policy);
    policy.Statement[0].Principal.AWS = [
      policy.Statement[0].Principal.AWS,
      `arn:aws:iam::${ACCOUNT}:role/etl`,
    ];
    assert.deepEqual(judge(rule, KEY, { ...props, policy }), [
      'statement "AccountDecidesThroughIam" allows action "kms:*"; name the actions that are needed.',
    ]);
  });

  it("rejects all actions on a queue and all but one", () => {
    assert.equal(judge(rule, QUEUE, { policy: document({ ...allowed, Action: "SQS:*" }) }).length, 1);
    const { Action: _, ...rest } = allowed;
    assert.equal(
      judge(rule, QUEUE, { policy: document({ ...rest, NotAction: "sqs:DeleteQueue" }) }).length,
      1,
    );
  });

  it("accepts a bucket's Deny of all actions", async () => {
    assert.deepEqual(judge(rule, POLICY, await own("flows-lake-policy")), []);
  });
});

describe("resource-policy-confused-deputy", () => {
  const rule = resourcePolicyConfusedDeputy;
  const service = { ...allowed, Principal: { Service: "sns.amazonaws.com" } };
  const said = (statement: object, config = {}) =>
    judge(rule, QUEUE, { policy: document(statement) }, config);

  it("accepts the component's own key until the service is not limited to its log groups", async () => {
    const props = await own("flows-key");
    assert.deepEqual(judge(rule, KEY, props), []);
    const policy = read(props.policy);
    delete policy.Statement[1].Condition;
    assert.match(judge(rule, KEY, { ...props, policy })[0], /lets "logs\..+" in for any account/);
  });

  for (const [key, value] of [
    ["aws:PrincipalOrgID", "o-abc1234567"],
    ["aws:PrincipalOrgPaths", "o-abc1234567/r-ab12/*"],
    ["aws:SourceOrgID", "o-abc1234567"],
    ["aws:SourceOrgPaths", "o-abc1234567/r-ab12/*"],
    ["aws:PrincipalAccount", ACCOUNT],
  ])
    it(`accepts a service that is limited by ${key}, and rejects it for any value`, () => {
      const condition = (values: string) => ({ "ForAnyValue:StringLike": { [key]: values } });
      assert.deepEqual(said({ ...service, Condition: condition(value) }), []);
      assert.equal(said({ ...service, Condition: condition("*") }).length, 1);
    });

  it("rejects anybody's topic as a sender to the queue", () => {
    assert.deepEqual(said(service), [
      'statement 1 lets "sns.amazonaws.com" in for any account; add a condition on aws:SourceAccount or aws:SourceArn.',
    ]);
  });

  it("accepts one topic, known or yet to be made", () => {
    for (const arn of [`arn:aws:sns:eu-west-1:${ACCOUNT}:flows`, UNKNOWN_ON_THE_WIRE]) {
      assert.deepEqual(said({ ...service, Condition: { ArnLike: { "aws:SourceArn": arn } } }), []);
    }
    assert.deepEqual(said({ ...service, Condition: UNKNOWN_ON_THE_WIRE }), []);
  });

  it("accepts one bucket, since its name is unique, and rejects any bucket", () => {
    const when = (arn: string) => said({ ...service, Condition: { ArnEquals: { "AWS:SourceArn": arn } } });
    assert.deepEqual(when("arn:aws:s3:::acme-lake"), []);
    assert.equal(when("arn:aws:s3:::*").length, 1);
  });

  it("accepts services that send no source, and those of the configuration", () => {
    const elb = { ...service, Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" } };
    assert.deepEqual(said(elb), []);
    assert.deepEqual(said(service, { except: ["sns"] }), []);
  });
});

describe("user-no-direct-policy", () => {
  for (const [type, props] of [
    ["aws:iam/userPolicy:UserPolicy", { user: "ann", policy: "{}" }],
    ["aws:iam/userPolicyAttachment:UserPolicyAttachment", { user: "ann", policyArn: UNKNOWN_ON_THE_WIRE }],
    ["aws:iam/policyAttachment:PolicyAttachment", { users: ["ann"] }],
  ] as const) {
    it(`rejects ${type} for a user`, () => assert.equal(judge(userNoDirectPolicy, type, props).length, 1));
  }

  it("accepts policies of groups and roles, and a list that takes all policies from a user", () => {
    assert.deepEqual(judge(userNoDirectPolicy, "aws:iam/groupPolicy:GroupPolicy", { group: "ops" }), []);
    assert.deepEqual(
      judge(userNoDirectPolicy, "aws:iam/policyAttachment:PolicyAttachment", { roles: ["etl"] }),
      [],
    );
    const type = "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive";
    assert.deepEqual(judge(userNoDirectPolicy, type, { userName: "ann", policyArns: [] }), []);
  });
});

describe("user-no-long-lived-key", () => {
  const TYPE = "aws:iam/accessKey:AccessKey";

  it("rejects an access key, and accepts an inactive one", () => {
    assert.equal(judge(userNoLongLivedKey, TYPE, { user: "ann" }).length, 1);
    assert.deepEqual(judge(userNoLongLivedKey, TYPE, { user: "ann", status: "Inactive" }), []);
  });
});
