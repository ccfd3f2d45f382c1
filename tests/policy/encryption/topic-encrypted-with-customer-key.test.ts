import assert from "node:assert/strict";
import { queueEncryptedWithCustomerKey } from "../../../policy/rules/encryption/queue-encrypted-with-customer-key";
import { topicEncryptedWithCustomerKey } from "../../../policy/rules/encryption/topic-encrypted-with-customer-key";
import { violations } from "../judging";
import { KEY, UNKNOWN_ON_THE_WIRE } from "../stack";

const REMEDY = "set kmsMasterKeyId to a customer-managed key.";

describe("topic-encrypted-with-customer-key", () => {
  const check = (props: Record<string, unknown>, config = {}) =>
    violations(topicEncryptedWithCustomerKey, "aws:sns/topic:Topic", props, config);

  it("accepts a topic with a customer key, by ARN, id, alias or not known yet", () => {
    for (const kmsMasterKeyId of [
      KEY,
      "2f0c6a0e-5f4e-4c59-9a35-6f1f6a0b1c2d",
      "alias/alarms",
      UNKNOWN_ON_THE_WIRE,
    ]) {
      assert.deepEqual(check({ kmsMasterKeyId }), []);
    }
  });

  it("rejects a topic without a key, whatever the configuration accepts", () => {
    assert.deepEqual(check({}, { accept: "service-key" }), [
      `topic "main" does not encrypt its messages; ${REMEDY}`,
    ]);
  });

  it("rejects AWS's key, unless the configuration accepts it", () => {
    assert.deepEqual(check({ kmsMasterKeyId: "alias/aws/sns" }), [
      `topic "main" encrypts with AWS's key aws/sns; ${REMEDY}`,
    ]);
    assert.deepEqual(check({ kmsMasterKeyId: "alias/aws/sns" }, { accept: "aws-key" }), []);
  });
});

describe("queue-encrypted-with-customer-key", () => {
  const check = (props: Record<string, unknown>, config = {}) =>
    violations(queueEncryptedWithCustomerKey, "aws:sqs/queue:Queue", props, config);

  it("accepts a queue with a customer key", () => assert.deepEqual(check({ kmsMasterKeyId: KEY }), []));

  it("rejects a queue that turns encryption off, whatever the configuration accepts", () => {
    assert.deepEqual(check({ sqsManagedSseEnabled: false }, { accept: "service-key" }), [
      `queue "main" does not encrypt its messages; ${REMEDY}`,
    ]);
  });

  it("tells SQS's own key, a queue's default, from no encryption", () => {
    for (const props of [{}, { sqsManagedSseEnabled: true }]) {
      assert.deepEqual(check(props), [`queue "main" encrypts with a key that SQS owns (SSE-SQS); ${REMEDY}`]);
      assert.deepEqual(check(props, { accept: "service-key" }), []);
    }
  });
});
