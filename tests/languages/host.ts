import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/language_pb";
import { PackageDependency, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { answer, serve } from "../engine/plugin";
import { sdkAnswers } from "./sdk";

// Stands in for pulumi-language-python and pulumi-language-go, by the name that it is started by. The program itself runs
// as with Pulumi's: by the SDK's own script, or as Go built it.

const language = basename(process.argv[1]).replace("pulumi-language-", "");

/** Where the engine listens; it is the last argument. */
const engine = process.argv.at(-1) ?? "";

const settingsOf = (request: messages.RunRequest) => ({
  monitor: request.getMonitorAddress(),
  engine,
  organization: request.getOrganization(),
  project: request.getProject(),
  stack: request.getStack(),
  root_directory: request.getInfo()?.getRootDirectory() ?? request.getPwd(),
  dry_run: String(request.getDryrun()),
  parallel: String(request.getParallel()),
});

type Settings = ReturnType<typeof settingsOf>;

/** Starts a program in the folder, with the stack's configuration in its environment. */
const start = (command: string, args: string[], cwd: string, env: Record<string, string>): ChildProcess => {
  const child = spawn(command, args, {
    cwd,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  process.on("exit", () => child.kill());
  return child;
};

type Start = (folder: string, settings: Settings, env: Record<string, string>) => Promise<ChildProcess>;

const startPython: Start = async (folder, settings, env) => {
  const { FLOWS_ENGINE_PYTHON: python = "python3", FLOWS_ENGINE_PYTHON_EXEC: script = "" } = process.env;
  const flags = Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
  return start(python, [script, ...flags, `--pwd=${folder}`, "."], folder, env);
};

/** Pulumi's host builds the program as well. Here it is already built, so that building does not count against a command's timeout. */
const startGo: Start = async (folder, settings, env) => {
  const named = Object.entries(settings).map(([name, value]) => [`PULUMI_${name.toUpperCase()}`, value]);
  return start(join(folder, "program"), [], folder, { ...env, ...Object.fromEntries(named) });
};

const STARTS: Record<string, Start> = { python: startPython, go: startGo };

const run = async (request: messages.RunRequest) => {
  const folder = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
  const config = Object.fromEntries(request.getConfigMap().toObject());
  const child = await STARTS[language](folder, settingsOf(request), {
    PULUMI_CONFIG: JSON.stringify(config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  });
  const [code] = await once(child, "exit");
  const response = new messages.RunResponse();
  return code === 0 ? response : response.setError(`the program ended with code ${code}`);
};

/** The plugins that the SDKs of a program ask for, each in a file that the generator wrote. */
const getRequiredPackages = async (request: messages.GetRequiredPackagesRequest) => {
  const sdks = join(request.getInfo()?.getProgramDirectory() ?? ".", "sdks");
  const files = readdirSync(sdks, { recursive: true, encoding: "utf8" });
  const plugins = files.filter((file) => basename(file) === "pulumi-plugin.json");
  const packages = plugins.map((file) => {
    const { name, version, server = "" } = JSON.parse(readFileSync(join(sdks, file), "utf8"));
    return new PackageDependency().setName(name).setKind("resource").setVersion(version).setServer(server);
  });
  return new messages.GetRequiredPackagesResponse().setPackagesList(packages);
};

serve(LanguageRuntimeService, {
  getPluginInfo: answer(async () => new PluginInfo().setVersion("0.0.0")),
  getRequiredPackages: answer(getRequiredPackages),
  installDependencies: (call: { end(): void }) => call.end(),
  run: answer(run),
  ...sdkAnswers(language),
});
