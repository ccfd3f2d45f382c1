import type { Statement } from "../../reading/documents";
import { coversAction } from "../../reading/iam-actions";
import { entries, isAll } from "../../reading/principals";
import { QUEUE_POLICIES, TOPIC_POLICIES } from "../../reading/resource-policies";
import { documentRule } from "../document-rule";

/** The call that must not come over plain HTTP, by the resource types whose policy can refuse it. */
const SENDS: [types: string[], action: string, noun: string][] = [
  [Object.keys(TOPIC_POLICIES), "sns:publish", "topic"],
  [Object.keys(QUEUE_POLICIES), "sqs:sendmessage", "queue"],
];

export const messageTlsOnly = documentRule(
  {
    name: "message-tls-only",
    displayName: "Messages over TLS only",
    description: "The policy of a topic or a queue refuses messages that do not come over TLS.",
    enforcementLevel: "advisory",
    severity: "medium",
    tags: ["exposure", "sns", "sqs"],
    remediationSteps:
      'Add a statement that denies sns:Publish or sqs:* to principal "*" when aws:SecureTransport is "false".',
    url: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html",
  },
  ["resource"],
  ({ text, complete, problems }, _, type) => {
    const send = SENDS.find(([types]) => types.includes(type));
    if (!send || !complete || problems.length > 0) return [];
    const [, action, noun] = send;
    const refuses = entries(text).some(({ statement, raw }) => isAll(raw) && refusesPlain(statement, action));
    return refuses
      ? []
      : [`lets messages to the ${noun} come over plain HTTP; deny them when aws:SecureTransport is "false"`];
  },
);

const refusesPlain = ({ effect, actions, conditions }: Statement, action: string): boolean =>
  effect === "Deny" &&
  actions.some((pattern) => coversAction(pattern, action)) &&
  conditions.length === 1 &&
  /^Bool(IfExists)?$/i.test(conditions[0].operator) &&
  conditions[0].key === "aws:securetransport" &&
  conditions[0].values.every((value) => /^false$/i.test(value));
