import type { Policy } from "@pulumi/policy";
import { EXEMPT_SCHEMA, isExempt } from "../options";
import { type Fields, fields, properties, UNKNOWN, valuesAt } from "../reading/properties";
import { quote } from "../reading/quoting";
import type { TypedRule } from "../rules-by-type";

export const store = (type: string, noun: string, path: string, more: Partial<Setting> = {}): Setting => ({
  type: `aws:${type}`,
  noun,
  path,
  unset: false,
  ...more,
});

type Value = boolean | string;

/** A property of a resource type that must have one value. */
export interface Setting {
  type: string;
  /** The name of the resource type in a message. */
  noun: string;
  path: string;
  /** True if only a part that the program has is judged, such as a disk of an instance. */
  optional?: boolean;
  /** AWS's default. */
  unset: Value | ((props: Fields) => boolean);
  /** The value that passes, if it is another than the rule's. */
  wanted?: Value;
  /** Properties with which another resource decides, such as the snapshot that a database is restored from. */
  inherits?: string[];
}

interface SettingRule extends Omit<Policy, "configSchema"> {
  settings: Setting[];
  /** The value that passes. */
  wanted: boolean;
  /** Continues the sentence `database "flows" …`. */
  fault: string;
}

/** A rule about one setting that many resource types have under names of their own. */
export function settingRule({ settings, wanted, fault, ...about }: SettingRule): TypedRule {
  const byType = new Map<string, Setting[]>();
  for (const each of settings) byType.set(each.type, [...(byType.get(each.type) ?? []), each]);
  return {
    ...about,
    configSchema: { properties: EXEMPT_SCHEMA },
    isAbout: (type) => byType.has(type),
    validateResource: (args, reportViolation) => {
      const judged = byType.get(args.type);
      if (!judged || isExempt(args)) return;
      const props = properties(args);
      for (const setting of judged) {
        const value = setting.wanted ?? wanted;
        if (isWrong(setting, props, value))
          reportViolation(`${setting.noun} ${quote(args.name)} ${fault}; set ${setting.path} to ${value}.`);
      }
    },
  };
}

function isWrong(setting: Setting, props: Fields, wanted: Value): boolean {
  const parts = setting.path.split(".");
  const flag = parts.pop() ?? "";
  const parents = parts.length > 0 ? valuesAt(props, parts.join(".")) : [props];
  if (parents.length === 0) return !setting.optional && isWrongIn(setting, flag, {}, props, wanted);
  return parents.some(
    (parent) => parent !== UNKNOWN && isWrongIn(setting, flag, fields(parent), props, wanted),
  );
}

function isWrongIn(
  { unset, inherits = [] }: Setting,
  flag: string,
  part: Fields,
  props: Fields,
  wanted: Value,
) {
  const value = part[flag];
  if (value === UNKNOWN) return false;
  // Some of these properties are text in the provider.
  if (value !== undefined && value !== null && value !== "") return String(value) !== String(wanted);
  if (inherits.some((property) => part[property] !== undefined || props[property] !== undefined))
    return false;
  return (typeof unset === "function" ? unset(props) : unset) !== wanted;
}
