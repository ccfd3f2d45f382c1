import { type PolicyResource, unknownCheckingProxy } from "@pulumi/policy";
import type { RegisterResourceRequest, RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import type { PolicyConfig } from "../../policy/config-file";
import { judge, type Planned, type Violation } from "../../policy/judge";
import { runProgram } from ".";

// The policy pack's rules on what a program declares, as Pulumi's engine would have them judge it: with parents, and with
// what each property was computed from.

/** How the policy pack's own server reads what comes over the wire: assets and archives, secrets, unknown values. */
const { deserializeProperties } = require("@pulumi/policy/deserialize") as {
  deserializeProperties(message: unknown, proxySecrets: boolean): Record<string, unknown>;
};

interface Registration {
  request: RegisterResourceRequest;
  answer: RegisterResourceResponse;
}

/** Records what a run registers with a monitor for tests, in order. */
async function registrations<T>(run: () => Promise<T>): Promise<{ result: T; registered: Registration[] }> {
  const registered: Registration[] = [];
  const original = MockMonitor.prototype.registerResource;
  MockMonitor.prototype.registerResource = function (request, callback) {
    return original.call(this, request, (error: Error | null, answer?: RegisterResourceResponse) => {
      if (answer) registered.push({ request, answer });
      callback(error, answer);
    });
  };
  try {
    return { result: await run(), registered };
  } finally {
    MockMonitor.prototype.registerResource = original;
  }
}

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

/** Runs a program with a monitor for tests and gives its resources, connected as the engine connects them. */
export async function observe<T>(run: () => Promise<T>): Promise<{ result: T; planned: Planned[] }> {
  const { result, registered } = await registrations(run);
  const all = registered.map(planned);
  const byUrn = new Map(all.map(({ resource }) => [resource.urn, resource]));
  const known = (urns: string[]) => urns.flatMap((urn) => byUrn.get(urnOf(urn)) ?? []);
  for (const [index, { request }] of registered.entries()) {
    const { resource } = all[index];
    resource.parent = byUrn.get(urnOf(request.getParent()));
    resource.dependencies = known(request.getDependenciesList());
    for (const [property, sources] of request.getPropertydependenciesMap().entries())
      resource.propertyDependencies[property] = known(sources.getUrnsList());
  }
  return { result, planned: all };
}

/** Runs the pack's rules on the stack that index.ts declares. */
export async function judgeProgram(
  stack: string,
  overrides: Record<string, string> | undefined,
  config: PolicyConfig,
): Promise<{ resources: number; violations: Violation[]; warnings: string[] }> {
  const { result, planned: all } = await observe(() => runProgram(stack, overrides));
  const resources = all.filter(({ resource }) => resource.type !== "pulumi:pulumi:Stack").length;
  return { resources, violations: await judge(all, config), warnings: result.warnings };
}
