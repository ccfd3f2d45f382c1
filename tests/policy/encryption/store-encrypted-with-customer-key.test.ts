import assert from "node:assert/strict";
import {
  KEY_PATHS,
  storeEncryptedWithCustomerKey as rule,
} from "../../../policy/rules/encryption/store-encrypted-with-customer-key";
import { judge } from "../access/judge";
import { KEY, UNKNOWN_ON_THE_WIRE } from "../stack";

const TABLE = "aws:dynamodb/table:Table";
const TRAIL = "aws:cloudtrail/trail:Trail";

/** Returns properties with this value at a path. */
const at = (path: string, value: unknown): Record<string, unknown> => {
  const [first, ...rest] = path.split(".");
  return { [first]: rest.length > 0 ? at(rest.join("."), value) : value };
};

describe("store-encrypted-with-customer-key", () => {
  it("rejects a table with a key of DynamoDB's or of AWS's, and accepts one of the account", () => {
    assert.deepEqual(judge(rule, TABLE, {}), [
      'table "main" is encrypted with a key that the service owns; set serverSideEncryption.kmsKeyArn to a customer-managed key.',
    ]);
    assert.match(
      judge(rule, TABLE, { serverSideEncryption: { enabled: true } })[0],
      /a key that AWS manages in/,
    );
    for (const kmsKeyArn of [KEY, UNKNOWN_ON_THE_WIRE])
      assert.deepEqual(judge(rule, TABLE, { serverSideEncryption: { enabled: true, kmsKeyArn } }), []);
    assert.deepEqual(judge(rule, TABLE, { serverSideEncryption: UNKNOWN_ON_THE_WIRE }), []);
  });

  it("rejects a trail without a key, and accepts one with a key of the account", () => {
    assert.equal(judge(rule, TRAIL, { s3BucketName: "trails" }).length, 1);
    assert.deepEqual(judge(rule, TRAIL, { kmsKeyId: KEY }), []);
    assert.deepEqual(judge(rule, TRAIL, { kmsKeyId: UNKNOWN_ON_THE_WIRE }), []);
  });

  it("accepts the weaker key that the configuration accepts", () => {
    assert.deepEqual(judge(rule, TABLE, {}, { accept: "service-key" }), []);
    const secret = "aws:secretsmanager/secret:Secret";
    assert.equal(judge(rule, secret, {}).length, 1);
    assert.deepEqual(judge(rule, secret, {}, { accept: "aws-key" }), []);
  });

  it("accepts a copy of a database, which is encrypted like its source", () => {
    const database = "aws:rds/instance:Instance";
    for (const copied of ["snapshotIdentifier", "replicateSourceDb", "restoreToPointInTime"])
      assert.deepEqual(judge(rule, database, { [copied]: "rds:s" }), []);
    assert.deepEqual(judge(rule, database, { storageEncrypted: true, snapshotIdentifier: "rds:s" }), []);
    assert.equal(judge(rule, database, { storageEncrypted: true }).length, 1);
    assert.deepEqual(judge(rule, database, { storageEncrypted: true, kmsKeyId: KEY }), []);
  });

  it("rejects an unencrypted store without a key, and leaves a key without encryption to store-encrypted", () => {
    for (const type of ["rds/instance:Instance", "efs/fileSystem:FileSystem", "opensearch/domain:Domain"]) {
      const [found, ...more] = judge(rule, `aws:${type}`, {});
      assert.match(found, /" is not encrypted; encrypt it, and set .* to a customer-managed key\.$/);
      assert.deepEqual(more, []);
    }
    assert.deepEqual(judge(rule, "aws:rds/instance:Instance", { kmsKeyId: KEY }), []);
    assert.deepEqual(judge(rule, "aws:rds/instance:Instance", { storageEncrypted: UNKNOWN_ON_THE_WIRE }), []);
  });

  it("rejects a volume with AWS's key, and accepts one from a snapshot", () => {
    const volume = "aws:ebs/volume:Volume";
    assert.match(
      judge(rule, volume, { encrypted: true })[0],
      /^volume "main" is encrypted with a key that AWS/,
    );
    assert.deepEqual(judge(rule, volume, { encrypted: true, snapshotId: "snap-1" }), []);
    assert.deepEqual(judge(rule, volume, { encrypted: true, kmsKeyId: KEY }), []);
  });

  it("rejects an image repository without a key of the account", () => {
    const repository = "aws:ecr/repository:Repository";
    const configured = (encryptionType: string, kmsKey?: string) =>
      judge(rule, repository, { encryptionConfigurations: [{ encryptionType, kmsKey }] });
    assert.match(judge(rule, repository, {})[0], /a key that the service owns/);
    assert.match(configured("AES256")[0], /a key that the service owns/);
    assert.match(configured("KMS")[0], /a key that AWS manages/);
    for (const type of ["KMS", "KMS_DSSE"]) assert.deepEqual(configured(type, KEY), []);
    assert.match(configured("AES256", KEY)[0], /a key that the service owns/);
    assert.deepEqual(judge(rule, repository, { encryptionConfigurations: UNKNOWN_ON_THE_WIRE }), []);
  });

  it("rejects an alias of AWS's own key by its name", () =>
    assert.match(judge(rule, TRAIL, { kmsKeyId: "alias/aws/cloudtrail" })[0], /a key that AWS manages/));

  const unused: [type: string, props: Record<string, unknown>][] = [
    [TABLE, { serverSideEncryption: { enabled: false, kmsKeyArn: KEY } }],
    [
      "aws:s3tables/tableBucket:TableBucket",
      { encryptionConfiguration: { sseAlgorithm: "AES256", kmsKeyArn: KEY } },
    ],
    ["aws:dsql/cluster:Cluster", { kmsEncryptionKey: "AWS_OWNED_KMS_KEY" }],
  ];
  it("accepts a table bucket with a key of the account", () =>
    assert.deepEqual(
      judge(rule, "aws:s3tables/tableBucket:TableBucket", {
        encryptionConfiguration: { sseAlgorithm: "aws:kms", kmsKeyArn: KEY },
      }),
      [],
    ));

  for (const [type, props] of unused)
    it(`rejects a key that has no effect: ${type}`, () =>
      assert.match(judge(rule, type, props)[0], /a key that the service owns/));

  // A scratch file system takes no key, and a parameter that is no SecureString needs none.
  const on: Record<string, Record<string, unknown>> = {
    "aws:fsx/lustreFileSystem:LustreFileSystem": { deploymentType: "PERSISTENT_2" },
    "aws:ssm/parameter:Parameter": { type: "SecureString" },
    "aws:workspaces/workspace:Workspace": { userVolumeEncryptionEnabled: true },
  };
  // Their algorithm decides if they use a key at all. The cases above test that.
  const byAlgorithm = /^aws:(ecr|s3tables)\//;
  for (const [type, path] of KEY_PATHS.filter(([type]) => !byAlgorithm.test(type)))
    it(`rejects ${type} without a key of the account, and accepts one in ${path}`, () => {
      const having = (key: unknown) => ({ ...on[type], ...at(path, key) });
      assert.equal(judge(rule, type, on[type] ?? {}).length, 1);
      assert.deepEqual(judge(rule, type, having(KEY)), []);
      assert.deepEqual(judge(rule, type, having(UNKNOWN_ON_THE_WIRE)), []);
    });

  it("says nothing of what takes no key", () => {
    for (const type of Object.keys(on)) assert.deepEqual(judge(rule, type, {}), []);
    assert.deepEqual(judge(rule, "aws:ssm/parameter:Parameter", { type: "String" }), []);
  });

  it("knows that ElastiCache encrypts Valkey and a serverless cluster by default", () => {
    const cache = "aws:elasticache/replicationGroup:ReplicationGroup";
    assert.match(judge(rule, cache, { engine: "valkey" })[0], /a key that the service owns/);
    assert.match(judge(rule, cache, { engine: "redis" })[0], /is not encrypted/);
    const cluster = "aws:rds/cluster:Cluster";
    assert.match(judge(rule, cluster, { engineMode: "serverless" })[0], /a key that AWS manages/);
  });
});
