import assert from "node:assert/strict";
import { roleNoWildcardResource } from "../../../policy/rules/access/role-no-wildcard-resource";
import { violations } from "../judging";
import { document, UNKNOWN_ON_THE_WIRE } from "../stack";
import { judge, own, ROLE_POLICY, read } from "./judge";

const allowed = {
  Effect: "Allow",
  Action: ["firehose:PutRecordBatch"],
  Resource: "arn:aws:firehose:eu-west-1:111122223333:deliverystream/flow-logs",
};
const { Resource: _resource, ...noResource } = allowed;

const resourceFaults = (policy: unknown) => violations(roleNoWildcardResource, ROLE_POLICY, { policy });
const RESOURCE_FAULT =
  'statement 1 allows resource "*" for firehose:PutRecordBatch; name the ARNs that are needed.';

describe("role-no-wildcard-resource", () => {
  it("accepts a statement that names its action and resource", () => {
    assert.deepEqual(resourceFaults(JSON.stringify(document(allowed))), []);
  });

  it("accepts a wildcard below a named resource", () => {
    assert.deepEqual(resourceFaults(document({ ...allowed, Resource: "arn:aws:s3:::acme-lake/*" })), []);
  });

  for (const resource of ["*", ["*"], ["arn:aws:s3:::acme-lake", "*"]]) {
    it(`rejects resource ${JSON.stringify(resource)}`, () => {
      assert.deepEqual(resourceFaults(document({ ...allowed, Resource: resource })), [RESOURCE_FAULT]);
    });
  }

  it("accepts all actions of a service without resource types, and of no other service", () => {
    const whole = (Action: string) => resourceFaults(document({ Effect: "Allow", Action, Resource: "*" }));
    for (const service of ["comprehendmedical", "freetier", "ec2messages"])
      assert.deepEqual(whole(`${service}:*`), [], service);
    for (const service of ["transcribe", "s3", "sts", "nosuchservice", "*"])
      assert.equal(whole(`${service}:*`).length, 1, service);
  });

  it("accepts setting notifications on any bucket, as the CDK's function does, and no other configuration of buckets", () => {
    const on = (Action: string) => resourceFaults(document({ Effect: "Allow", Action, Resource: "*" }));
    assert.deepEqual(on("s3:PutBucketNotification"), []);
    for (const action of ["s3:PutBucketLogging", "s3:PutBucketVersioning"])
      assert.equal(on(action).length, 1, action);
  });

  it("accepts all of Textract, whose documents have no ARN, unless the configuration rejects it", () => {
    const statement = { Effect: "Allow", Action: "textract:*", Resource: "*" };
    assert.deepEqual(resourceFaults(document(statement)), []);
    const config = { anyResource: ["ce:*"] };
    const policy = JSON.stringify(document(statement));
    assert.equal(violations(roleNoWildcardResource, ROLE_POLICY, { policy }, config).length, 1);
  });

  it("rejects NotResource", () => {
    assert.deepEqual(resourceFaults(document({ ...noResource, NotResource: "arn:aws:s3:::payroll" })), [
      "statement 1 allows all but NotResource [arn:aws:s3:::payroll]; list the ARNs under Resource instead.",
    ]);
  });

  const open = [
    "arn:aws:s3:::*",
    "arn:*",
    "arn:aws:logs:*:*:*",
    "arn:aws:sqs:eu-west-1:111122223333:*",
    "**",
    "?*",
  ];
  for (const resource of open) {
    it(`rejects resource ${resource}, which matches everything, too`, () => {
      assert.equal(resourceFaults(document({ ...allowed, Resource: resource })).length, 1);
    });
  }

  const alone = [
    "ec2:DescribeVpcs",
    "ec2:Describe*",
    "s3:ListAllMyBuckets",
    "cloudwatch:PutMetricData",
    "ecr:GetAuthorizationToken",
    "xray:PutTraceSegments",
  ];
  for (const action of alone) {
    it(`accepts ${action} on every resource, since AWS cannot limit it`, () => {
      assert.deepEqual(resourceFaults(document({ ...allowed, Action: action, Resource: "*" })), []);
    });
  }

  it("rejects every resource for the one action among several that AWS can limit", () => {
    const policy = document({ ...allowed, Action: ["ec2:DescribeVpcs", "S3:getobject"], Resource: "*" });
    assert.deepEqual(resourceFaults(policy), [
      'statement 1 allows resource "*" for S3:getobject; name the ARNs that are needed.',
    ]);
  });

  it("waits for the update when the condition is unknown", () => {
    const policy = document({ ...allowed, Resource: "*", Condition: UNKNOWN_ON_THE_WIRE });
    assert.deepEqual(resourceFaults(policy), []);
  });

  it("accepts the component's own policies until one resource becomes a wildcard", async () => {
    const props = await own("flows-stream-policy", "prod");
    assert.deepEqual(violations(roleNoWildcardResource, ROLE_POLICY, props), []);
    const policy = read(props.policy);
    policy.Statement[1].Resource = "*";
    assert.equal(resourceFaults(JSON.stringify(policy)).length, 1);
  });

  it("accepts a Deny on every resource", () => {
    assert.deepEqual(resourceFaults(document({ ...allowed, Effect: "Deny", Resource: "*" })), []);
  });

  it("accepts an action on every resource if the configuration allows it", () => {
    const policy = document({ ...allowed, Resource: "*" });
    const config = { anyResource: ["firehose:Put*"] };
    assert.deepEqual(judge(roleNoWildcardResource, ROLE_POLICY, { policy }, config), []);
  });
});
