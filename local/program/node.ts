import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { ProgramError } from "./declared";
import type { Project } from "./project";
import type { Ran, Run } from "./run";
import { serveMonitor, type Wire } from "./wire";

/** Returns the folder in which Pulumi runs a program: the one that Pulumi.yaml names, or that of the file that it names. */
const entryOf = ({ dir, manifest: { main } }: Project): { pwd: string; entry: string } => {
  if (!main) return { pwd: dir, entry: "." };
  const path = join(dir, main);
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory();
  return isFolder ? { pwd: path, entry: "." } : { pwd: dirname(path), entry: basename(path) };
};

/** The entry point of the SDK that the project has installed. */
const sdkOf = (folder: string): string => {
  try {
    return createRequire(join(folder, "index.js")).resolve("@pulumi/pulumi/cmd/run");
  } catch {
    throw new ProgramError(`the program in ${folder} has no @pulumi/pulumi; run npm install there`);
  }
};

const environment = ({ dir, options }: Project, config: Record<string, string>): NodeJS.ProcessEnv => ({
  ...process.env,
  PULUMI_CONFIG: JSON.stringify(config),
  PULUMI_CONFIG_SECRET_KEYS: "[]",
  PULUMI_NODEJS_TYPESCRIPT: String(options.typescript ?? true),
  ...(options.tsconfig ? { PULUMI_NODEJS_TSCONFIG_PATH: join(dir, String(options.tsconfig)) } : {}),
});

/** Starts the program as Pulumi's host of Node.js programs does, and waits for its end. */
const start = async ({ project, stack, config }: Run, { address }: Wire): Promise<number | null> => {
  const { pwd, entry } = entryOf(project);
  const flags = {
    monitor: address,
    engine: address,
    organization: "organization",
    project: project.name,
    stack,
    "root-directory": project.dir,
    pwd,
    parallel: 16,
    // Like `pulumi preview`: values from AWS are unknown.
    "dry-run": true,
  };
  const options = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
  const nodeArgs = String(project.options.nodeargs ?? "")
    .split(/\s+/)
    .filter(Boolean);
  const child = spawn(process.execPath, [...nodeArgs, sdkOf(pwd), ...options, entry], {
    cwd: pwd,
    env: environment(project, config),
    // Standard output is for data, so the program's output goes to standard error.
    stdio: ["ignore", process.stderr, process.stderr],
  });
  const onExit = () => child.kill();
  process.once("exit", onExit);
  const [code] = await once(child, "exit");
  process.off("exit", onExit);
  return code;
};

/** Runs a program in TypeScript or JavaScript with the Pulumi that its project has installed. */
export const runNode = async (run: Run): Promise<Ran> => {
  const wire = await serveMonitor(run.monitor);
  try {
    const code = await start(run, wire);
    const { errors, outputs, warnings } = wire;
    if (code !== 0 || errors.length > 0) {
      const why = errors.join("\n") || `it ended with code ${code}`;
      throw new ProgramError(`the program in ${run.project.dir} fails: ${why}`);
    }
    return { outputs, warnings };
  } finally {
    wire.stop();
  }
};
