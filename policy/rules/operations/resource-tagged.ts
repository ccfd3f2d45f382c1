import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { EXEMPT_SCHEMA, isExempt, type Options, optionsOf } from "../../options";
import { type Fields, fields, isFields, properties, UNKNOWN } from "../../reading/properties";
import { quote } from "../../reading/quoting";
import tagTypes from "../../reading/tag-types.json";

interface Chosen {
  required: string[];
  values: Record<string, string>;
}

const TAGGABLE = new Set(tagTypes);

/** AWS allows 128 characters in a tag's key and 256 in its value, and 50 tags. */
const KEY = { type: "string", minLength: 1, maxLength: 128 } as const;
const OPTIONS: Options = {
  required: {
    type: "array",
    items: KEY,
    maxItems: 50,
    uniqueItems: true,
    default: [],
    description: "The keys of tags that every resource must have.",
  },
  values: {
    type: "object",
    additionalProperties: { type: "string", minLength: 1, maxLength: 256 },
    maxProperties: 50,
    default: {},
    description:
      'Values for required tags that are missing; used if the rule\'s enforcement level is "remediate".',
  },
};

export const resourceTagged: ResourceValidationPolicy = {
  name: "resource-tagged",
  displayName: "Required tags",
  description: "A resource that can have tags has those that the configuration requires.",
  enforcementLevel: "advisory",
  severity: "low",
  tags: ["operations", "tags", "cost", "remediation"],
  remediationSteps: "Set the tags on the resource, or for all of them in the provider's defaultTags.",
  url: "https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html",
  configSchema: { properties: { ...EXEMPT_SCHEMA, ...OPTIONS } },
  validateResource: (args, reportViolation) => {
    const missing = missingFrom(args);
    if (missing.length === 0) return;
    const [what, remedy] = missing.length === 1 ? ["the tag", "add it"] : ["the tags", "add them"];
    reportViolation(
      `resource ${quote(args.name)} lacks ${what} ${missing.map(quote).join(", ")}; ${remedy}.`,
    );
  },
  remediateResource: (args) => {
    const { values } = optionsOf<Chosen>(args, OPTIONS);
    const known = missingFrom(args).filter((key) => Object.hasOwn(values, key));
    if (known.length === 0 || holdsArchive(args.props)) return undefined;
    // In place, since a copy would read values that preview does not know.
    if (!isFields(args.props.tags)) args.props.tags = {};
    for (const key of known) args.props.tags[key] = values[key];
    return args.props;
  },
};

/** The required tags that the resource does not have, or has empty. What preview does not know may be there. */
function missingFrom(args: ResourceValidationArgs): string[] {
  const { required } = optionsOf<Chosen>(args, OPTIONS);
  if (required.length === 0 || !TAGGABLE.has(args.type) || isExempt(args)) return [];
  const { tags } = properties(args);
  return tags === UNKNOWN ? [] : required.filter((key) => isMissing(fields(tags), key));
}

const isMissing = (tags: Fields, key: string): boolean =>
  !Object.hasOwn(tags, key) || tags[key] === "" || tags[key] === null;

/**
 * True if a resource has an archive of assets, such as a function's code: @pulumi/policy 1.21.0 loses what is in one when
 * it sends a remediated resource back. Such a resource is reported and left as it is.
 */
function holdsArchive(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if ("__pulumiArchive" in value && "assets" in value) return true;
  return Object.keys(value).some((key) => {
    try {
      return holdsArchive((value as Fields)[key]);
    } catch {
      return false;
    }
  });
}
