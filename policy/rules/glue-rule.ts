import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isExempt } from "../options";
import { ENCRYPTION_SCHEMA, isTooWeak, type Strength, strengthOf } from "../reading/keys";
import { type Fields, properties, UNKNOWN } from "../reading/properties";
import { quote } from "../reading/quoting";
import type { TypedRule } from "../rules-by-type";

/** A part of what Glue encrypts: what it is called, how strongly it is encrypted, what to set. */
export interface Part {
  what: string;
  strength: Strength | undefined;
  remedy: string;
}

export function glueRule(
  type: string,
  partsOf: (props: Fields) => Part[],
  about: Pick<ResourceValidationPolicy, "name" | "displayName" | "description" | "remediationSteps" | "url">,
): TypedRule {
  return {
    ...about,
    enforcementLevel: "advisory",
    severity: "medium",
    tags: ["encryption", "glue"],
    configSchema: { properties: ENCRYPTION_SCHEMA },
    isAbout: (each) => each === type,
    validateResource: (args, reportViolation) => {
      if (args.type !== type || isExempt(args)) return;
      for (const { what, strength, remedy } of partsOf(properties(args))) {
        if (!isTooWeak(args, strength)) continue;
        const how =
          strength === "none"
            ? "not encrypted"
            : strength === "aws-key"
              ? "encrypted with AWS's key"
              : "encrypted with a key of the service's";
        reportViolation(`${quote(args.name)}: ${what} ${how}; ${remedy}.`);
      }
    },
  };
}

export function byMode(mode: unknown, key: unknown): Strength | undefined {
  if (mode === UNKNOWN) return undefined;
  if (/KMS/.test(String(mode))) return strengthOf(key, "aws-key");
  return mode === "SSE-S3" ? "service-key" : "none";
}
