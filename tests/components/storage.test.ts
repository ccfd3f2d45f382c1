import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import type { FlowLogAnalyticsArgs } from "../../components/arguments";
import type { Problem } from "../../components/settings/problems";
import { isKeyAtRisk, type Storage, storageOf } from "../../components/settings/storage";
import type { Untyped } from "./settings";

const OLD_KEY = "arn:aws:kms:us-east-1:111122223333:key/mrk-0123456789abcdef0123456789abcdef";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const check = (given: Untyped): { storage: Storage; problems: Problem[] } => {
  const problems: Problem[] = [];
  return { storage: storageOf(given as Partial<FlowLogAnalyticsArgs>, problems), problems };
};

/** Returns the settings of valid arguments. */
const storage = (given: Untyped): Storage => {
  const { storage, problems } = check(given);
  assert.deepEqual(problems, []);
  return storage;
};

const DEFAULTS = {
  existingBucket: undefined,
  existingKey: undefined,
  previousKeys: [],
  retention: {
    dataTransitionInDays: 90,
    dataExpirationInDays: undefined,
    resultsExpirationInDays: 30,
    errorsExpirationInDays: 90,
    failedEventsExpirationInDays: 90,
    findingsExpirationInDays: 365,
  },
  versioning: false,
  objectLock: undefined,
  forceDestroy: false,
};

const BUCKET_RULE =
  "must be the name of a general purpose bucket, 3 to 63 of a-z, 0-9, - and . as S3 allows them; got";
const KEY_RULE =
  "must be the ARN of a KMS key (arn:aws:kms:<region>:<account>:key/<id>), because policies do not go by its id or an alias; got";
const FLAG = "must be true or false; got";
const DAYS = "must be 1 to 36500 days; got";
const TRANSITION = "must be 30 to 36500 days, or 0 for never; got";
const MODE = "must be GOVERNANCE or COMPLIANCE; got";
const RETENTION =
  "must be an object with dataTransitionInDays, dataExpirationInDays, resultsExpirationInDays, errorsExpirationInDays, failedEventsExpirationInDays, findingsExpirationInDays; got";
const LOCK = { mode: "GOVERNANCE", days: 365 };
const owners = (what: string) =>
  `cannot go with existingBucket, whose ${what} is up to its owner; leave out one of the two`;

type Mistake = [what: string, given: Untyped, path: string, reason: string];

// biome-ignore format: a table, one mistake a line
const MISTAKES: Mistake[] = [
  ["a bucket's ARN", { existingBucket: "arn:aws:s3:::acme-logs" }, "existingBucket", `${BUCKET_RULE} "arn:aws:s3:::acme-logs"`],
  ["a bucket's address", { existingBucket: "s3://acme-logs/" }, "existingBucket", `${BUCKET_RULE} "s3://acme-logs/"`],
  ["a bucket's name in capitals", { existingBucket: "Acme-logs" }, "existingBucket", `${BUCKET_RULE} "Acme-logs"`],
  ["a bucket's name that ends in a hyphen", { existingBucket: "acme-" }, "existingBucket", `${BUCKET_RULE} "acme-"`],
  ["a bucket's name with two dots together", { existingBucket: "acme..logs" }, "existingBucket", `${BUCKET_RULE} "acme..logs"`],
  ["a bucket's name that looks like an address", { existingBucket: "192.168.5.4" }, "existingBucket", `${BUCKET_RULE} "192.168.5.4"`],
  ["an access point's alias", { existingBucket: "acme-abc123-s3alias" }, "existingBucket", `${BUCKET_RULE} "acme-abc123-s3alias"`],
  ["a directory bucket", { existingBucket: "acme--use1-az4--x-s3" }, "existingBucket", `${BUCKET_RULE} "acme--use1-az4--x-s3"`],
  ["an empty bucket's name", { existingBucket: "" }, "existingBucket", `${BUCKET_RULE} ""`],
  ["a bucket that is null, as an empty key in YAML is", { existingBucket: null }, "existingBucket", `${BUCKET_RULE} null`],
  ["a key's id", { existingKey: "1234abcd-12ab-34cd-56ef-1234567890ab" }, "existingKey", `${KEY_RULE} "1234abcd-12ab-34cd-56ef-1234567890ab"`],
  ["a key's alias", { existingKey: "alias/acme" }, "existingKey", `${KEY_RULE} "alias/acme"`],
  ["an alias's ARN", { existingKey: KEY.replace(/key.*/, "alias/acme") }, "existingKey", `${KEY_RULE} "arn:aws:kms:us-east-1:111122223333:alias/acme"`],
  ["one previous key without a list", { previousKeys: KEY }, "previousKeys", `must be a list of ARNs of KMS keys; got "${KEY}"`],
  ["a previous key's alias", { previousKeys: [KEY, "alias/acme"] }, "previousKeys[1]", `${KEY_RULE} "alias/acme"`],
  ["no previous key in a list", { previousKeys: [undefined] }, "previousKeys[0]", `${KEY_RULE} undefined`],
  ["another service's ARN", { existingKey: KEY.replace("kms", "iam") }, "existingKey", `${KEY_RULE} "${KEY.replace("kms", "iam")}"`],
  ["retention that is a number", { retention: 90 }, "retention", `${RETENTION} 90`],
  ["retention that is null", { retention: null }, "retention", `${RETENTION} null`],
  ["a misspelt retention", { retention: { dataExpiration: 400 } }, "retention.dataExpiration", 'unknown argument; did you mean "dataExpirationInDays"?'],
  ["a transition before 30 days", { retention: { dataTransitionInDays: 29 } }, "retention.dataTransitionInDays", `${TRANSITION} 29`],
  ["a transition in the past", { retention: { dataTransitionInDays: -1 } }, "retention.dataTransitionInDays", `${TRANSITION} -1`],
  ["a transition in text", { retention: { dataTransitionInDays: "90" } }, "retention.dataTransitionInDays", `${TRANSITION} "90"`],
  ["a transition after a hundred years", { retention: { dataTransitionInDays: 36_501 } }, "retention.dataTransitionInDays", `${TRANSITION} 36501`],
  ["flow logs that expire at once", { retention: { dataExpirationInDays: 0 } }, "retention.dataExpirationInDays", `${DAYS} 0`],
  ["flow logs that expire when they move", { retention: { dataTransitionInDays: 60, dataExpirationInDays: 60 } }, "retention.dataExpirationInDays", "must be more than dataTransitionInDays, 60; got 60"],
  ["results that expire after half a day", { retention: { resultsExpirationInDays: 0.5 } }, "retention.resultsExpirationInDays", `${DAYS} 0.5`],
  ["errors that never expire", { retention: { errorsExpirationInDays: null } }, "retention.errorsExpirationInDays", `${DAYS} null`],
  ["findings that expire at once", { retention: { findingsExpirationInDays: 0 } }, "retention.findingsExpirationInDays", `${DAYS} 0`],
  ["failed events kept for longer than a hundred years", { retention: { failedEventsExpirationInDays: 36_501 } }, "retention.failedEventsExpirationInDays", `${DAYS} 36501`],
  ["versions in words", { versioning: "Enabled" }, "versioning", `${FLAG} "Enabled"`],
  ["force in words", { forceDestroy: "yes" }, "forceDestroy", `${FLAG} "yes"`],
  ["a lock that is a flag", { objectLock: true }, "objectLock", "must be an object with mode, days; got true"],
  ["a lock without a mode", { objectLock: { days: 1 } }, "objectLock.mode", `${MODE} undefined`],
  ["a lock's mode in small letters", { objectLock: { mode: "compliance", days: 1 } }, "objectLock.mode", `${MODE} "compliance"`],
  ["a lock without days", { objectLock: { mode: "COMPLIANCE" } }, "objectLock.days", `${DAYS} undefined`],
  ["a lock for longer than S3 can", { objectLock: { ...LOCK, days: 36_501 } }, "objectLock.days", `${DAYS} 36501`],
  ["a lock in years", { objectLock: { ...LOCK, years: 1 } }, "objectLock.years", 'unknown argument; did you mean "days"?'],
  ["flow logs that expire while they are locked", { objectLock: LOCK, retention: { dataExpirationInDays: 364 } }, "retention.dataExpirationInDays", "must be at least objectLock.days, 365; got 364"],
  ["to destroy what nothing destroys", { objectLock: { ...LOCK, mode: "COMPLIANCE" }, forceDestroy: true }, "forceDestroy", "must be false with objectLock.mode COMPLIANCE: nothing deletes what that locks; got true"],
  ["retention in somebody's bucket", { existingBucket: "acme-logs", retention: {} }, "retention", owners("lifecycle")],
  ["versions in somebody's bucket", { existingBucket: "acme-logs", versioning: true }, "versioning", owners("versioning")],
  ["a lock in somebody's bucket", { existingBucket: output("acme-logs"), objectLock: LOCK }, "objectLock", owners("object lock")],
];

describe("the key of the bucket's objects", () => {
  const risky = { existingKey: KEY, forceDestroy: true };

  it("is at risk if another key replaces it and resources that leave the stack are deleted", () => {
    assert.equal(isKeyAtRisk(risky), true);
  });

  for (const [why, args] of Object.entries({
    "what leaves the stack stays": { existingKey: KEY },
    "there is no other key": { forceDestroy: true },
    "the old key is named": { ...risky, previousKeys: [OLD_KEY] },
    "it is said that there was none": { ...risky, previousKeys: [] },
    "the bucket is somebody else's": { ...risky, existingBucket: "acme-logs" },
  }))
    it(`is not at risk if ${why}`, () => assert.equal(isKeyAtRisk(args), false));
});

describe("the lake's arguments", () => {
  it("are all optional", () => assert.deepEqual(storage({}), DEFAULTS));

  it("have the same defaults when they are there but undefined", () => {
    const retention = {
      ...DEFAULTS.retention,
      dataTransitionInDays: undefined,
      errorsExpirationInDays: undefined,
    };
    assert.deepEqual(storage({ retention, objectLock: undefined, existingKey: undefined }), DEFAULTS);
  });

  it("keep the given values", () => {
    const retention = {
      dataTransitionInDays: 30,
      dataExpirationInDays: 31,
      resultsExpirationInDays: 1,
      errorsExpirationInDays: 2,
      failedEventsExpirationInDays: 36_500,
      findingsExpirationInDays: 10,
    };
    const keys = { existingKey: KEY, previousKeys: [OLD_KEY] };
    assert.deepEqual(storage({ retention, versioning: true, forceDestroy: true, ...keys }), {
      existingBucket: undefined,
      ...keys,
      retention,
      versioning: true,
      objectLock: undefined,
      forceDestroy: true,
    });
  });

  for (const [expiration, transition] of [
    [1, 0],
    [119, 0],
    [120, 90],
  ]) {
    const what =
      transition > 0 ? `move flow logs after ${transition} days` : "leave flow logs where they are";
    it(`${what} if they are deleted after ${expiration}`, () => {
      const { retention } = storage({ retention: { dataExpirationInDays: expiration } });
      assert.equal(retention.dataTransitionInDays, transition);
    });
  }

  it("accept a lock for the bucket's versions, too, and one that is longer than results are kept", () => {
    const { objectLock, versioning } = storage({ objectLock: LOCK, versioning: false });
    assert.deepEqual([objectLock, versioning], [LOCK, true]);
  });

  it("accept a lock until the day on which flow logs expire, and a GOVERNANCE lock with forceDestroy", () => {
    const retention = { dataExpirationInDays: 365 };
    assert.deepEqual(storage({ objectLock: LOCK, retention, forceDestroy: true }).objectLock, LOCK);
  });

  for (const name of ["abc", "acme.logs-2026", "0".repeat(63), "1.2.3.4.5"]) {
    it(`take the bucket ${name}`, () => assert.equal(storage({ existingBucket: name }).existingBucket, name));
  }

  it("accept an existing bucket together with the configuration's default values", () => {
    const given = { existingBucket: "acme-logs", versioning: false, forceDestroy: true };
    assert.deepEqual(storage(given), { ...DEFAULTS, existingBucket: "acme-logs", forceDestroy: true });
  });

  for (const arn of [
    KEY.replace("arn:aws:kms:us-east-1", "arn:aws-cn:kms:cn-north-1"),
    KEY.replace("arn:aws:kms:us-east-1", "arn:aws-us-gov:kms:us-gov-west-1"),
    KEY.replace(/key.*/, `key/mrk-${"0".repeat(32)}`),
  ]) {
    it(`take the key ${arn}`, () => assert.equal(storage({ existingKey: arn }).existingKey, arn));
  }

  for (const [what, given, path, reason] of MISTAKES) {
    it(`refuse ${what}`, () => {
      assert.deepEqual(check(given).problems, [{ propertyPath: path, reason }]);
    });
  }

  it("are all checked", () => {
    const { problems } = check({
      existingBucket: "A",
      existingKey: "a",
      retention: { dataTransitionInDays: 1, errorsExpirationInDays: 0, results: 1 },
      versioning: true,
      objectLock: { mode: "", days: "1" },
      forceDestroy: 1,
    });
    assert.deepEqual(
      problems.map(({ propertyPath }) => propertyPath),
      ["existingBucket", "existingKey", "retention.results", "retention.dataTransitionInDays"].concat(
        ["retention.errorsExpirationInDays", "objectLock.mode", "objectLock.days", "forceDestroy"],
        ["retention", "versioning", "objectLock"],
      ),
    );
  });
});

describe("the lake's arguments as outputs", () => {
  const later = (value: unknown): Promise<unknown> => {
    const { existingKey } = storage({ existingKey: value });
    return new Promise((resolve, reject) => {
      // @ts-expect-error: an output's promise is Pulumi's own affair
      existingKey.promise().then(resolve, reject);
    });
  };

  it("are accepted if they are valid, as outputs and as promises", async () => {
    assert.equal(await later(output(KEY)), KEY);
    assert.equal(await later(Promise.resolve(KEY)), KEY);
  });

  it("fail the deployment with the same message if they are invalid", async () => {
    await assert.rejects(later(output("alias/acme")), {
      message: `FlowLogAnalytics: existingKey ${KEY_RULE} "alias/acme"`,
    });
  });
});
