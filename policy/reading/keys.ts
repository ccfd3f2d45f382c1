import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import { EXEMPT_SCHEMA } from "../options";
import { UNKNOWN } from "./properties";

// Owners of a key, from weakest to strongest. A rule asks for a key of the customer's; its configuration may say that
// a weaker one will do.
const STRENGTHS = ["none", "service-key", "aws-key", "customer-key"] as const;

export type Strength = (typeof STRENGTHS)[number];

/** The options of every rule about encryption, with the weakest key that passes where nothing is configured. */
export const encryptionSchema = (weakest: Strength): Record<"exempt" | "accept", PolicyConfigJSONSchema> => ({
  ...EXEMPT_SCHEMA,
  accept: {
    type: "string",
    enum: ["customer-key", "aws-key", "service-key"],
    default: weakest,
    description:
      "The weakest key that passes: one of the account's own, one that AWS manages in the account (alias/aws/…), " +
      "or one that the service owns and nobody can see (AES256, SSE-SQS, AWS_OWNED_CMK).",
  },
});

export const ENCRYPTION_SCHEMA = encryptionSchema("customer-key");

interface Configured {
  getConfig<T extends object>(): T;
}

/** True if a key is weaker than the rule's configuration accepts. Unknown is not: the update asks again. */
export function isTooWeak(
  args: Configured,
  strength: Strength | undefined,
  weakest: Strength = "customer-key",
): boolean {
  const { accept = weakest } = args.getConfig<{ accept?: Strength }>();
  return strength !== undefined && STRENGTHS.indexOf(strength) < STRENGTHS.indexOf(accept);
}

/** Returns who owns a key, by its id, ARN or alias; `otherwise` if no key is given. */
export function strengthOf(key: unknown, otherwise: Strength): Strength | undefined {
  if (key === UNKNOWN) return undefined;
  if (typeof key !== "string" || /^\s*(AWS_OWNED\w*)?$/.test(key)) return otherwise;
  return isAwsKey(key) ? "aws-key" : "customer-key";
}

/** Only an alias tells that AWS manages the key: the ARN of the key behind it looks like any other. */
const isAwsKey = (key: string): boolean => /(^|:)alias\/aws\/[^/]*$/i.test(key.trim());
