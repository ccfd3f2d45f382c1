import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { type Deployment, type EngineEvent, LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { PROJECT_DIR } from "../../local/program";
import type { Cli } from "./cli";
import { Cloud } from "./cloud";
import { type Source, writeProject } from "./project";
import { type Result, toResult } from "./result";

const execute = promisify(execFile);

const POLICY = join(PROJECT_DIR, "policy");

/** Nothing here calls AWS; if something did, it would come as nobody. */
const NOBODY = {
  AWS_ACCESS_KEY_ID: "none",
  AWS_SECRET_ACCESS_KEY: "none",
  AWS_SESSION_TOKEN: "",
  AWS_PROFILE: "",
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  AWS_EC2_METADATA_DISABLED: "true",
};

/** Options of every command. */
interface CommandOptions {
  onEvent: (event: EngineEvent) => void;
  color: "never";
  signal: AbortSignal;
}

/** The engine waits for a plugin for as long as it takes; a command here takes seconds. In milliseconds. */
const TIME_LIMIT = 5 * 60_000;

/** A resource in the engine's state. */
export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  inputs?: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: outputs have the shape of each resource type
  outputs?: Record<string, any>;
}

/** Pulumi's engine with a stack that nothing but this run knows. */
export class Engine {
  private constructor(
    private readonly cli: Cli,
    readonly folder: string,
    private readonly stack: Stack,
  ) {}

  /** A new stack of index.ts, or of another program. */
  static async open(cli: Cli, stackName: string, source?: Source) {
    const folder = mkdtempSync(join(tmpdir(), `flow-log-analytics-${stackName}-`));
    writeProject(folder, cli, source);
    mkdirSync(join(folder, "state"));
    const options = {
      workDir: folder,
      pulumiHome: join(folder, "home"),
      pulumiCommand: cli.command,
      envVars: {
        ...NOBODY,
        PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: "for this run",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        FLOWS_ENGINE_LEDGER: join(folder, "ledger"),
        FLOWS_ENGINE_CLOUD: join(folder, "cloud"),
      },
    };
    return new Engine(cli, folder, await LocalWorkspace.createStack({ workDir: folder, stackName }, options));
  }

  preview = () => this.run((options) => this.stack.preview(options));

  previewWithPolicy = () => this.run((options) => this.stack.preview({ ...options, policyPacks: [POLICY] }));

  up = () => this.run((options) => this.stack.up(options));

  refresh = () => this.run((options) => this.stack.refresh(options));

  destroy = () => this.run((options) => this.stack.destroy(options));

  outputs = () => this.stack.outputs();

  /** A key with dots in it is a path. */
  configure = (key: string, value: string) => this.stack.setConfig(key, { value }, key.includes("."));

  unconfigure = (key: string) => this.stack.removeConfig(key);

  /** The calls that reached AWS since the last time, such as `delete aws:kms/key:Key flows-key`. */
  calls = (): string[] => {
    const ledger = join(this.folder, "ledger");
    if (!existsSync(ledger)) return [];
    const lines = readFileSync(ledger, "utf8").trim().split("\n");
    rmSync(ledger);
    return lines;
  };

  /** From here on S3 deletes no bucket: its objects are locked. */
  lock = () => this.set("FLOWS_ENGINE_LOCKED", "true");

  /** From here on AWS makes nothing of a type; or everything again, if there is none. */
  refuse = (type: string | undefined) => this.set("FLOWS_ENGINE_REFUSED", type);

  /** From here on a role can be used after so many calls that name it. */
  delayRoles = (calls: number) => this.set("FLOWS_ENGINE_LATE", String(calls));

  /** From here on so many calls for each operation on a resource come too fast for AWS. */
  throttle = (calls: number) => this.set("FLOWS_ENGINE_THROTTLES", String(calls));

  /** From here on AWS takes so many milliseconds to make something. */
  slow = (milliseconds: number) => this.set("FLOWS_ENGINE_PAUSE", String(milliseconds));

  /** All resources in AWS, also those that the engine did not make. */
  get cloud(): Cloud {
    return new Cloud(join(this.folder, "cloud"));
  }

  /** From here on the stack has another program. */
  become = (source: Source) => writeProject(this.folder, this.cli, source);

  /** Kills the CLI in the middle of an `up`, when AWS has made so many resources. */
  killed = async (resources: number): Promise<void> => {
    const up = this.stack.workspace.pulumiCommand.command;
    const args = ["up", "--yes", "--skip-preview", "--non-interactive", "--stack", this.stack.name];
    const child = spawn(up, args, { cwd: this.folder, env: this.environment, stdio: "ignore" });
    while (this.cloud.all().length < resources && child.exitCode === null) await sleep(200);
    assert.equal(child.exitCode, null, "up ended before it could be killed");
    child.kill("SIGKILL");
    await once(child, "exit");
  };

  /** Lifts the lock that a killed command left. */
  unlock = () => this.stack.cancel();

  /** Forgets a resource, which AWS goes on to have. */
  forget = async (urn: string): Promise<void> => {
    const exported = await this.stack.exportStack();
    const kept = exported.deployment.resources.filter((each: StateResource) => each.urn !== urn);
    await this.stack.importStack({ ...exported, deployment: { ...exported.deployment, resources: kept } });
  };

  /** Takes a resource that AWS has into the stack, as a child. */
  take = ({ type, name, id }: Record<"type" | "name" | "id", string>, parent: string) =>
    this.run(({ onEvent: _, ...options }) =>
      this.stack.import({
        ...options,
        resources: [{ type, name, id, parent: "flows" }],
        nameTable: { flows: parent },
        protect: false,
        generateCode: false,
      }),
    );

  /** The stack as Pulumi keeps it. */
  state = () => this.stack.exportStack();

  /** A stack as Pulumi kept it, and what AWS has of it. */
  restore = async (state: Deployment): Promise<void> => {
    await this.stack.importStack(state);
    const cloud = this.cloud;
    for (const { type, id, inputs = {}, outputs = {} } of await this.resources())
      if (id && type.startsWith("aws:")) cloud.put({ type, id, inputs, state: outputs });
  };

  /** The engine's state of each resource. */
  resources = async (): Promise<StateResource[]> =>
    (await this.stack.exportStack()).deployment.resources ?? [];

  /** From here on the program runs without a check of its types, which takes most of a command's time. */
  skipTypes = () => {
    this.stack.workspace.envVars.PULUMI_NODEJS_TRANSPILE_ONLY = "true";
  };

  /** Runs a command of the CLI in the project's folder. @throws Error with what it printed, if it fails */
  command = (...args: string[]) =>
    execute(this.cli.command.command, [...args, "--non-interactive"], {
      cwd: this.folder,
      env: this.environment,
    });

  close = () => rmSync(this.folder, { recursive: true, force: true });

  /** A variable of the environment that was set here. */
  get = (name: string): string | undefined => this.stack.workspace.envVars[name];

  /** Sets a variable of the environment of every command from here on; undefined takes it away. */
  set(name: string, value: string | undefined) {
    const { envVars } = this.stack.workspace;
    if (value === undefined) delete envVars[name];
    else envVars[name] = value;
  }

  private get environment(): NodeJS.ProcessEnv {
    const { envVars, pulumiHome } = this.stack.workspace;
    return { ...process.env, ...envVars, PULUMI_HOME: pulumiHome };
  }

  private async run(command: (options: CommandOptions) => Promise<unknown>): Promise<Result> {
    const events: EngineEvent[] = [];
    const onEvent = (event: EngineEvent) => events.push(event);
    try {
      await command({ onEvent, color: "never", signal: AbortSignal.timeout(TIME_LIMIT) });
      return toResult(events);
    } catch (error) {
      const errors = events.flatMap(({ diagnosticEvent: event }) =>
        event?.severity === "error" ? `${event.urn ?? ""} ${event.message}`.trim() : [],
      );
      // A command that does not get as far as the engine says so on its standard error alone, more than once.
      const said = errors.length > 0 ? errors : new Set(String(error).split("\n"));
      return { ...toResult(events), failure: [...said].join("\n") };
    }
  }
}
