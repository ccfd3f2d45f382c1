import type { ResourceValidationPolicy } from "@pulumi/policy";
import { type Statement, statements } from "./documents";
import { type Fields, fields, list, properties } from "./properties";

interface Document {
  /** What a message puts before the finding; empty where the resource has only one document. */
  prefix: string;
  text: unknown;
}

const only = (props: Fields): Document[] => [{ prefix: "", text: props.policy }];

/** Where identity policies are: the policies that say what a role, user or group may do. */
const DOCUMENTS: Record<string, (props: Fields) => Document[]> = {
  "aws:iam/policy:Policy": only,
  "aws:iam/rolePolicy:RolePolicy": only,
  "aws:iam/userPolicy:UserPolicy": only,
  "aws:iam/groupPolicy:GroupPolicy": only,
  "aws:iam/role:Role": (props) =>
    list(props.inlinePolicies)
      .map(fields)
      .map(({ name, policy }) => ({
        prefix: `inline policy ${JSON.stringify(name) ?? "without a name"}: `,
        text: policy,
      })),
};

export const roleNoWildcardAction = statementRule({
  name: "role-no-wildcard-action",
  description: "An identity policy names the actions that it allows.",
  faults: ({ actions, notActions }) => [
    ...actions
      .filter((action) => /^([*?]+|[^:]+:[*?]+)$/.test(action))
      .map((action) => `allows action "${action}"; name the actions that are needed, such as "s3:GetObject"`),
    ...(notActions
      ? [`allows all but NotAction [${notActions}]; list what is needed under Action instead`]
      : []),
  ],
});

export const roleNoWildcardResource = statementRule({
  name: "role-no-wildcard-resource",
  description: "An identity policy names the resources that it gives access to.",
  faults: ({ resources, notResources }) => [
    ...resources
      .filter((resource) => /^\*+$/.test(resource))
      .map((resource) => `allows resource "${resource}"; name the ARNs that are needed`),
    ...(notResources
      ? [`allows all but NotResource [${notResources}]; list the ARNs under Resource instead`]
      : []),
  ],
});

/** A resource policy that looks for faults in every statement that allows something; a Deny only takes away. */
function statementRule(rule: {
  name: string;
  description: string;
  faults: (statement: Statement) => string[];
}): ResourceValidationPolicy {
  return {
    name: rule.name,
    description: rule.description,
    enforcementLevel: "mandatory",
    validateResource: (args, reportViolation) => {
      for (const { prefix, text } of DOCUMENTS[args.type]?.(properties(args)) ?? []) {
        for (const finding of findings(text, rule.faults)) reportViolation(`${prefix}${finding}.`);
      }
    },
  };
}

/**
 * A document or a part of it that preview does not know is passed over in silence: the engine asks again in the
 * update, with the real values and before the resource is created.
 */
function findings(text: unknown, faults: (statement: Statement) => string[]): string[] {
  if (text === undefined || text === null || text === "") return [];
  const { statements: found, problems } = statements(text);
  return [
    ...problems.map((problem) => `${problem}, so it cannot be checked; correct the document`),
    ...found
      .filter((statement) => statement.effect === "Allow")
      .flatMap((statement) => faults(statement).map((fault) => `${statement.label} ${fault}`)),
  ];
}
