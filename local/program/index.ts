import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest, RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { setAllConfig } from "@pulumi/pulumi/runtime/config";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { disconnect, setMockOptions } from "@pulumi/pulumi/runtime/settings";
import { runInPulumiStack } from "@pulumi/pulumi/runtime/stack";
import { parse } from "yaml";
import type { Autonaming } from "./autonaming";
import { LocalProvider } from "./provider";
import { withRejections } from "./rejections";
import { collectWarnings } from "./warnings";

/** A resource that the program declares. */
export interface DeclaredResource {
  urn: string;
  type: string;
  name: string;
  /** Name of the parent; empty for the component, whose parent is the stack. */
  parent: string;
  // biome-ignore lint/suspicious/noExplicitAny: inputs have the shape of each resource type's own arguments
  inputs: Record<string, any>;
  /** Inputs and what AWS would add: name, id, ARN. */
  // biome-ignore lint/suspicious/noExplicitAny: as inputs
  state: Record<string, any>;
}

/** The resources that index.ts declares for a stack. */
export interface Program {
  project: string;
  stack: string;
  region: string;
  /** The stack's `pulumi:autonaming`; Pulumi's default, if absent. */
  autonaming?: Autonaming;
  /** The resources, in the order in which the program declares them. */
  resources: DeclaredResource[];
  /** All registrations, in the order of the answers. */
  registrations: Registration[];
  /** Tokens of the provider's functions that the program called, each once. */
  invokes: string[];
  outputs: Record<string, unknown>;
  /** Warnings that `pulumi up` would print. */
  warnings: string[];
}

/** A registration of a resource in Pulumi's wire format, and the monitor's answer. */
export interface Registration {
  request: RegisterResourceRequest;
  answer: RegisterResourceResponse;
}

/** The stack or its configuration is invalid. */
export class ProgramError extends Error {}

/** Returns the nearest folder with a Pulumi.yaml, from one upwards. */
const projectAbove = (dir: string): string =>
  existsSync(join(dir, "Pulumi.yaml")) || dirname(dir) === dir ? dir : projectAbove(dirname(dir));

/** The project's folder: Pulumi.yaml, the stacks' configurations and package.json are in it. */
export const PROJECT_DIR = projectAbove(__dirname);

/** Pulumi passes configuration to programs as text, and other values as JSON. */
const asText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

const readYaml = (file: string) => parse(readFileSync(join(PROJECT_DIR, file), "utf8")) ?? {};

const stackConfig = (project: string, defaults: Record<string, { default?: unknown }>, stack: string) => {
  const file = `Pulumi.${stack}.yaml`;
  if (!existsSync(join(PROJECT_DIR, file))) {
    const stacks = readdirSync(PROJECT_DIR).flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
    throw new ProgramError(
      `there is no stack "${stack}" (${file}); the stacks here are ${stacks.join(" and ")}`,
    );
  }
  const declared = Object.entries(defaults).map(([key, { default: value }]) => [`${project}:${key}`, value]);
  return { ...Object.fromEntries(declared), ...readYaml(file).config };
};

/** Callbacks that answer the program's requests. */
type Registered = (error: Error | null, answer?: RegisterResourceResponse) => void;

/** Pulumi's monitor for tests, which also records registrations. */
class RecordingMonitor extends MockMonitor {
  readonly recorded: DeclaredResource[] = [];
  readonly registrations: Registration[] = [];
  readonly invoked = new Set<string>();

  constructor(provider: LocalProvider) {
    super({
      call: async (args) => {
        this.invoked.add(args.token);
        return provider.call(args);
      },
      newResource: async (args) => {
        const result = args.custom ? provider.newResource(args) : { id: undefined, state: {} };
        // Keeps the inputs before serialization, which turns an archive into a plain object.
        this.pending.set(`${args.type} ${args.name}`, {
          inputs: args.inputs ?? {},
          state: { ...result.state, id: result.id },
        });
        return result;
      },
    });
  }

  private readonly pending = new Map<string, Pick<DeclaredResource, "inputs" | "state">>();

  override async registerResource(request: RegisterResourceRequest, callback: Registered): Promise<void> {
    const [type, name] = [request.getType(), request.getName()];
    await super.registerResource(request, (error, answer) => {
      if (answer) this.registrations.push({ request, answer });
      const pending = this.pending.get(`${type} ${name}`);
      if (answer && pending && type !== "pulumi:pulumi:Stack") {
        const [parentType, parent] = request.getParent().split("::").slice(2);
        this.recorded.push({
          // The monitor for tests writes the stack's type into URNs. The engine does not.
          urn: answer.getUrn().replace("pulumi:pulumi:Stack$", ""),
          type,
          name,
          parent: parentType === "pulumi:pulumi:Stack" ? "" : parent,
          ...pending,
        });
      }
      callback(error, answer);
    });
  }
}

/**
 * Runs index.ts for a stack without AWS, the Pulumi CLI or a network, and returns the resources that it declares.
 * `overrides` replaces configuration values of the project (without its name in front), or others (with their namespace,
 * such as `pulumi:autonaming`).
 */
export const runProgram = async (
  stack: string,
  overrides: Record<string, unknown> = {},
): Promise<Program> => {
  const { name: project, config: defaults } = readYaml("Pulumi.yaml");
  const config: Record<string, unknown> = stackConfig(project, defaults, stack);
  for (const [key, value] of Object.entries(overrides))
    config[key.includes(":") ? key : `${project}:${key}`] = value;
  const region = String(config["aws:region"] ?? "us-east-1");
  const autonaming = config["pulumi:autonaming"] as Autonaming | undefined;
  const provider = new LocalProvider(region, autonaming, { project, stack });
  const monitor = new RecordingMonitor(provider);
  const order: string[] = [];

  setMockOptions(monitor, project, stack);
  setAllConfig(Object.fromEntries(Object.entries(config).map(([key, value]) => [key, asText(value)])));
  // Pulumi packs a function's dependencies by the package.json above the working directory.
  const cwd = process.cwd();
  process.chdir(PROJECT_DIR);
  // Pulumi formats a stack trace for each promise. Three frames are enough, and faster.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 3;
  try {
    // An error thrown inside would also reject Pulumi's own promises, which nobody awaits, and end the process.
    let failure: unknown;
    const run = () =>
      runInPulumiStack(async () => {
        pulumi.runtime.registerStackTransformation(({ type, name }) => {
          order.push(`${type} ${name}`);
          return undefined;
        });
        const entry = require.resolve("../../index");
        delete require.cache[entry];
        try {
          return { ...require(entry) };
        } catch (error) {
          failure = error;
          return {};
        }
      });
    const { result: outputs, warnings } = await collectWarnings(() =>
      withRejections(async () => {
        const exported = await run();
        await disconnect();
        return exported;
      }),
    );
    if (failure) throw failure;
    const { excesses } = provider.limits;
    if (excesses.length > 0) throw new ProgramError(excesses.join("\n"));
    const place = new Map(order.map((key, n) => [key, n]));
    const rank = (r: DeclaredResource) => place.get(`${r.type} ${r.name}`) ?? -1;
    return {
      project,
      stack,
      region,
      autonaming,
      resources: monitor.recorded.sort((a, b) => rank(a) - rank(b)),
      registrations: monitor.registrations,
      invokes: [...monitor.invoked].sort(),
      outputs: outputs ?? {},
      warnings,
    };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    process.chdir(cwd);
  }
};
