import { type PolicyResource, unknownCheckingProxy } from "@pulumi/policy";
import type { PolicyConfig } from "../../policy/config-file";
import { judge, type Planned, type Violation } from "../../policy/judge";
import { type Registration, runProgram } from ".";

// Runs the policy pack's rules on a program's resources with the data that Pulumi's engine provides: parents, and the
// dependencies of each property.

/**
 * Options with which the policy pack's own server reads the wire format: assets and archives, secrets, unknown values.
 */
const { deserializeProperties } = require("@pulumi/policy/deserialize") as {
  deserializeProperties(message: unknown, proxySecrets: boolean): Record<string, unknown>;
};

/** The monitor for tests writes the stack's type into URNs, which the engine does not. */
const urnOf = (text: string): string => text.replace("pulumi:pulumi:Stack$", "");

const read = (message: unknown): Record<string, unknown> =>
  message ? deserializeProperties(message, false) : {};

function planned({ request, answer }: Registration): Planned {
  const [type, name, urn] = [request.getType(), request.getName(), urnOf(answer.getUrn())];
  const id = request.getCustom() ? { id: answer.getId() } : {};
  const resource: PolicyResource = {
    type,
    name,
    urn,
    props: unknownCheckingProxy({ ...read(answer.getObject()), ...id }),
    opts: {
      protect: request.getProtect() ?? false,
      ignoreChanges: request.getIgnorechangesList(),
      aliases: request.getAliasurnsList(),
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
      additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      parent: urnOf(request.getParent()) || undefined,
    },
    dependencies: [],
    propertyDependencies: {},
    isType: () => false,
    asType: () => undefined,
  };
  return { inputs: unknownCheckingProxy(read(request.getObject())), resource };
}

/** Connects registered resources as the engine does: with their parents and the dependencies of each property. */
export function plannedFrom(registrations: readonly Registration[]): Planned[] {
  const all = registrations.map(planned);
  const byUrn = new Map(all.map(({ resource }) => [resource.urn, resource]));
  const known = (urns: string[]) => urns.flatMap((urn) => byUrn.get(urnOf(urn)) ?? []);
  for (const [index, { request }] of registrations.entries()) {
    const { resource } = all[index];
    resource.parent = byUrn.get(urnOf(request.getParent()));
    resource.dependencies = known(request.getDependenciesList());
    for (const [property, sources] of request.getPropertydependenciesMap().entries())
      resource.propertyDependencies[property] = known(sources.getUrnsList());
  }
  return all;
}

/** Runs the pack's rules on the stack that index.ts declares. */
export async function judgeProgram(
  stack: string,
  overrides: Record<string, string> | undefined,
  config: PolicyConfig,
): Promise<{ resources: number; violations: Violation[]; warnings: string[] }> {
  const program = await runProgram(stack, overrides);
  const all = plannedFrom(program.registrations);
  const resources = all.filter(({ resource }) => resource.type !== "pulumi:pulumi:Stack").length;
  return { resources, violations: await judge(all, config), warnings: program.warnings };
}
