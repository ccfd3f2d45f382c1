import { type SpawnOptions, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { status as grpc, type ServerWritableStream } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/language_pb";
import { PackageDependency, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { sdkAnswers } from "../languages/sdk";
import { answer, serve } from "./plugin";

// Stands in for pulumi-language-nodejs where the CLI was built without it: starts the SDK's own entry points, which do
// the work, in the way that Pulumi's does.

/** Where the engine listens; it is the last argument. */
const engine = process.argv.at(-1) ?? "";

/** Starts an entry point of the SDK that the program has, which does not outlive this process. */
const start = (name: string, folder: string, args: string[], options: SpawnOptions) => {
  const module = require.resolve(`@pulumi/pulumi/cmd/${name}`, { paths: [folder] });
  const child = spawn(process.execPath, [module, ...args], { cwd: folder, ...options });
  process.on("exit", () => child.kill());
  return child;
};

/** Exit code of a program that has already reported its error (cmd/run). */
const ALREADY_LOGGED = 32;

const run = async (request: messages.RunRequest) => {
  const info = request.getInfo();
  const folder = info?.getProgramDirectory() ?? request.getPwd();
  const options = {
    monitor: request.getMonitorAddress(),
    engine,
    organization: request.getOrganization(),
    project: request.getProject(),
    stack: request.getStack(),
    "root-directory": info?.getRootDirectory(),
    pwd: request.getPwd(),
    parallel: request.getParallel(),
    ...(request.getDryrun() ? { "dry-run": true } : {}),
  };
  const flags = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const args = [...flags, info?.getEntryPoint() || ".", ...request.getArgsList()];
  const child = start("run", folder, args, {
    // The engine shows the program's output.
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toObject())),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      PULUMI_NODEJS_TYPESCRIPT: "true",
    },
  });
  const [code] = await once(child, "exit");
  const response = new messages.RunResponse();
  if (code === ALREADY_LOGGED) return response.setBail(true);
  return code === 0 ? response : response.setError(`the program ended with code ${code}`);
};

/** The SDK's entry point for each kind of plugin, and the arguments that it takes. */
const entryPoint = (kind: string, folder: string, args: string[]): [name: string, args: string[]] =>
  kind === "resource" ? ["run-plugin", [folder, ...args]] : ["run-policy-pack", [...args, folder]];

/** Starts a policy pack or a component's plugin. The engine reads the port from its output. */
const runPlugin = async (
  call: ServerWritableStream<messages.RunPluginRequest, messages.RunPluginResponse>,
) => {
  const folder = call.request.getInfo()?.getProgramDirectory() ?? call.request.getPwd();
  const env = Object.fromEntries(call.request.getEnvList().map((pair) => pair.split(/=(.*)/s).slice(0, 2)));
  const [name, args] = entryPoint(call.request.getKind(), folder, call.request.getArgsList());
  const child = start(name, folder, args, { env });
  call.on("cancelled", () => child.kill());
  child.stdout?.on("data", (data) => call.write(new messages.RunPluginResponse().setStdout(data)));
  child.stderr?.on("data", (data) => call.write(new messages.RunPluginResponse().setStderr(data)));
  const [code] = await once(child, "close");
  call.write(new messages.RunPluginResponse().setExitcode(code ?? 1));
  call.end();
};

const getRequiredPackages = async () => {
  const { version } = require("@pulumi/aws/package.json");
  const aws = new PackageDependency().setName("aws").setKind("resource").setVersion(version);
  return new messages.GetRequiredPackagesResponse().setPackagesList([aws]);
};

const getPluginInfo = async () => new PluginInfo().setVersion("0.0.0");

/** Installs the packages of a cloned plugin with npm, as Pulumi's host does. A checkout has them already. */
const installDependencies = (
  call: ServerWritableStream<messages.InstallDependenciesRequest, messages.InstallDependenciesResponse>,
) => {
  const folder = call.request.getInfo()?.getProgramDirectory() ?? ".";
  if (!call.request.getIsPlugin() || existsSync(join(folder, "node_modules"))) {
    call.end();
    return;
  }
  // The life's proxy serves its repository only, so npm must not use it.
  const { HTTPS_PROXY: _, ...env } = process.env;
  const args = ["install", "--loglevel=error", "--production", "--prefer-offline", "--no-audit", "--no-fund"];
  const { status, stderr } = spawnSync("npm", args, { cwd: folder, encoding: "utf8", env });
  if (status === 0) call.end();
  else call.emit("error", { code: grpc.UNKNOWN, message: `npm ${args.join(" ")}: ${stderr}` });
};

serve(LanguageRuntimeService, {
  getPluginInfo: answer(getPluginInfo),
  getRequiredPackages: answer(getRequiredPackages),
  run: answer(run),
  runPlugin,
  installDependencies,
  ...sdkAnswers("nodejs"),
});
