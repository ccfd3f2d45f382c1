import assert from "node:assert/strict";
import { bucketAclNotPublic as rule } from "../../../policy/rules/exposure/bucket-acl-not-public";
import { own, violations } from "../judging";
import { UNKNOWN_ON_THE_WIRE } from "../stack";

const BUCKET = "aws:s3/bucket:Bucket";
const ACL = "aws:s3/bucketAcl:BucketAcl";
const REMEDY = "remove it and grant access in policies, to those who need it.";
const group = (name: string) => `http://acs.amazonaws.com/groups/global/${name}`;

describe("bucket-acl-not-public", () => {
  const bucket = async (change: object) => violations(rule, BUCKET, { ...(await own(BUCKET)), ...change });

  it("accepts our own bucket, and ACLs that name nobody else", async () => {
    for (const acl of [
      undefined,
      "private",
      "log-delivery-write",
      "bucket-owner-full-control",
      UNKNOWN_ON_THE_WIRE,
    ]) {
      assert.deepEqual(await bucket({ acl }), []);
    }
  });

  for (const acl of ["public-read", "public-read-write", "authenticated-read"]) {
    it(`rejects the ACL ${acl} on a bucket, beside it and on an object`, async () => {
      const violation = [`the ACL of "main" is ${acl}, open to everybody; ${REMEDY}`];
      assert.deepEqual(await bucket({ acl }), violation);
      for (const type of [ACL, "aws:s3/bucketAclV2:BucketAclV2", "aws:s3/bucketObjectv2:BucketObjectv2"]) {
        assert.deepEqual(violations(rule, type, { acl, bucket: UNKNOWN_ON_THE_WIRE }), violation);
      }
    });
  }

  it("rejects a grant to everybody on the bucket", async () => {
    const grants = [
      { type: "CanonicalUser", id: "79a59df900b949e5", permissions: ["FULL_CONTROL"] },
      { type: "Group", uri: group("AllUsers"), permissions: ["READ", "READ_ACP"] },
    ];
    assert.deepEqual(await bucket({ grants }), [
      `a grant of "main" gives READ, READ_ACP to everybody; ${REMEDY}`,
    ]);
  });

  it("rejects a grant to everybody with an account in an access control policy", () => {
    const grantee = (name: string) => ({ grantee: { type: "Group", uri: group(name) }, permission: "WRITE" });
    const accessControlPolicy = (name: string) => ({
      grants: [grantee(name)],
      owner: { id: "79a59df900b949e5" },
    });
    assert.deepEqual(
      violations(rule, ACL, { accessControlPolicy: accessControlPolicy("AuthenticatedUsers") }),
      [`a grant of "main" gives WRITE to everybody with an AWS account; ${REMEDY}`],
    );
    const delivery = {
      grants: [{ grantee: { type: "Group", uri: "http://acs.amazonaws.com/groups/s3/LogDelivery" } }],
    };
    assert.deepEqual(violations(rule, ACL, { accessControlPolicy: delivery }), []);
  });
});
