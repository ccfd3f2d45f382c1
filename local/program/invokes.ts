import { createHash } from "node:crypto";

type Values = Record<string, unknown>;

/** A statement as the provider's function takes it. */
interface Statement {
  sid?: string;
  effect?: string;
  actions?: string[];
  notActions?: string[];
  resources?: string[];
  notResources?: string[];
  principals?: { type: string; identifiers: string[] }[];
  conditions?: { test: string; variable: string; values: string[] }[];
}

/** One value stands alone in a policy document, and several in a list. */
const listed = (values: string[] | undefined) => (values?.length === 1 ? values[0] : values);

const principalOf = (principals: Statement["principals"] = []) => {
  if (principals.length === 0) return undefined;
  if (principals.some(({ type }) => type === "*")) return "*";
  return Object.fromEntries(principals.map(({ type, identifiers }) => [type, listed(identifiers)]));
};

const conditionOf = (conditions: Statement["conditions"] = []) => {
  const all: Record<string, Record<string, unknown>> = {};
  for (const { test, variable, values } of conditions)
    all[test] = { ...all[test], [variable]: listed(values) };
  return conditions.length === 0 ? undefined : all;
};

/** The policy document that the provider makes of statements, without asking AWS. */
export const policyDocument = ({ statements = [], version = "2012-10-17" }: Values): Values => {
  const json = JSON.stringify(
    {
      Version: version,
      Statement: (statements as Statement[]).map((statement) => ({
        Sid: statement.sid,
        Effect: statement.effect ?? "Allow",
        Action: listed(statement.actions),
        NotAction: listed(statement.notActions),
        Resource: listed(statement.resources),
        NotResource: listed(statement.notResources),
        Principal: principalOf(statement.principals),
        Condition: conditionOf(statement.conditions),
      })),
    },
    null,
    2,
  );
  return {
    statements,
    json,
    minifiedJson: JSON.stringify(JSON.parse(json)),
    id: createHash("sha256").update(json).digest("hex").slice(0, 9),
  };
};

/** Three zones of a region, as most have them. */
export const availabilityZones = (region: string): Values => ({
  id: region,
  names: ["a", "b", "c"].map((zone) => region + zone),
  zoneIds: [1, 2, 3].map((zone) => `${region.replace(/^(..)-(.).*-(\d)$/, "$1$2$3")}-az${zone}`),
});
