import type { ResourceValidationPolicy } from "@pulumi/policy";
import { EXEMPT_SCHEMA, isExempt } from "../../options";
import { fsbp, securityHub } from "../../reading/frameworks";
import { type Fields, fields, list, properties } from "../../reading/properties";
import { quote } from "../../reading/quoting";

const TYPES = [
  "aws:s3/bucket:Bucket",
  "aws:s3/bucketV2:BucketV2",
  "aws:s3/bucketAcl:BucketAcl",
  "aws:s3/bucketAclV2:BucketAclV2",
  "aws:s3/bucketObject:BucketObject",
  "aws:s3/bucketObjectv2:BucketObjectv2",
  "aws:s3/objectCopy:ObjectCopy",
];

/** The two groups that are everybody: who has no account, and who has any. */
const EVERYBODY = /\/groups\/global\/(AllUsers|AuthenticatedUsers)\/?$/i;

const PUBLIC = ["public-read", "public-read-write", "authenticated-read"];

export const bucketAclNotPublic: ResourceValidationPolicy = {
  name: "bucket-acl-not-public",
  displayName: "No public ACL",
  description:
    "No ACL of a bucket or an object gives anything to everybody, or to everybody with an AWS account.",
  enforcementLevel: "mandatory",
  severity: "critical",
  framework: fsbp("S3.2", "S3 general purpose buckets should block public read access"),
  tags: ["exposure", "s3", "fsbp/S3.3", "fsbp/S3.12"],
  remediationSteps:
    "Remove the ACL, set objectOwnership to BucketOwnerEnforced and grant access in policies.",
  url: securityHub("s3"),
  configSchema: { properties: EXEMPT_SCHEMA },
  validateResource: (args, reportViolation) => {
    if (!TYPES.includes(args.type) || isExempt(args)) return;
    const props = properties(args);
    const remedy = "remove it and grant access in policies, to those who need it.";
    if (PUBLIC.includes(String(props.acl).toLowerCase())) {
      reportViolation(`the ACL of ${quote(args.name)} is ${props.acl}, open to everybody; ${remedy}`);
    }
    for (const { who, what } of grantsOf(props).filter(({ who }) => EVERYBODY.test(who))) {
      const group = /AllUsers/i.test(who) ? "everybody" : "everybody with an AWS account";
      reportViolation(`a grant of ${quote(args.name)} gives ${what} to ${group}; ${remedy}`);
    }
  },
};

/** Buckets and objects have `grants`, an ACL has them in its `accessControlPolicy`. */
function grantsOf(props: Fields): { who: string; what: string }[] {
  const grants = [props.grants, fields(props.accessControlPolicy).grants].flatMap(list).map(fields);
  return grants.map((grant) => ({
    who: String(grant.uri ?? fields(grant.grantee).uri),
    what: [grant.permission, grant.permissions].flatMap(list).map(String).join(", "),
  }));
}
