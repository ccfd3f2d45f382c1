import assert from "node:assert/strict";
import { bucketTlsOnly as rule } from "../../../policy/rules/exposure/bucket-tls-only";
import { stackViolations } from "../judging";
import { BUCKET, document, httpsOnly, lake, lakeInPreview, resource, UNKNOWN_ON_THE_WIRE } from "../stack";

const ARN = "arn:aws:s3:::acme-lake";
const denial = httpsOnly(ARN, `${ARN}/*`);
const remedy =
  'deny s3:* to principal "*" when aws:SecureTransport is "false", on the bucket and on its objects (/*)';
const NONE = `bucket "lake" has no bucket policy, so it answers plain HTTP; add one to ${remedy}.`;
const OPEN = `bucket "lake" has a bucket policy that lets plain HTTP through; ${remedy}.`;

function withPolicy(policy: unknown) {
  const stack = lake();
  stack.policy.props.policy = policy;
  return stackViolations(rule, stack);
}

describe("bucket-tls-only", () => {
  it("accepts a bucket whose policy denies plain HTTP on the bucket and its objects", () => {
    assert.deepEqual(stackViolations(rule, lake()), []);
  });

  const accepted: Record<string, unknown> = {
    "a document given as an object": document(denial),
    "one statement without a list": { Version: "2012-10-17", Statement: denial },
    "a principal written { AWS: * }": document({ ...denial, Principal: { AWS: "*" } }),
    "every action denied": document({ ...denial, Action: ["*"] }),
    "the condition as a boolean": document({
      ...denial,
      Condition: { Bool: { "aws:SecureTransport": false } },
    }),
    "the condition with IfExists and another case": document({
      ...denial,
      Condition: { BoolIfExists: { "aws:securetransport": ["false"] } },
    }),
    "the bucket and its objects in two statements": document(httpsOnly(ARN), httpsOnly(`${ARN}/*`)),
    "one pattern for both": document(httpsOnly(`${ARN}*`)),
    "another partition": document(httpsOnly("arn:aws-cn:s3:::acme-lake", "arn:aws-cn:s3:::acme-lake/*")),
    "resource *": document(httpsOnly("*")),
    "an Allow beside the denial": document(
      { Effect: "Allow", Action: "s3:GetObject", Resource: "*" },
      denial,
    ),
  };
  for (const [what, policy] of Object.entries(accepted)) {
    it(`accepts ${what}`, () => assert.deepEqual(withPolicy(policy), []));
  }

  it("accepts a policy set on the bucket itself", () => {
    const props = { id: "acme-lake", policy: JSON.stringify(document(denial)) };
    assert.deepEqual(stackViolations(rule, { bucket: resource(BUCKET, "lake", props) }), []);
  });

  it("rejects a bucket without a policy", () => {
    const { policy: _, ...stack } = lake();
    assert.deepEqual(stackViolations(rule, stack), [NONE]);
  });

  const narrower = { ...denial.Condition, StringEquals: { "aws:PrincipalAccount": "111122223333" } };
  const open: Record<string, unknown> = {
    "a policy that only allows": document({ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" }),
    "an Allow over plain HTTP": document({ ...denial, Effect: "Allow" }),
    "a denial of one principal": document({
      ...denial,
      Principal: { AWS: "arn:aws:iam::111122223333:root" },
    }),
    "a denial of services": document({ ...denial, Principal: { Service: "*" } }),
    "a denial of reading only": document({ ...denial, Action: "s3:GetObject" }),
    "a denial of TLS": document({ ...denial, Condition: { Bool: { "aws:SecureTransport": "true" } } }),
    "a denial with a second condition": document({ ...denial, Condition: narrower }),
    "a denial without a condition": document({ ...denial, Condition: undefined }),
    "a denial on another bucket": document(httpsOnly("arn:aws:s3:::other", "arn:aws:s3:::other/*")),
  };
  for (const [what, policy] of Object.entries(open)) {
    it(`rejects ${what}`, () => assert.deepEqual(withPolicy(policy), [OPEN]));
  }

  it("rejects a policy without a Deny although the bucket still reports an older one", () => {
    const stack = lake();
    stack.bucket.props.policy = stack.policy.props.policy;
    stack.policy.props.policy = open["a policy that only allows"];
    assert.deepEqual(stackViolations(rule, stack), [OPEN]);
  });

  it("rejects a denial on the bucket alone", () => {
    assert.deepEqual(withPolicy(document(httpsOnly(ARN))), [
      'bucket "lake" refuses plain HTTP on the bucket but not on its objects; add the ARN with /* to the Resource.',
    ]);
  });

  it("rejects a denial on some of the objects as one on the bucket alone", () => {
    assert.match(withPolicy(document(httpsOnly(ARN, `${ARN}/flow-logs/*`)))[0], /but not on its objects/);
  });

  it("rejects a denial on the objects alone", () => {
    assert.deepEqual(withPolicy(document(httpsOnly(`${ARN}/*`))), [
      'bucket "lake" refuses plain HTTP on its objects but not on the bucket; add its own ARN to the Resource.',
    ]);
  });

  it("reports a policy that is not JSON", () => {
    assert.deepEqual(withPolicy("{"), [
      'bucket "lake" cannot be checked for TLS: the policy document is not a JSON object; correct its bucket policy.',
    ]);
  });

  describe("in preview", () => {
    it("waits for the update when the policy is known and the bucket's name is not", () => {
      const stack = lakeInPreview();
      stack.policy.props.policy = JSON.stringify(document(denial));
      assert.deepEqual(stackViolations(rule, stack), []);
    });

    it("waits for the update when the policy names the ARN of a new bucket", () => {
      assert.deepEqual(stackViolations(rule, lakeInPreview()), []);
    });

    it("waits for the update when a part of the policy is unknown", () => {
      assert.deepEqual(withPolicy(document({ ...denial, Resource: [UNKNOWN_ON_THE_WIRE] })), []);
    });

    it("rejects a new bucket without a policy although its own property is unknown", () => {
      assert.deepEqual(stackViolations(rule, { bucket: lakeInPreview().bucket }), [NONE]);
    });

    it("rejects a known policy that lets plain HTTP through on a bucket of known name", () => {
      const stack = lakeInPreview();
      stack.bucket.props.bucket = "acme-lake";
      stack.policy.props.policy = JSON.stringify(document({ ...denial, Effect: "Allow" }));
      assert.deepEqual(stackViolations(rule, stack), [OPEN]);
    });
  });
});
