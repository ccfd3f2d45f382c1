import assert from "node:assert/strict";
import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { encryptionRules } from "../../policy/rules/encryption";
import { exposureRules } from "../../policy/rules/exposure";
import { ownViolations, stackViolations, violations } from "./judging";
import { lake, resource, UNKNOWN_ON_THE_WIRE } from "./stack";

const rules = [...encryptionRules, ...exposureRules];
const TYPES = [
  "aws:s3/bucketPolicy:BucketPolicy",
  "aws:s3/bucketAcl:BucketAcl",
  "aws:s3/accessPoint:AccessPoint",
  "aws:kms/key:Key",
  "aws:glue/resourcePolicy:ResourcePolicy",
  "aws:glue/securityConfiguration:SecurityConfiguration",
  "aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings",
  "aws:kinesis/stream:Stream",
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  "aws:lambda/function:Function",
  "aws:lambda/permission:Permission",
  "aws:lambda/functionUrl:FunctionUrl",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:athena/workgroup:Workgroup",
  "aws:athena/database:Database",
  "aws:sns/topic:Topic",
  "aws:sqs/queue:Queue",
];
const PROPERTIES = [
  "acl accessControlPolicy grants policy publicAccessBlockConfiguration enableKeyRotation customerMasterKeySpec",
  "encryptionConfiguration dataCatalogEncryptionSettings encryptionType kmsKeyId kmsKeyArn kmsMasterKeyId",
  "serverSideEncryption environment principal sourceArn sourceAccount authorizationType configuration",
].flatMap((names) => names.split(" "));

describe("the rules about encryption and exposure", () => {
  it("have names of their own, a severity, tags and a link", () => {
    assert.equal(new Set(rules.map((rule) => rule.name)).size, rules.length);
    for (const rule of rules) {
      assert.match(rule.name, /^[a-z]+(-[a-z]+)+$/);
      assert.ok(rule.severity && rule.tags?.length && rule.url?.startsWith("https://"), rule.name);
      assert.ok(rule.configSchema?.properties.exempt, rule.name);
    }
  });

  for (const rule of rules as (ResourceValidationPolicy & StackValidationPolicy)[]) {
    for (const stack of ["dev", "prod"]) {
      it(`${rule.name} finds nothing in our own component in ${stack}`, async () => {
        assert.deepEqual(await ownViolations(rule, stack), []);
      });
    }

    if (rule.validateResource) {
      it(`${rule.name} is silent about properties that are all unknown`, () => {
        const hidden = Object.fromEntries(PROPERTIES.map((name) => [name, UNKNOWN_ON_THE_WIRE]));
        for (const type of TYPES) assert.deepEqual(violations(rule, type, hidden), [], type);
      });

      it(`${rule.name} survives properties of every wrong kind`, () => {
        for (const wrong of [
          null,
          7,
          true,
          "",
          "text",
          [],
          [null],
          {},
          { Statement: [null, 7] },
          [["deep"]],
        ]) {
          const props = Object.fromEntries(PROPERTIES.map((name) => [name, wrong]));
          for (const type of TYPES) violations(rule, type, props);
        }
      });
    }
  }

  it("judge three thousand buckets, each with its configuration resources, in seconds", () => {
    const about = rules.filter((rule): rule is StackValidationPolicy => "validateStack" in rule);
    const stack = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => numbered(index)).flat());
    const start = Date.now();
    for (const rule of about) assert.deepEqual(stackViolations(rule, stack), []);
    // Walking the stack for every bucket would take minutes.
    assert.ok(Date.now() - start < 20_000, `${Date.now() - start} ms`);
  });

  it("leave a bucket alone that is exempt by its name or a pattern of its URN", () => {
    const stack = { bucket: resource("aws:s3/bucket:Bucket", "site", { id: "acme-site" }) };
    for (const rule of rules.filter((each): each is StackValidationPolicy => "validateStack" in each)) {
      for (const exempt of [["site"], ["urn:*:aws:s3/bucket:Bucket::s*"]]) {
        assert.deepEqual(stackViolations(rule, stack, { exempt }), []);
      }
    }
  });
});

/** The resources of one more lake, with a name of its own. */
const numbered = (index: number) =>
  Object.entries(lake()).map(([key, each]) => {
    const props = JSON.parse(JSON.stringify(each.props).replaceAll("acme-lake", `acme-lake-${index}`));
    return [`${key}${index}`, resource(each.type, `${each.name}-${index}`, props)] as const;
  });
