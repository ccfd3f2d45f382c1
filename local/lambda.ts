import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { EtlReport } from "../functions/etl";
import type { LakeFolder } from "./folder";
import type { DeclaredResource } from "./program";

interface Answer {
  result?: EtlReport;
  error?: { errorType: string; errorMessage: string };
}

/** Writes a function's archive into a folder, as it would be uploaded. Gives its files and their sizes. */
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

/** Lambda's Node.js runtime brings the AWS SDK; here it is the one installed beside the project. */
const runtimeModules = () =>
  dirname(dirname(dirname(require.resolve("@aws-sdk/client-firehose/package.json"))));

/**
 * The function as declared: the bytes of its archive in a process of its own, which has the declared environment and
 * what Lambda adds, and nothing of this process. Invoked as CloudWatch Logs does: asynchronously, with the declared
 * retries, and what still fails goes to the on-failure destination.
 */
export class LocalFunction {
  private process: ChildProcess | undefined;
  private stderr = "";
  invocations = 0;
  failedEvents = 0;

  private constructor(
    private readonly fn: DeclaredResource,
    private readonly failures: DeclaredResource,
    private readonly dir: string,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly lake: LakeFolder,
  ) {}

  static async create(
    fn: DeclaredResource,
    failures: DeclaredResource,
    where: { endpoint: string; region: string; lake: LakeFolder },
  ): Promise<LocalFunction> {
    const dir = where.lake.scratch(`function-${randomUUID()}`);
    await unpackArchive(fn, dir);
    const environment = {
      ...fn.inputs.environment.variables,
      AWS_REGION: where.region,
      AWS_LAMBDA_FUNCTION_NAME: fn.state.name,
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_ENDPOINT_URL_FIREHOSE: where.endpoint,
      NODE_PATH: runtimeModules(),
      NODE_NO_WARNINGS: "1",
    };
    return new LocalFunction(fn, failures, dir, environment, where.lake);
  }

  /** One asynchronous invocation, with its retries. Nothing comes back if all of them failed. */
  async invoke(event: object): Promise<EtlReport | undefined> {
    const attempts = 1 + (this.failures.inputs.maximumRetryAttempts ?? 2);
    let answer: Answer = {};
    for (let attempt = 1; attempt <= attempts; attempt++) {
      answer = await this.attempt(event);
      if (answer.result) return answer.result;
    }
    this.keepFailedEvent(event, answer, attempts);
    return undefined;
  }

  private async attempt(event: object): Promise<Answer> {
    this.invocations++;
    this.process ??= await this.start();
    const child = this.process;
    const timeout = this.fn.inputs.timeout * 1000;
    const answer = await new Promise<Answer>((settle) => {
      const fail = (errorType: string, errorMessage: string) =>
        settle({ error: { errorType, errorMessage } });
      const timer = setTimeout(() => {
        child.kill("SIGKILL");
        fail("Sandbox.Timedout", `Task timed out after ${timeout / 1000} seconds`);
      }, timeout);
      const onExit = () =>
        fail("Runtime.ExitError", `the function's process ended: ${this.stderr.trim().slice(-500)}`);
      child.once("exit", onExit);
      child.once("message", (message: Answer) => {
        clearTimeout(timer);
        child.off("exit", onExit);
        settle(message);
      });
      child.send({ event, requestId: randomUUID(), deadline: Date.now() + timeout });
    });
    if (child.exitCode !== null || child.signalCode !== null || child.killed) this.process = undefined;
    return answer;
  }

  private start(): Promise<ChildProcess> {
    const handler = join(this.dir, `${this.fn.inputs.handler.split(".")[0]}.js`);
    const child = fork(join(__dirname, "lambda-runtime.js"), [handler], {
      cwd: this.dir,
      env: this.environment,
      execArgv: [`--max-old-space-size=${this.fn.inputs.memorySize}`],
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

  /** As Lambda writes it to an S3 destination. */
  private keepFailedEvent(event: object, { error }: Answer, attempts: number): void {
    this.failedEvents++;
    const now = new Date().toISOString();
    const id = randomUUID();
    const file = this.lake.scratch(`failed-${id}.json`);
    writeFileSync(
      file,
      JSON.stringify({
        version: "1.0",
        timestamp: now,
        requestContext: {
          requestId: id,
          functionArn: `${this.fn.state.arn}:$LATEST`,
          condition: "RetriesExhausted",
          approximateInvokeCount: attempts,
        },
        requestPayload: event,
        responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
        responsePayload: error,
      }),
    );
    const day = now.slice(0, 10).replaceAll("-", "/");
    const time = now.slice(0, 19).replaceAll(":", ".");
    this.lake.put(`aws/lambda/async/${this.fn.state.name}/${day}/${time}-${id}`, file);
  }

  stop(): void {
    this.process?.kill();
    this.process = undefined;
  }
}
