import type { Policies } from "@pulumi/policy";
import { leastPrivilegeRules } from "./access";
import { checked } from "./config";
import { encryptionRules } from "./encryption";
import { exposureRules } from "./exposure";
import { operationsRules } from "./operations";

/** The rules by what they are for, in the order of the README. */
export const CHAPTERS: Record<string, Policies> = {
  Encryption: encryptionRules,
  Exposure: exposureRules,
  "Least privilege": leastPrivilegeRules,
  Operations: operationsRules,
};

/** Every rule of the pack, without a pack: whoever wants to judge resources in its own process calls them. */
export const rules: Policies = Object.values(CHAPTERS).flat().map(checked);
