import assert from "node:assert/strict";
import { publicAccessBlockComplete as rule } from "../../../policy/rules/exposure/public-access-block-complete";
import { own, violations } from "../judging";
import { UNKNOWN_ON_THE_WIRE } from "../stack";

const ACCOUNT = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock";
const POINT = "aws:s3/accessPoint:AccessPoint";

describe("public-access-block-complete", () => {
  const complete = async () => {
    const { bucket: _, ...flags } = await own("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
    return flags;
  };

  it("accepts an account's block like our own bucket's", async () =>
    assert.deepEqual(violations(rule, ACCOUNT, await complete()), []));

  it("rejects an account's block that leaves a flag out or turns it off", async () => {
    const { ignorePublicAcls: _, ...flags } = await complete();
    assert.deepEqual(violations(rule, ACCOUNT, { ...flags, blockPublicPolicy: false }), [
      'account public access block "main" leaves ways open; set blockPublicPolicy, ignorePublicAcls to true.',
    ]);
  });

  it("rejects an access point only if a flag is off, since a missing flag is on", async () => {
    assert.deepEqual(violations(rule, POINT, { bucket: "acme-lake" }), []);
    const publicAccessBlockConfiguration = { blockPublicPolicy: false, blockPublicAcls: UNKNOWN_ON_THE_WIRE };
    assert.deepEqual(violations(rule, POINT, { publicAccessBlockConfiguration }), [
      'access point "main" leaves ways open; set blockPublicPolicy to true.',
    ]);
  });
});
