import assert from "node:assert/strict";
import { streamEncrypted as rule } from "../../../policy/rules/encryption/stream-encrypted";
import { own, ownViolations, violations } from "../judging";
import { UNKNOWN_ON_THE_WIRE as UNKNOWN } from "../stack";

const DATA = "aws:kinesis/stream:Stream";
const DELIVERY = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";

describe("stream-encrypted", () => {
  it("stops a stack", () => assert.equal(rule.enforcementLevel, "mandatory"));

  for (const stack of ["dev", "prod"])
    it(`accepts the streams of ${stack}`, async () => assert.deepEqual(await ownViolations(rule, stack), []));

  it("rejects our own delivery stream without encryption", async () => {
    const { serverSideEncryption: _, ...props } = await own(DELIVERY);
    for (const each of [props, { ...props, serverSideEncryption: { enabled: false } }])
      assert.match(
        violations(rule, DELIVERY, each)[0],
        /keeps its records unencrypted; set serverSideEncryption/,
      );
  });

  it("accepts a delivery stream with AWS's key, which another rule judges", () =>
    assert.deepEqual(violations(rule, DELIVERY, { serverSideEncryption: { enabled: true } }), []));

  it("accepts a delivery stream that reads a data stream, since it stores nothing", () =>
    assert.deepEqual(violations(rule, DELIVERY, { kinesisSourceConfiguration: { roleArn: "a" } }), []));

  it("rejects a data stream without encryption, also with an ignored key", () => {
    for (const props of [{}, { encryptionType: "NONE" }, { kmsKeyId: "alias/flows" }])
      assert.match(
        violations(rule, DATA, props)[0],
        /^data stream "main" keeps its records unencrypted; set/,
      );
  });

  it("accepts a data stream with AWS's key, and one that preview does not know", () => {
    for (const encryptionType of ["KMS", UNKNOWN])
      assert.deepEqual(violations(rule, DATA, { encryptionType, kmsKeyId: "alias/aws/kinesis" }), []);
  });
});
