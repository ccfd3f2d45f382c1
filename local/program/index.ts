import type { Autonaming } from "./autonaming";
import { runBundled } from "./bundled";
import { type Program, ProgramError } from "./declared";
import { runElsewhere } from "./elsewhere";
import { RecordingMonitor } from "./monitor";
import { PROJECT_DIR, readProject, stackConfig } from "./project";
import { LocalProvider } from "./provider";

export { type DeclaredResource, type Program, ProgramError, type Registration } from "./declared";
export { PROJECT_DIR } from "./project";

/** Pulumi passes configuration to programs as text, and other values as JSON. */
const asText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

/** The stack's configuration with these values in place of its own. */
const configFor = (project: string, config: Record<string, unknown>, overrides: Record<string, unknown>) => {
  const all = { ...config };
  for (const [key, value] of Object.entries(overrides))
    all[key.includes(":") ? key : `${project}:${key}`] = value;
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
};

/**
 * Runs a program for a stack without AWS, the Pulumi CLI or a network, and gives what it declares: index.ts, or the
 * program of the Pulumi project in a folder. `overrides` replaces configuration values of the project (without its name in
 * front), or others (with their namespace, such as `pulumi:autonaming`).
 */
export const runProgram = async (
  stack: string,
  overrides: Record<string, unknown> = {},
  folder = PROJECT_DIR,
): Promise<Program> => {
  const project = readProject(folder);
  const config = configFor(project.name, stackConfig(project, stack), overrides);
  const region = String(config["aws:region"] ?? "us-east-1");
  const autonaming = config["pulumi:autonaming"] as Autonaming | undefined;
  const provider = new LocalProvider(region, autonaming, { project: project.name, stack });
  const monitor = new RecordingMonitor(provider);
  const texts = Object.fromEntries(Object.entries(config).map(([key, value]) => [key, asText(value)]));
  const run = folder === PROJECT_DIR ? runBundled : runElsewhere;
  const { outputs, warnings } = await run({ project, stack, config: texts, monitor });
  const { excesses } = provider.limits;
  if (excesses.length > 0) throw new ProgramError(excesses.join("\n"));
  return {
    project: project.name,
    stack,
    region,
    autonaming,
    resources: monitor.recorded,
    registrations: monitor.registrations,
    invokes: [...monitor.invoked].sort(),
    outputs,
    warnings,
  };
};
