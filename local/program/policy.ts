import { type PolicyResource, unknownCheckingProxy } from "@pulumi/policy";
import type { PolicyConfig } from "../../policy/config-file";
import { judge, type Planned, type Violation } from "../../policy/judge";
import type { Program, Registration } from ".";
import { engineUrn } from "./declared";

// Runs the policy pack's rules on a program's resources with the data that Pulumi's engine provides: parents, and the
// dependencies of each property.

/**
 * Options with which the policy pack's own server reads the wire format: assets and archives, secrets, unknown values.
 */
const { deserializeProperties } = require("@pulumi/policy/deserialize") as {
  deserializeProperties(message: unknown, proxySecrets: boolean): Record<string, unknown>;
};

const read = (message: unknown): Record<string, unknown> =>
  message ? deserializeProperties(message, false) : {};

function planned({ request, answer }: Registration): Planned {
  const [type, name, urn] = [request.getType(), request.getName(), engineUrn(answer.getUrn())];
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
      parent: engineUrn(request.getParent()) || undefined,
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
  const known = (urns: string[]) => urns.flatMap((urn) => byUrn.get(engineUrn(urn)) ?? []);
  for (const [index, { request }] of registrations.entries()) {
    const { resource } = all[index];
    resource.parent = byUrn.get(engineUrn(request.getParent()));
    resource.dependencies = known(request.getDependenciesList());
    for (const [property, sources] of request.getPropertydependenciesMap().entries())
      resource.propertyDependencies[property] = known(sources.getUrnsList());
  }
  return all;
}

/** Runs the pack's rules on a program's resources. */
export async function judgeProgram(
  { registrations }: Program,
  config: PolicyConfig,
): Promise<{ resources: number; violations: Violation[] }> {
  const all = plannedFrom(registrations);
  const resources = all.filter(({ resource }) => resource.type !== "pulumi:pulumi:Stack").length;
  return { resources, violations: await judge(all, config) };
}
