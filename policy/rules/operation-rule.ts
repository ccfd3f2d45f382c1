import type { Policy } from "@pulumi/policy";
import { EXEMPT_SCHEMA, isExempt, type Options, optionsOf } from "../options";
import { type Fields, properties } from "../reading/properties";
import { quote } from "../reading/quoting";
import type { TypedRule } from "../rules-by-type";

/** A rule about how one resource is run, whose properties tell all. */
interface OperationRule<Chosen> extends Omit<Policy, "configSchema"> {
  /** The resource's name in messages, and its type. */
  judges: { noun: string; type: string };
  /** The rule's options beside `exempt`, each with its default. */
  options?: Options;
  /** The answers continue the sentence `log group "flows" …`. */
  judge: (props: Fields, options: Chosen) => string[];
}

/** Nothing that these rules find leaks or is lost by itself, so a violation warns unless the rule says otherwise. */
export function operationRule<Chosen extends object>(rule: OperationRule<Chosen>): TypedRule {
  const { judges, options = {}, judge, ...about } = rule;
  return {
    enforcementLevel: "advisory",
    ...about,
    configSchema: { properties: { ...EXEMPT_SCHEMA, ...options } },
    isAbout: (type) => type === judges.type,
    validateResource: (args, reportViolation) => {
      if (args.type !== judges.type || isExempt(args)) return;
      for (const fault of judge(properties(args), optionsOf<Chosen>(args, options)))
        reportViolation(`${judges.noun} ${quote(args.name)} ${fault}`);
    },
  };
}

/** A number, also one that a program gave as text; anything else is none. */
export const numberOf = (value: unknown): number | undefined => {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
};
