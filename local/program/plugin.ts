import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { ConstructRequest, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ProgramError } from "./declared";
import type { Project } from "./project";

/** A package of components, as Pulumi's engine runs it. */
export interface Plugin {
  construct(request: ConstructRequest): Promise<ConstructResponse>;
  stop(): void;
}

const MANIFEST = "PulumiPlugin.yaml";
const isPath = (source: string) => /^[./]/.test(source);

/** Folders of plugins that Pulumi has installed and that are this package. */
const installed = (name: string): string[] => {
  const folder = join(process.env.PULUMI_HOME ?? join(homedir(), ".pulumi"), "plugins");
  if (!existsSync(folder)) return [];
  const isIt = (dir: string) =>
    existsSync(join(dir, MANIFEST)) &&
    JSON.parse(readFileSync(join(dir, "package.json"), "utf8")).name === name;
  return readdirSync(folder)
    .filter((entry) => entry.startsWith("resource-") && !entry.endsWith(".lock"))
    .map((entry) => join(folder, entry))
    .filter(isIt);
};

/** The folder of a package of components that a project uses; absent for the package of a provider. */
export const pluginFolder = ({ dir, manifest }: Project, name: string): string | undefined => {
  const named = manifest.packages?.[name] as string | { source?: string } | undefined;
  const source = typeof named === "object" ? named.source : named;
  const path = manifest.plugins?.providers?.find((provider) => provider.name === name)?.path;
  const given = path ?? (source && isPath(source) ? source : undefined);
  if (given) return resolve(dir, given);
  const [found, ...others] = installed(name);
  if (others.length > 0)
    throw new ProgramError(
      `Pulumi has ${name} installed ${others.length + 1} times; name the folder of the one to run under packages in ${join(dir, "Pulumi.yaml")}`,
    );
  if (!found && source)
    throw new ProgramError(
      `${name} comes from ${source}, which is not installed; run pulumi install in ${dir}`,
    );
  return found;
};

const sdkOf = (folder: string): string => {
  try {
    return createRequire(join(folder, "index.js")).resolve("@pulumi/pulumi/cmd/run-plugin");
  } catch {
    throw new ProgramError(`the package in ${folder} has no @pulumi/pulumi; run npm install there`);
  }
};

/** Starts a package as Pulumi's host of Node.js programs does. */
export const startPlugin = async (folder: string, cwd: string, engine: string): Promise<Plugin> => {
  const child = spawn(process.execPath, [sdkOf(folder), folder, engine], {
    cwd,
    stdio: ["ignore", "pipe", process.stderr],
  });
  const kill = () => child.kill();
  process.once("exit", kill);
  const port = once(createInterface(child.stdout), "line").then(([line]) => line);
  const died = once(child, "exit").then(([code]) => {
    throw new ProgramError(`the package in ${folder} ended with code ${code}`);
  });
  const address = `127.0.0.1:${await Promise.race([port, died])}`;
  died.catch(() => {});
  const client = new ResourceProviderClient(address, credentials.createInsecure(), {
    "grpc.max_receive_message_length": -1,
  });
  return {
    construct: (request) =>
      new Promise((done, fail) => {
        client.construct(request, (error, response) => (error ? fail(error) : done(response)));
      }),
    stop: () => {
      client.close();
      process.off("exit", kill);
      kill();
    },
  };
};
