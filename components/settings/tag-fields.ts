import type { TagFieldArgs } from "../arguments";
import { TAG_FIELD_NAMES } from "./argument-names";
import { isObject, partsOf } from "./parts";
import { type Problem, show } from "./problems";

/** Resource types of TagFieldSpecifications (EC2 API), and the fields that carry a type's first and second tag. */
export const TAG_FIELDS: Record<string, readonly [string, string]> = {
  instance: ["instance-tag", "instance-tag-2"],
  "network-interface": ["interface-tag", "interface-tag-2"],
  "auto-scaling-group": ["asg-tag", "asg-tag-2"],
};

const TYPES = Object.keys(TAG_FIELDS);

const isKeys = (value: unknown): value is string[] =>
  Array.isArray(value) &&
  value.length >= 1 &&
  value.length <= 2 &&
  value.every((key) => typeof key === "string" && key.length > 0 && key.length <= 128);

/** Checks the entries one by one. */
const entriesOf = (given: unknown, problems: Problem[]): TagFieldArgs[] => {
  const entries: unknown[] = given === undefined ? [] : Array.isArray(given) ? given : [given];
  const report = (propertyPath: string, reason: string) => problems.push({ propertyPath, reason });
  const types = entries.map((entry) => (isObject(entry) ? entry.resourceType : undefined));
  entries.forEach((entry, n) => {
    const path = Array.isArray(given) ? `tagFields[${n}]` : "tagFields";
    const parts = partsOf((entry ?? null) as TagFieldArgs, path, TAG_FIELD_NAMES, problems);
    if (parts === undefined) return;
    const { resourceType, tagKeys } = parts;
    if (!TYPES.includes(String(resourceType))) {
      report(`${path}.resourceType`, `must be one of ${TYPES.join(", ")}; got ${show(resourceType)}`);
    } else if (types.indexOf(resourceType) !== n) {
      report(`${path}.resourceType`, `${resourceType} is there twice; name both tag keys in one entry`);
    }
    if (!isKeys(tagKeys))
      report(`${path}.tagKeys`, `must be one or two keys of up to 128 characters; got ${show(tagKeys)}`);
  });
  return entries as TagFieldArgs[];
};

const example = (resourceType: string, slots: number) =>
  `{ resourceType: "${resourceType}", tagKeys: [${["team", "service"].slice(0, slots).map(show).join(", ")}] }`;

/** Finds tag fields without an entry, and entries without a field: CreateFlowLogs takes neither without the other. */
const disagreements = (entries: TagFieldArgs[], fields: ReadonlySet<string>): Problem[] =>
  TYPES.flatMap((type): Problem[] => {
    const [first, second] = TAG_FIELDS[type];
    const named = [first, second].filter((field) => fields.has(field));
    const slots = fields.has(second) ? 2 : named.length;
    const n = entries.findIndex(({ resourceType }) => resourceType === type);
    const keys = entries[n]?.tagKeys;
    if (n < 0 && slots === 0) return [];
    if (n < 0) {
      const reason = `must say which tags ${named.join(" and ")} ${named.length > 1 ? "carry" : "carries"}, such as ${example(type, slots)}, or fields must do without; got no entry for ${type}`;
      return [{ propertyPath: "tagFields", reason }];
    }
    const propertyPath = `tagFields[${n}]`;
    if (slots === 0) {
      const reason = `names tags that no field carries; add ${first} to fields, or leave out ${show(entries[n])}`;
      return [{ propertyPath, reason }];
    }
    if (keys.length === slots) return [];
    const how =
      slots === 2 ? `two keys, since fields has ${second}` : `one key, or fields must have ${second}`;
    return [{ propertyPath: `${propertyPath}.tagKeys`, reason: `must be ${how}; got ${show(keys)}` }];
  });

/**
 * Checks `tagFields`.
 * @param fields of the component's flow logs; undefined if it makes none.
 */
export const tagFieldsOf = (
  given: unknown,
  fields: ReadonlySet<string> | undefined,
  problems: Problem[],
): TagFieldArgs[] => {
  const wrong: Problem[] = [];
  const entries = entriesOf(given, wrong);
  problems.push(...wrong);
  if (wrong.length === 0 && fields) problems.push(...disagreements(entries, fields));
  return entries;
};
