import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Policies } from "@pulumi/policy";
import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import { type Options, optionSchemas } from "./options";
import { CHAPTERS } from "./rules";

// Writes the tables of rules into README.md: npm run docs -w policy.

export const README = join(__dirname, "README.md");

const FRAMEWORKS: Record<string, string> = {
  "AWS Foundational Security Best Practices": "FSBP",
  "CIS AWS Foundations Benchmark": "CIS",
  "NIST SP 800-53": "NIST 800-53",
};

/** Other catalogues' controls are among the tags: `fsbp/S3.19`, `cis-aws-3.0.0/2.1.4`. */
const controls = ({ framework, tags = [] }: Policies[number]): string =>
  [
    ...(framework ? [`${FRAMEWORKS[framework.name] ?? framework.name} ${framework.reference}`] : []),
    ...tags.filter((tag) => tag.includes("/")).map((tag) => tag.replace("/", " ").replace(/^fsbp/, "FSBP")),
  ].join(", ");

const EXEMPT = "exempt";

const optionNames = (rule: Policies[number]): string =>
  Object.keys(optionSchemas(rule))
    .filter((name) => name !== EXEMPT)
    .map((name) => `\`${name}\``)
    .join(", ");

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");

const ruleRow = (rule: Policies[number]): string[] => [
  rule.url ? `[\`${rule.name}\`](${rule.url})` : `\`${rule.name}\``,
  rule.description,
  rule.enforcementLevel ?? "advisory",
  rule.severity ?? "",
  controls(rule),
  optionNames(rule),
];

const HEAD = ["rule", "what must hold", "default", "severity", "controls", "options"];

const chapter = ([title, rules]: [string, Policies]): string =>
  `### ${title}\n\n${table(HEAD, rules.map(ruleRow))}\n`;

const shown = (value: unknown): string =>
  Array.isArray(value) && value.length > 3
    ? `${value.length} of them, see the rule`
    : `\`${JSON.stringify(value)}\``;

/** Describes the values that an option takes. */
function bounds({ type, enum: allowed, minimum, maximum, items }: PolicyConfigJSONSchema): string {
  if (allowed) return allowed.map((value) => `\`${JSON.stringify(value)}\``).join(", ");
  if (minimum !== undefined && maximum !== undefined) return `${type}, ${minimum} to ${maximum}`;
  const inside = items && typeof items === "object" && !Array.isArray(items) ? items.type : undefined;
  return inside ? `list of ${inside}s` : String(type);
}

const optionRows = (rules: Policies): string[][] => {
  const rows = new Map<string, string[]>();
  for (const rule of rules)
    for (const [name, schema] of Object.entries(optionSchemas(rule) as Options)) {
      if (name === EXEMPT) continue;
      const row = [`\`${name}\``, schema.description ?? "", bounds(schema)];
      row.push(schema.default === undefined ? "" : shown(schema.default));
      const key = JSON.stringify(row);
      rows.set(key, [...(rows.get(key) ?? []), `\`${rule.name}\``]);
    }
  return [...rows].map(([key, names]) => [...JSON.parse(key), names.join(", ")]);
};

/** Returns the README's tables of rules and options, which replace the text between its two marks. */
export const generated = (): string =>
  [
    ...Object.entries(CHAPTERS).map(chapter),
    "### Options\n",
    table(["option", "what it does", "values", "default", "of"], optionRows(Object.values(CHAPTERS).flat())),
    "",
  ].join("\n");

const MARKED = /(<!-- rules -->\n).*(<!-- end of rules -->)/s;

export const withRules = (text: string): string =>
  text.replace(MARKED, (_, before, after) => `${before}\n${generated()}\n${after}`);

if (require.main === module) writeFileSync(README, withRules(readFileSync(README, "utf8")));
