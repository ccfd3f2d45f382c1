import { type Strength, strengthOf } from "./keys";
import { fields, UNKNOWN } from "./properties";

export const REMEDY = 'set encryptionOption to "SSE_KMS" and the key to a customer-managed one';

export const HOW: Record<Strength, string> = {
  none: "does not encrypt results",
  "service-key": "encrypts results with a key of the service's",
  "aws-key": "encrypts results with AWS's key aws/s3",
  "customer-key": "encrypts results with a customer-managed key",
};

export function byOption(encryption: unknown, key: string): Strength | undefined {
  const { encryptionOption, [key]: chosen } = fields(encryption);
  if (encryption === UNKNOWN || encryptionOption === UNKNOWN) return undefined;
  if (encryptionOption === "SSE_KMS" || encryptionOption === "CSE_KMS") return strengthOf(chosen, "aws-key");
  return encryptionOption === "SSE_S3" ? "service-key" : "none";
}
