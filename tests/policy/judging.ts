import {
  type PolicyResource,
  type ResourceValidation,
  type ResourceValidationArgs,
  type ResourceValidationPolicy,
  type StackValidationPolicy,
  unknownCheckingProxy,
} from "@pulumi/policy";
import { graph, ofType } from "../components/graph";
import { resource } from "./stack";

// biome-ignore lint/suspicious/noExplicitAny: inputs have the shape of each resource type's own arguments
type Inputs = Record<string, any>;

/** Returns the inputs of the component's first resource of a type, in which a test breaks one property. */
export const own = async (type: string, stack = "prod"): Promise<Inputs> =>
  JSON.parse(JSON.stringify(ofType(await graph(stack), type)[0].inputs));

/** Returns a rule's findings about all that this project's component declares, before or after an update as the rule needs. */
export async function ownViolations(
  rule: ResourceValidationPolicy | StackValidationPolicy,
  stack: string,
): Promise<string[]> {
  // Through JSON, as over gRPC. No rule reads the files of an archive, so it does not matter that JSON loses them.
  const { resources } = JSON.parse(JSON.stringify(await graph(stack))) as Awaited<ReturnType<typeof graph>>;
  if ("validateStack" in rule) {
    const deployed = resources.map(({ type, name, state }) => [name, resource(type, name, state)]);
    return stackViolations(rule, Object.fromEntries(deployed));
  }
  return rule.validateResource ? resources.flatMap((each) => violations(rule, each.type, each.inputs)) : [];
}

/** Returns the properties that a remediation makes; undefined if there is nothing to mend. */
export function remediated(
  rule: ResourceValidationPolicy,
  type: string,
  props: Record<string, unknown>,
): unknown {
  const args = argsOf(type, unknownCheckingProxy(props), {});
  return rule.remediateResource?.(args) && props;
}

/** Returns a stack rule's findings, with unknown values guarded as in Pulumi's engine. */
export function stackViolations(
  rule: StackValidationPolicy,
  stack: Record<string, PolicyResource>,
  config: Record<string, unknown> = {},
): string[] {
  const found: string[] = [];
  const resources = Object.values(stack).map((each) => ({
    ...each,
    props: unknownCheckingProxy(each.props),
  }));
  rule.validateStack(
    { resources, stackTags: new Map(), getConfig: <T>() => config as T, notApplicable },
    (message) => found.push(message),
  );
  return found;
}

/** Returns a resource rule's findings. */
export function violations(
  rule: ResourceValidationPolicy,
  type: string,
  props: Record<string, unknown>,
  config: Record<string, unknown> = {},
): string[] {
  const found: string[] = [];
  const validate = rule.validateResource as ResourceValidation;
  validate(argsOf(type, unknownCheckingProxy(props), config), (message) => found.push(message));
  return found;
}

const argsOf = (
  type: string,
  props: Record<string, unknown>,
  config: Record<string, unknown>,
): ResourceValidationArgs => ({
  ...resource(type, "main", props),
  stackTags: new Map(),
  asType: () => undefined,
  getConfig: <T>() => config as T,
  notApplicable,
});

function notApplicable(): never {
  throw new Error("no rule of this pack declares itself not applicable");
}
