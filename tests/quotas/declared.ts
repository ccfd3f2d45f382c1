import type { Program } from "../../local/program";
import { graph } from "../components/graph";
import { EVERY_TAG, VPCS } from "../components/settings";

const TOPIC = "arn:aws:sns:us-east-1:123456789012:alerts";

/** Stacks that together declare everything that the component can. */
const STACKS: Record<string, unknown>[] = [
  {
    fields: ["all"],
    tagFields: EVERY_TAG,
    objectLock: { mode: "GOVERNANCE", days: 1 },
    detections: { queries: ["top-talkers"], topic: TOPIC },
    existingLogGroups: { old: "/vpc/flow-logs" },
    filterPattern: "REJECT",
  },
  { ingestion: "SUBSCRIPTION", producerAccounts: ["111122223333"], producerRegions: ["eu-west-1"] },
  { ingestion: "DIRECT", bufferingInterval: 0 },
];

/** Objects whose members are keys of the program's own. */
const MAPS = /(^|\.)(tags|dimensions|parameters|variables|columnToJsonKeyMappings)$/;

const pathsIn = (value: unknown, path: string): string[] => {
  if (Array.isArray(value)) return [path, ...value.flatMap((item) => pathsIn(item, `${path}[]`))];
  if (typeof value !== "object" || value === null) return [path];
  if (MAPS.test(path)) return [path, `${path}{key}`, `${path}{}`];
  const members = Object.entries(value).flatMap(([key, inner]) =>
    pathsIn(inner, path ? `${path}.${key}` : key),
  );
  return path ? [path, ...members] : members;
};

/** The paths of every property that is declared, by type; a resource's name is one, whoever gives it. */
export const declaredPaths = async (): Promise<Map<string, Set<string>>> => {
  const programs: Program[] = [];
  for (const stack of STACKS)
    programs.push(await graph("dev", { vpcs: VPCS, alarmTopic: TOPIC, tags: { team: "network" }, ...stack }));
  const found = new Map<string, Set<string>>();
  for (const { type, inputs } of programs.flatMap(({ resources }) => resources)) {
    if (!type.startsWith("aws:")) continue;
    const { code, ...rest } = inputs;
    const paths = found.get(type) ?? new Set(["name"]);
    for (const path of pathsIn(rest, "")) paths.add(path);
    found.set(type, paths);
  }
  return found;
};
