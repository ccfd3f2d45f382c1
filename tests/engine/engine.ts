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

/** Credentials that AWS would reject. Nothing here calls AWS. */
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

/** Timeout of a command, in milliseconds. The engine itself waits for a plugin without limit; a command here takes seconds. */
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

/** Pulumi's engine with a stack of this run alone. */
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

  /** Returns the calls that reached AWS since the last call of this, such as `delete aws:kms/key:Key flows-key`. */
  calls = (): string[] => {
    const ledger = join(this.folder, "ledger");
    if (!existsSync(ledger)) return [];
    const lines = readFileSync(ledger, "utf8").trim().split("\n");
    rmSync(ledger);
    return lines;
  };

  /** Makes S3 refuse to delete buckets, as if their objects were locked. */
  lock = () => this.set("FLOWS_ENGINE_LOCKED", "true");

  /** Makes AWS refuse to create a type; without a type, AWS creates everything again. */
  refuse = (type: string | undefined) => this.set("FLOWS_ENGINE_REFUSED", type);

  /** Makes services accept a role only after this many calls that name it. */
  delayRoles = (calls: number) => this.set("FLOWS_ENGINE_LATE", String(calls));

  /** Makes AWS throttle this many calls of each operation on a resource. */
  throttle = (calls: number) => this.set("FLOWS_ENGINE_THROTTLES", String(calls));

  /** Makes AWS take this many milliseconds to create a resource. */
  slow = (milliseconds: number) => this.set("FLOWS_ENGINE_PAUSE", String(milliseconds));

  /** All resources in AWS, also those that the engine did not make. */
  get cloud(): Cloud {
    return new Cloud(join(this.folder, "cloud"));
  }

  /** Replaces the stack's program. */
  become = (source: Source) => writeProject(this.folder, this.cli, source);

  /** Kills the CLI during an `up`, when AWS has created this many resources. */
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

  /** Deletes a resource from the state. AWS keeps it. */
  forget = async (urn: string): Promise<void> => {
    const exported = await this.stack.exportStack();
    const kept = exported.deployment.resources.filter((each: StateResource) => each.urn !== urn);
    await this.stack.importStack({ ...exported, deployment: { ...exported.deployment, resources: kept } });
  };

  /** Imports a resource of AWS into the stack, as a child. */
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

  /** The stack's deployment in Pulumi's state. */
  state = () => this.stack.exportStack();

  /** A stack's deployment in Pulumi's state, and its resources in AWS. */
  restore = async (state: Deployment): Promise<void> => {
    await this.stack.importStack(state);
    const cloud = this.cloud;
    for (const { type, id, inputs = {}, outputs = {} } of await this.resources())
      if (id && type.startsWith("aws:")) cloud.put({ type, id, inputs, state: outputs });
  };

  /** The engine's state of each resource. */
  resources = async (): Promise<StateResource[]> =>
    (await this.stack.exportStack()).deployment.resources ?? [];

  /** Turns off type checking of the program, which takes most of a command's time. */
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

  /** Sets an environment variable of every later command; undefined removes it. */
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
      // A command that fails before it reaches the engine reports that on standard error only, several times.
      const said = errors.length > 0 ? errors : new Set(String(error).split("\n"));
      return { ...toResult(events), failure: [...said].join("\n") };
    }
  }
}
