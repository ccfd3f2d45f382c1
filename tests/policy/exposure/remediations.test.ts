import assert from "node:assert/strict";
import { fixBucketKey } from "../../../policy/rules/encryption/fix-bucket-key";
import { fixBucketPolicyTls } from "../../../policy/rules/exposure/fix-bucket-policy-tls";
import { fixPublicAccessBlock } from "../../../policy/rules/exposure/fix-public-access-block";
import { own, remediated } from "../judging";
import { BLOCK, document, ENCRYPTION, httpsOnly, POLICY, UNKNOWN_ON_THE_WIRE } from "../stack";

describe("the remediations", () => {
  it("are off until the configuration turns them on", () => {
    for (const rule of [fixPublicAccessBlock, fixBucketKey, fixBucketPolicyTls]) {
      assert.equal(rule.enforcementLevel, "disabled");
      assert.equal(rule.validateResource, undefined);
    }
  });

  it("leave our own bucket as it is", async () => {
    assert.equal(remediated(fixPublicAccessBlock, BLOCK, await own(BLOCK)), undefined);
    assert.equal(remediated(fixBucketKey, ENCRYPTION, await own(ENCRYPTION)), undefined);
    assert.equal(remediated(fixBucketPolicyTls, POLICY, await own(POLICY)), undefined);
  });
});

describe("fix-public-access-block", () => {
  it("sets the flags that are off, left out or unknown, and keeps an unknown bucket", () => {
    const props = {
      bucket: UNKNOWN_ON_THE_WIRE,
      blockPublicAcls: false,
      ignorePublicAcls: UNKNOWN_ON_THE_WIRE,
    };
    assert.deepEqual(remediated(fixPublicAccessBlock, BLOCK, props), {
      bucket: UNKNOWN_ON_THE_WIRE,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  });

  it("leaves other resources alone", () =>
    assert.equal(remediated(fixPublicAccessBlock, POLICY, {}), undefined));
});

describe("fix-bucket-key", () => {
  it("sets the bucket key where there is a KMS key, known or not", async () => {
    const kms = {
      applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: UNKNOWN_ON_THE_WIRE },
    };
    const aes = { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
    assert.deepEqual(
      remediated(fixBucketKey, ENCRYPTION, { bucket: "acme-lake", rules: [aes, { ...kms }] }),
      {
        bucket: "acme-lake",
        rules: [aes, { ...kms, bucketKeyEnabled: true }],
      },
    );
  });
});

describe("fix-bucket-policy-tls", () => {
  const read = {
    Sid: "Read",
    Effect: "Allow",
    Principal: { AWS: "111122223333" },
    Action: "s3:GetObject",
    Resource: "*",
  };
  const arn = "arn:aws:s3:::acme-lake";

  it("adds the statement to the policy's statements", () => {
    const props = { bucket: "acme-lake", policy: JSON.stringify(document(read)) };
    const mended = remediated(fixBucketPolicyTls, POLICY, props) as typeof props;
    assert.deepEqual(
      JSON.parse(mended.policy),
      document(read, { ...httpsOnly(arn, `${arn}/*`), Sid: "TlsOnly" }),
    );
  });

  it("writes ARNs of the bucket's partition", () => {
    const props = { bucket: "acme-lake", region: "cn-north-1", policy: JSON.stringify(document(read)) };
    assert.match(
      (remediated(fixBucketPolicyTls, POLICY, props) as typeof props).policy,
      /arn:aws-cn:s3:::acme-lake/,
    );
  });

  it("leaves a policy unchanged if it cannot read it, or if the bucket's name is unknown", () => {
    const policy = JSON.stringify(document(read));
    for (const props of [
      { bucket: "acme-lake", policy: "{" },
      { bucket: "acme-lake", policy: UNKNOWN_ON_THE_WIRE },
      { bucket: UNKNOWN_ON_THE_WIRE, policy },
    ]) {
      assert.equal(remediated(fixBucketPolicyTls, POLICY, props), undefined);
    }
  });
});
