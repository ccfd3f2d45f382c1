import type { Policies } from "@pulumi/policy";
import { checked } from "./config";
import { leastPrivilegeRules } from "./rules/access";
import { encryptionRules } from "./rules/encryption";
import { exposureRules } from "./rules/exposure";
import { operationsRules } from "./rules/operations";

/** The rules by what they are for, in the order of the README. */
export const CHAPTERS: Record<string, Policies> = {
  Encryption: encryptionRules,
  Exposure: exposureRules,
  "Least privilege": leastPrivilegeRules,
  Operations: operationsRules,
};

/** Every rule of the pack, for callers that judge resources in their own process. */
export const rules: Policies = Object.values(CHAPTERS).flat().map(checked);
