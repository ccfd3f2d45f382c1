import type {
  EnforcementLevel,
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  Severity,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { PolicyConfig } from "./config-file";
import { rules } from "./rules";

/** A violation of a rule by a resource, or by the stack as a whole. */
export interface Violation {
  rule: string;
  enforcementLevel: EnforcementLevel;
  severity?: Severity;
  /** Name of the resource; empty for the stack. */
  urn: string;
  type: string;
  name: string;
  message: string;
  url?: string;
}

/** A resource in the form that rules get: resource rules read its inputs, and stack rules its outputs. */
export interface Planned {
  inputs: Record<string, unknown>;
  resource: PolicyResource;
}

type Rule = (typeof rules)[number];

/** A rule with its configured level and options. */
interface Configured {
  rule: Rule;
  level: EnforcementLevel;
  options: Record<string, unknown>;
}

class NotApplicable extends Error {}

const notApplicable = (): never => {
  throw new NotApplicable();
};

const isStackRule = (rule: Rule): rule is StackValidationPolicy => "validateStack" in rule;

const configured = (config: PolicyConfig): Configured[] =>
  rules
    .map((rule) => {
      const { enforcementLevel, ...options } = config[rule.name] ?? {};
      const level = enforcementLevel ?? config.all?.enforcementLevel ?? rule.enforcementLevel ?? "advisory";
      return { rule, level, options };
    })
    .filter(({ level }) => level !== "disabled");

/** Judges resources as Pulumi's engine does in a preview: remediations first, then violations. */
export async function judge(planned: Planned[], config: PolicyConfig): Promise<Violation[]> {
  const chosen = configured(config);
  const found: Violation[] = [];
  for (const { inputs, resource } of planned) {
    const props = await remedied(chosen, { ...resource, props: inputs });
    for (const each of chosen) await judgeResource(each, { ...resource, props }, found);
  }
  const resources = planned.map(({ resource }) => resource);
  for (const each of chosen) await judgeStack(each, resources, found);
  return found;
}

const argsOf = ({ options }: Configured) => ({
  stackTags: new Map<string, string>(),
  getConfig: <T extends object>() => ({ ...options }) as T,
  notApplicable,
});

const resourceArgs = (each: Configured, resource: PolicyResource): ResourceValidationArgs => ({
  ...resource,
  ...argsOf(each),
  asType: () => undefined,
});

async function remedied(chosen: Configured[], resource: PolicyResource): Promise<PolicyResource["props"]> {
  let { props } = resource;
  for (const each of chosen.filter(({ level }) => level === "remediate")) {
    const { remediateResource } = each.rule as ResourceValidationPolicy;
    await applying(async () => {
      props = (await remediateResource?.(resourceArgs(each, { ...resource, props }))) ?? props;
    });
  }
  return props;
}

async function judgeResource(each: Configured, resource: PolicyResource, found: Violation[]): Promise<void> {
  if (isStackRule(each.rule)) return;
  for (const validate of [each.rule.validateResource ?? []].flat())
    await applying(() =>
      validate(resourceArgs(each, resource), (message) => found.push(violation(each, message, resource))),
    );
}

async function judgeStack(each: Configured, resources: PolicyResource[], found: Violation[]): Promise<void> {
  const { rule } = each;
  if (!isStackRule(rule)) return;
  await applying(() =>
    rule.validateStack({ resources, ...argsOf(each) }, (message, urn) =>
      found.push(
        violation(
          each,
          message,
          resources.find((resource) => resource.urn === urn),
        ),
      ),
    ),
  );
}

async function applying(run: () => Promise<void> | void): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof NotApplicable)) throw error;
  }
}

/** Describes a violation. One that remains after a remediation is mandatory, as in Pulumi's engine. */
const violation = (
  { rule, level }: Configured,
  message: string,
  about?: Pick<PolicyResource, "urn" | "type" | "name">,
): Violation => ({
  rule: rule.name,
  enforcementLevel: level === "remediate" ? "mandatory" : level,
  severity: rule.severity,
  urn: about?.urn ?? "",
  type: about?.type ?? "",
  name: about?.name ?? "",
  message,
  url: rule.url,
});
