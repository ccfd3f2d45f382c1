import { type ChildProcess, fork } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { EtlReport } from "../../functions/etl";
import { unpackArchive } from "../../local/lambda";
import { runProgram } from "../../local/program";

/** The function's result: its report, its records, or its error. */
export interface Answer<Result = EtlReport> {
  result?: Result;
  error?: { errorType: string; errorMessage: string };
}

const RUNTIME = resolve(__dirname, "../../local/lambda-runtime.js");
const SDK = dirname(dirname(dirname(require.resolve("@aws-sdk/client-firehose/package.json"))));

/** Runs the function from its archive, in a process with this environment only. */
export class DeployedFunction {
  private constructor(
    private readonly dir: string,
    private readonly child: ChildProcess,
  ) {
    child.stdout?.on("data", (chunk) => {
      this.printed += chunk;
    });
  }

  /** Its log. */
  printed = "";

  /** With `flags`, the options of the Node.js that runs it. */
  static async start(
    endpoint: string,
    environment: NodeJS.ProcessEnv,
    flags: string[] = [],
  ): Promise<DeployedFunction> {
    const { resources } = await runProgram("dev", { fields: "default" });
    const fn = resources.find((r) => r.type === "aws:lambda/function:Function");
    if (!fn) throw new Error("the program declares no function");
    const dir = mkdtempSync(join(tmpdir(), "etl-"));
    await unpackArchive(fn, dir);
    const env = {
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "key",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_ENDPOINT_URL_FIREHOSE: endpoint,
      NODE_PATH: SDK,
      NODE_NO_WARNINGS: "1",
      ...environment,
    };
    const child = fork(RUNTIME, [join(dir, "__index.js")], {
      cwd: dir,
      env,
      execArgv: flags,
      stdio: ["ignore", "pipe", "ignore", "ipc"],
    });
    await new Promise((ready, fail) => {
      child.once("message", ready);
      child.once("exit", (code, signal) => fail(new Error(`the function does not start: ${code ?? signal}`)));
    });
    return new DeployedFunction(dir, child);
  }

  invoke<Result = EtlReport>(event: object, timeout = 60_000): Promise<Answer<Result>> {
    return new Promise((settle, reject) => {
      this.child.once("exit", (code, signal) => reject(new Error(`the function ended: ${code ?? signal}`)));
      this.child.once("message", (answer: Answer<Result>) => settle(answer));
      this.child.send({ event, requestId: "r", deadline: Date.now() + timeout });
    });
  }

  /** The most memory that its process has had, in bytes; 0 where the system does not say. */
  get peakBytes(): number {
    const status = `/proc/${this.child.pid}/status`;
    const [, kilobytes = "0"] =
      /VmHWM:\s+(\d+)/.exec(existsSync(status) ? readFileSync(status, "utf8") : "") ?? [];
    return Number(kilobytes) * 1024;
  }

  stop(): void {
    this.child.kill();
    rmSync(this.dir, { recursive: true });
  }
}

/** How an endpoint answers one call: takes all, refuses some entries, refuses the call, or hangs up. */
export type Fault = "none" | { entries: (n: number) => boolean } | { status: number; type: string } | "reset";

/** A Firehose that answers call after call as its schedule says, and keeps what it took. */
export class FaultyFirehose {
  readonly taken: string[] = [];
  readonly calls: number[] = [];
  private readonly server: Server;
  url = "";

  constructor(public schedule: Fault[] = []) {
    this.server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const records: { Data: string }[] = JSON.parse(Buffer.concat(chunks).toString()).Records;
      this.calls.push(records.length);
      const fault = this.schedule.shift() ?? "none";
      if (fault === "reset") {
        request.socket.destroy();
        return;
      }
      if (typeof fault === "object" && "status" in fault) {
        response.writeHead(fault.status, { "content-type": "application/x-amz-json-1.1" });
        response.end(JSON.stringify({ __type: fault.type, message: "said the test" }));
        return;
      }
      const refused = (n: number) => typeof fault === "object" && fault.entries(n);
      const entries = records.map(({ Data }, n) => {
        if (refused(n)) return { ErrorCode: "ServiceUnavailableException", ErrorMessage: "Slow down." };
        this.taken.push(Buffer.from(Data, "base64").toString("utf8"));
        return { RecordId: String(n) };
      });
      response.writeHead(200, { "content-type": "application/x-amz-json-1.1" });
      const FailedPutCount = entries.filter((e) => "ErrorCode" in e).length;
      response.end(JSON.stringify({ FailedPutCount, RequestResponses: entries }));
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((ready) => this.server.listen(0, "127.0.0.1", ready));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Forgets what it took and starts a new schedule. */
  reset(schedule: Fault[]): void {
    this.schedule = schedule;
    this.taken.length = 0;
    this.calls.length = 0;
  }

  rows(): Record<string, unknown>[] {
    return this.taken.flatMap((data) =>
      data
        .trimEnd()
        .split("\n")
        .map((row) => JSON.parse(row)),
    );
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
