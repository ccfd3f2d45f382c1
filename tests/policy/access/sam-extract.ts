import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// Writes sam-policies.json: the policies that AWS SAM offers to functions, from its translator (Apache-2.0, on PyPI), each
// for one resource by name. After `pip download --no-deps aws-sam-translator` and unpacking the wheel:
//   npx ts-node --transpile-only tests/policy/access/sam-extract.ts \
//     samtranslator/policy_templates_data/policy_templates.json "aws-sam-translator 1.115.0"

export const FILE = join(__dirname, "sam-policies.json");

export interface SamPolicies {
  source: string;
  /** Statements by their policy's name. */
  policies: Record<string, object[]>;
}

interface Templates {
  Templates: Record<string, { Definition: { Statement: object[] } }>;
}

const PSEUDO: Record<string, string> = {
  "AWS::Partition": "aws",
  "AWS::Region": "eu-west-1",
  "AWS::AccountId": "111122223333",
};

/** Returns a value for a parameter: an ARN or a name. */
const standIn = (name: string): string =>
  PSEUDO[name] ?? (/arn$/i.test(name) ? "arn:aws:acm:eu-west-1:111122223333:certificate/flows" : "flows");

/** The value with CloudFormation's references replaced. */
function resolved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== "object" || value === null) return value;
  const { Ref, "Fn::Sub": sub } = value as Record<string, unknown>;
  if (typeof Ref === "string") return standIn(Ref);
  if (sub !== undefined) return [sub].flat()[0] && substituted(String([sub].flat()[0]));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner)]));
}

const substituted = (text: string): string => text.replaceAll(/\$\{([\w:]+)\}/g, (_, name) => standIn(name));

if (require.main === module) {
  const [file, source] = process.argv.slice(2);
  const { Templates } = JSON.parse(readFileSync(file, "utf8")) as Templates;
  const policies = Object.fromEntries(
    Object.entries(Templates).map(([name, { Definition }]) => [name, resolved(Definition.Statement)]),
  );
  writeFileSync(FILE, `${JSON.stringify({ source, policies }, null, 2)}\n`);
}
