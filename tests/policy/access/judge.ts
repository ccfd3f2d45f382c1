import { type ResourceValidation, type ResourceValidationPolicy, unknownCheckingProxy } from "@pulumi/policy";
import { accessRules } from "../../../policy/rules/access";
import { graph } from "../../components/graph";
import { document, resource } from "../stack";

// Judges policy documents for the tests of the rules about access.

export const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
export const ROLE = "aws:iam/role:Role";
export const ACCOUNT = "111122223333";

/** Returns a rule's findings about one resource, with unknown values guarded as in Pulumi's engine. */
export function judge(
  rule: ResourceValidationPolicy,
  type: string,
  props: Record<string, unknown>,
  config: object = {},
): string[] {
  const found: string[] = [];
  const args = {
    ...resource(type, "main", unknownCheckingProxy(props)),
    stackTags: new Map(),
    asType: () => undefined,
    getConfig: <T>() => config as T,
    notApplicable: () => {
      throw new Error("no rule about access declares itself not applicable");
    },
  };
  (rule.validateResource as ResourceValidation)(args, (message) => found.push(message));
  return found;
}

/** Returns the findings by rule, without rules that find nothing. */
export const judgeAll = (type: string, props: Record<string, unknown>): Record<string, string[]> =>
  Object.fromEntries(
    accessRules
      .map((rule): [string, string[]] => [rule.name, judge(rule, type, props)])
      .filter(([, said]) => said.length > 0),
  );

/** The properties of the one resource of the component that has this name. */
export async function own(name: string, stack = "dev"): Promise<Record<string, unknown>> {
  const { resources } = await graph(stack);
  const found = resources.find((each) => each.name === name);
  if (!found) throw new Error(`${name} is none of ${resources.map((each) => each.name)}`);
  return found.inputs;
}

// biome-ignore lint/suspicious/noExplicitAny: a test changes what it likes in a policy document
export const read = (text: unknown): any => JSON.parse(String(text));

/** A role's policy of statements, each on one resource unless it says otherwise. */
export const allowing = (...statements: object[]) => ({
  policy: JSON.stringify(
    document(
      ...statements.map((statement) => ({
        Effect: "Allow",
        Resource: "arn:aws:s3:::acme-lake",
        ...statement,
      })),
    ),
  ),
});

/** A role with a trust policy of these statements. */
export const trusting = (...statements: object[]) => ({
  assumeRolePolicy: JSON.stringify(
    document(...statements.map((statement) => ({ Effect: "Allow", Action: "sts:AssumeRole", ...statement }))),
  ),
});
