import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type LineFigures, loggedFigures, noFigures } from "./figures";
import type { LakeFolder } from "./lake/folder";
import type { DeclaredResource } from "./program";

/** The result of one call. */
export interface InvocationResult {
  result?: unknown;
  error?: { errorType: string; errorMessage: string };
  /** Figures that the function logged. */
  figures: LineFigures;
}

/** Maximum bytes of a synchronous call's answer (Lambda quota). */
const ANSWER_BYTES = 6 * 1024 * 1024;

/**
 * Maximum size of V8's half-space for new objects in the function's process, in MB. V8 fills its own maximum of 16 only
 * after many events, so the process would grow with the number of lines.
 */
const SEMI_SPACE_MB = 8;

/** Writes a function's archive into a folder, as it would be uploaded. Returns its files and their sizes. */
export const unpackArchive = async (fn: DeclaredResource, dir: string): Promise<Record<string, number>> => {
  const sizes: Record<string, number> = {};
  const assets: Record<string, { text?: Promise<string> }> = await fn.inputs.code.assets;
  for (const [path, asset] of Object.entries(assets)) {
    if (asset.text === undefined)
      throw new Error(`${fn.name}: ${path} in the archive is not the callback's own code`);
    const text = await asset.text;
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
    sizes[path] = Buffer.byteLength(text);
  }
  return sizes;
};

/** Folder of the AWS SDK, which Lambda's Node.js runtime contains; here it is a package of the project. */
const runtimeModules = () =>
  dirname(dirname(dirname(require.resolve("@aws-sdk/client-firehose/package.json"))));

const failed = (errorType: string, errorMessage: string): InvocationResult => ({
  error: { errorType, errorMessage },
  figures: noFigures(),
});

/**
 * The function as declared: its archive in a process of its own, with the declared environment and Lambda's variables, and
 * none of this process. It handles one call at a time.
 */
export class LocalFunction {
  private process: ChildProcess | undefined;
  private stderr = "";
  private last: Promise<unknown> = Promise.resolve();
  private isStopped = false;
  invocations = 0;

  private constructor(
    readonly declared: DeclaredResource,
    private readonly dir: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  static async create(
    declared: DeclaredResource,
    where: { endpoint: string; region: string; lake: LakeFolder },
  ): Promise<LocalFunction> {
    const dir = where.lake.scratch(`function-${randomUUID()}`);
    const files = await unpackArchive(declared, dir);
    // Node.js goes by the nearest package.json. Lambda has none above the archive, but a lake in a project has.
    if (!("package.json" in files)) writeFileSync(join(dir, "package.json"), "{}");
    const environment = {
      ...declared.inputs.environment?.variables,
      AWS_REGION: where.region,
      AWS_LAMBDA_FUNCTION_NAME: declared.state.name,
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_ENDPOINT_URL_FIREHOSE: where.endpoint,
      NODE_PATH: runtimeModules(),
      NODE_NO_WARNINGS: "1",
    };
    return new LocalFunction(declared, dir, environment);
  }

  /** Makes a call once the earlier ones are answered. */
  call(event: object): Promise<InvocationResult> {
    const answer = this.last.then(() => this.attempt(event));
    this.last = answer.catch(() => {});
    return answer;
  }

  private async attempt(event: object): Promise<InvocationResult> {
    if (this.isStopped) throw new Error("the function is no longer there");
    this.invocations++;
    this.process ??= await this.start();
    const child = this.process;
    const timeout = this.declared.inputs.timeout * 1000;
    const answer = await new Promise<InvocationResult>((settle) => {
      const timer = setTimeout(() => {
        child.kill("SIGKILL");
        settle(failed("Sandbox.Timedout", `Task timed out after ${timeout / 1000} seconds`));
      }, timeout);
      const onExit = () => {
        clearTimeout(timer);
        settle(
          failed("Runtime.ExitError", `the function's process ended: ${this.stderr.trim().slice(-500)}`),
        );
      };
      child.once("exit", onExit);
      child.once("message", ({ log, ...outcome }: { log: string }) => {
        clearTimeout(timer);
        child.off("exit", onExit);
        settle({ ...outcome, figures: loggedFigures(log) });
      });
      child.send({ event, requestId: randomUUID(), deadline: Date.now() + timeout });
    });
    if (this.isStopped) throw new Error("the function was ended while it worked");
    if (child.exitCode !== null || child.signalCode !== null || child.killed) this.process = undefined;
    return Buffer.byteLength(JSON.stringify(answer.result) ?? "") > ANSWER_BYTES
      ? failed("Function.ResponseSizeTooLarge", `the answer is larger than ${ANSWER_BYTES} bytes`)
      : answer;
  }

  private start(): Promise<ChildProcess> {
    const handler = join(this.dir, `${this.declared.inputs.handler.split(".")[0]}.js`);
    const child = fork(join(__dirname, "lambda-runtime.js"), [handler], {
      cwd: this.dir,
      env: this.environment,
      execArgv: [
        `--max-old-space-size=${this.declared.inputs.memorySize}`,
        `--max-semi-space-size=${SEMI_SPACE_MB}`,
      ],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    child.stderr?.on("data", (chunk) => {
      this.stderr = `${this.stderr}${chunk}`.slice(-2000);
    });
    return new Promise((resolve, reject) => {
      child.once("message", () => resolve(child));
      child.once("exit", () =>
        reject(new Error(`the function does not start: ${this.stderr.trim().slice(-500)}`)),
      );
    });
  }

  /** Ends the process, which does not start again. */
  stop(): void {
    this.isStopped = true;
    this.process?.kill();
    this.process = undefined;
  }
}
