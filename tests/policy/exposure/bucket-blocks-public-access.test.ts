import assert from "node:assert/strict";
import { bucketBlocksPublicAccess as rule } from "../../../policy/rules/exposure/bucket-blocks-public-access";
import { bucketHasPublicAccessBlock } from "../../../policy/rules/exposure/bucket-has-public-access-block";
import { stackViolations } from "../judging";
import { lake, lakeInPreview, resource, UNKNOWN_ON_THE_WIRE } from "../stack";

const FLAGS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

const NONE =
  'bucket "lake" has no BucketPublicAccessBlock; add one and set ' +
  "blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets to true.";

describe("bucket-blocks-public-access", () => {
  it("accepts a bucket with all four flags", () => {
    assert.deepEqual(stackViolations(rule, lake()), []);
  });

  it("says nothing of a bucket without a block, which S3 blocks by itself", () => {
    const { block: _, ...stack } = lake();
    assert.deepEqual(stackViolations(rule, stack), []);
  });

  it('accepts flags given as text, and rejects one that is "false"', () => {
    const stack = lake();
    for (const flag of FLAGS) stack.block.props[flag] = "true";
    assert.deepEqual(stackViolations(rule, stack), []);
    stack.block.props.blockPublicAcls = "false";
    assert.equal(stackViolations(rule, stack).length, 1);
  });

  for (const flag of FLAGS) {
    for (const value of [false, undefined]) {
      it(`rejects a block with ${flag} ${value === false ? "set to false" : "left out"}`, () => {
        const stack = lake();
        stack.block.props[flag] = value;
        assert.deepEqual(stackViolations(rule, stack), [
          `bucket "lake" has a BucketPublicAccessBlock that leaves ways open; set ${flag} to true.`,
        ]);
      });
    }
  }

  it("accepts flags that the account's block in the same stack sets, and names only those that neither sets", () => {
    const stack = lake();
    stack.block.props = { bucket: "acme-lake", blockPublicAcls: true, ignorePublicAcls: true };
    const type = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock";
    const account = (props: object) => ({ ...stack, account: resource(type, "account", { ...props }) });
    const all = Object.fromEntries(FLAGS.map((flag) => [flag, true]));
    assert.deepEqual(stackViolations(rule, account(all)), []);
    assert.deepEqual(stackViolations(rule, account({ ...all, blockPublicPolicy: UNKNOWN_ON_THE_WIRE })), []);
    assert.deepEqual(stackViolations(rule, account({ ...all, blockPublicPolicy: false })), [
      'bucket "lake" has a BucketPublicAccessBlock that leaves ways open; set blockPublicPolicy to true.',
    ]);
    const { block: _, ...without } = account(all);
    assert.deepEqual(stackViolations(bucketHasPublicAccessBlock, without), []);
    const { block: __, ...open } = account({ ...all, restrictPublicBuckets: false });
    assert.deepEqual(stackViolations(bucketHasPublicAccessBlock, open), [NONE]);
  });

  it("names every flag that is missing at once", () => {
    const stack = lake();
    stack.block.props = { bucket: "acme-lake", blockPublicAcls: true, ignorePublicAcls: true };
    assert.deepEqual(stackViolations(rule, stack), [
      'bucket "lake" has a BucketPublicAccessBlock that leaves ways open; ' +
        "set blockPublicPolicy, restrictPublicBuckets to true.",
    ]);
  });

  describe("in preview", () => {
    it("accepts a block that names the bucket by an unknown id", () => {
      assert.deepEqual(stackViolations(rule, lakeInPreview()), []);
    });

    it("waits for the update when a flag is unknown", () => {
      const stack = lakeInPreview();
      stack.block.props.blockPublicPolicy = UNKNOWN_ON_THE_WIRE;
      assert.deepEqual(stackViolations(rule, stack), []);
    });
  });
});

describe("bucket-has-public-access-block", () => {
  it("accepts a bucket with a block, whatever its flags say", () => {
    const stack = lake();
    stack.block.props.blockPublicAcls = false;
    assert.deepEqual(stackViolations(bucketHasPublicAccessBlock, stack), []);
    assert.deepEqual(stackViolations(bucketHasPublicAccessBlock, lakeInPreview()), []);
  });

  it("rejects a bucket without a block, also in preview", () => {
    const { block: _, ...stack } = lake();
    assert.deepEqual(stackViolations(bucketHasPublicAccessBlock, stack), [NONE]);
    assert.deepEqual(stackViolations(bucketHasPublicAccessBlock, { bucket: lakeInPreview().bucket }), [NONE]);
  });

  it("rejects a bucket whose block is on another bucket", () => {
    const stack = lake();
    stack.block.props.bucket = "acme-other";
    assert.deepEqual(stackViolations(bucketHasPublicAccessBlock, stack), [NONE]);
  });
});
