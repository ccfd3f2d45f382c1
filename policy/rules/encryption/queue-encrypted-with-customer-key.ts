import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isExempt } from "../../options";
import { fsbp, securityHub } from "../../reading/frameworks";
import { ENCRYPTION_SCHEMA, isTooWeak, type Strength, strengthOf } from "../../reading/keys";
import { type Fields, isFalse, properties } from "../../reading/properties";
import { quote } from "../../reading/quoting";

export const queueEncryptedWithCustomerKey: ResourceValidationPolicy = {
  name: "queue-encrypted-with-customer-key",
  displayName: "Queue encrypted with a customer key",
  description: "An SQS queue encrypts its messages with a KMS key of the account.",
  enforcementLevel: "advisory",
  severity: "medium",
  framework: fsbp("SQS.1", "Amazon SQS queues should be encrypted at rest"),
  tags: ["encryption", "sqs"],
  remediationSteps: "Set kmsMasterKeyId to a key whose policy lets those services use it that send.",
  url: securityHub("sqs"),
  configSchema: { properties: ENCRYPTION_SCHEMA },
  validateResource: (args, reportViolation) => {
    if (args.type !== "aws:sqs/queue:Queue" || isExempt(args)) return;
    const strength = strengthOfQueue(properties(args));
    if (!strength || !isTooWeak(args, strength)) return;
    reportViolation(
      `queue ${quote(args.name)} ${QUEUE[strength]}; set kmsMasterKeyId to a customer-managed key.`,
    );
  },
};

const QUEUE: Record<Strength, string> = {
  none: "does not encrypt its messages",
  "service-key": "encrypts with a key that SQS owns (SSE-SQS)",
  "aws-key": "encrypts with AWS's key aws/sqs",
  "customer-key": "encrypts with a customer-managed key",
};

/** SQS encrypts with its own key by default. */
const strengthOfQueue = ({ kmsMasterKeyId, sqsManagedSseEnabled }: Fields): Strength | undefined =>
  strengthOf(kmsMasterKeyId, isFalse(sqsManagedSseEnabled) ? "none" : "service-key");
