import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { SubscriptionEvent } from "../functions/decode";
import type { EtlReport } from "../functions/etl";
import { message } from "./message";
import { REAL_SDK } from "./workplace";

interface Answer {
  rss?: number;
  result?: EtlReport;
  error?: { errorMessage: string };
}

/** The declared timeout, in milliseconds. */
const TIMEOUT = 60_000;

/** The function in one process for the whole soak, like a sandbox of Lambda. Its memory is sampled all the time. */
export class SoakedFunction {
  /** Resident bytes, once a second. */
  readonly rss: number[] = [];
  failures = 0;

  private constructor(private readonly child: ChildProcess) {
    child.on("message", ({ rss }: Answer) => {
      if (rss !== undefined) this.rss.push(rss);
    });
  }

  static async start(handler: string, endpoint: string): Promise<SoakedFunction> {
    const env = {
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "key",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_ENDPOINT_URL_FIREHOSE: endpoint,
      DELIVERY_STREAM_NAME: "stream",
      NODE_PATH: REAL_SDK,
      NODE_NO_WARNINGS: "1",
    };
    const child = fork(join(__dirname, "../local/lambda-runtime.js"), [handler], {
      env,
      execArgv: ["-r", join(__dirname, "rss.js"), "--max-old-space-size=512"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    await message(child);
    return new SoakedFunction(child);
  }

  /** Sends an event, with Lambda's two retries. Returns undefined if all tries failed. */
  async invoke(event: SubscriptionEvent): Promise<EtlReport | undefined> {
    for (let attempt = 1; attempt <= 3; attempt++) {
      const { result, error } = await this.attempt(event);
      if (result) return result;
      this.failures++;
      process.stderr.write(`${error?.errorMessage}\n`);
    }
    return undefined;
  }

  private attempt(event: SubscriptionEvent): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const settle = (end: () => void) => {
        clearTimeout(timer);
        this.child.off("message", onMessage);
        this.child.off("exit", onExit);
        end();
      };
      // A report of memory may come at any moment, also between two events.
      const onMessage = (answer: Answer) => {
        if (answer.result ?? answer.error) settle(() => resolve(answer));
      };
      const fail = (what: string) => settle(() => reject(new Error(`the function's process ${what}`)));
      const onExit = () => fail("ended");
      const timer = setTimeout(() => fail("does not answer"), TIMEOUT + 5_000);
      this.child.on("message", onMessage);
      this.child.once("exit", onExit);
      this.child.send({ event, requestId: "soak", deadline: Date.now() + TIMEOUT });
    });
  }

  stop(): void {
    this.child.kill();
  }
}
