import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAboutSome } from "./conditions";
import { DATA } from "./data-actions";
import { allowing, type Document, statements } from "./documents";
import { coversAction, isEveryAction } from "./iam-actions";
import { isOpen } from "./iam-patterns";
import type { ManagedPolicies } from "./managed-policies";
import { givingEverywhere } from "./powers";
import { type Fields, list, strings } from "./properties";

// Writes managed-policy-data.json from the documents of AWS's managed policies in moto (Apache-2.0, on PyPI), which copies
// them from AWS: 4.7 MB, of which rules need little. After `pip download --no-deps moto` and unpacking the wheel:
//   npx ts-node --transpile-only policy/reading/managed-policies-generate.ts moto/iam/aws_managed_policies.py "moto 5.2.5"

interface Described {
  Path: string;
  CreateDate: string;
  UpdateDate?: string;
  Document: { Statement: Fields | Fields[] };
}

/** The actions that stream-writer-may-use-key needs. */
const ACTIONS = ["firehose:PutRecord", "firehose:PutRecordBatch", "kms:Decrypt", "kms:GenerateDataKey"];

function generate(python: string, source: string): ManagedPolicies {
  const [, json] = /"""(.*)"""/s.exec(python) ?? [];
  const described = JSON.parse(json) as Record<string, Described>;
  const named = Object.entries(described)
    .map(([name, policy]) => [`${policy.Path}${name}`.slice(1), policy] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const kept = named.flatMap(([name, { Document }]) => {
    const about = list(Document.Statement).flatMap((each) => narrowed(each as Fields));
    return about.length > 0 ? [[name, about] as const] : [];
  });
  const dates = named.map(([, { CreateDate, UpdateDate }]) => (UpdateDate ?? CreateDate).slice(0, 10));
  return {
    source,
    date: dates.sort().at(-1) ?? "",
    actions: ACTIONS,
    statements: Object.fromEntries(kept),
    others: named
      .map(([name]) => name)
      .filter((name) => !kept.some(([other]) => other === name))
      .join(" "),
    broad: Object.fromEntries(
      named.flatMap(([name, { Document }]) => {
        const allowed = allowedEverywhere(name, Document);
        return allowed.length > 0 ? [[name, allowed] as const] : [];
      }),
    ),
  };
}

/** Policies that nobody attaches: those of service-linked roles, and boundaries, which grant nothing by themselves. */
const NOT_ATTACHED = /^aws-service-role\/|Boundary$/;
/** Policies for people and programs that read. What services read, their guides prescribe. */
const FOR_READERS = /^[^/]*ReadOnlyAccess$/;
/** Policies for a service's role that read every object of every bucket, and that AWS has replaced by narrower ones. */
const OUTDATED = ["service-role/AmazonEC2RoleforSSM", "service-role/AmazonElasticMapReduceforEC2Role"];

/** Returns what the rules about statements would find in a policy: wildcard actions, and data actions on every resource. */
function allowedEverywhere(name: string, text: object): string[] {
  if (NOT_ATTACHED.test(name)) return [];
  const document: Document = { kind: "identity", text, ...statements(text) };
  const whole = allowing(document)
    .filter((each) => each.resources.some(isOpen) && !isAboutSome(each))
    .flatMap(({ actions, notActions }) => (notActions ? ["*"] : actions.filter(isEveryAction)));
  const reads =
    OUTDATED.includes(name) || FOR_READERS.test(name)
      ? DATA.filter((action) => givingEverywhere(document, action.toLowerCase()))
      : [];
  return [...new Set([...whole, ...reads])];
}

/** Returns the statement with only the actions that the data keeps, or no statement if it has none of them. */
function narrowed({ Sid: _sid, Action, NotAction, ...rest }: Fields): Fields[] {
  const isCovered = (patterns: unknown, action: string) =>
    strings(patterns).some((pattern) => coversAction(pattern, action.toLowerCase()));
  const kept = ACTIONS.filter((action) =>
    NotAction === undefined ? isCovered(Action, action) : !isCovered(NotAction, action),
  );
  return kept.length > 0 ? [{ Action: kept, ...rest }] : [];
}

/** One policy a line, so that an update shows what AWS changed. */
function lines({ statements: kept, broad, ...rest }: ManagedPolicies): string {
  const facts = Object.entries(rest).map(([name, value]) => `  "${name}": ${JSON.stringify(value)}`);
  const policies = (of: object) =>
    Object.entries(of)
      .map(([name, value]) => `    "${name}": ${JSON.stringify(value)}`)
      .join(",\n");
  return `{\n${facts.join(",\n")},\n  "broad": {\n${policies(broad)}\n  },\n  "statements": {\n${policies(kept)}\n  }\n}\n`;
}

if (require.main === module) {
  const [file, source] = process.argv.slice(2);
  writeFileSync(
    join(__dirname, "managed-policy-data.json"),
    lines(generate(readFileSync(file, "utf8"), source)),
  );
}
