import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { PROJECT_DIR } from "../../local/program";

/** The settings of docs/producers.md, with any port that is free. */
const OPTIONS = [
  "-c",
  "ingestion=DIRECT",
  "-c",
  "fields=default",
  "-c",
  "bufferingInterval=10",
  "--port",
  "0",
];

/** `flowlogs local`, as its users run it. */
export class Local {
  private constructor(
    private readonly child: ChildProcess,
    readonly endpoint: string,
    readonly region: string,
    readonly stream: string,
  ) {
    process.once("exit", () => child.kill("SIGKILL"));
  }

  static async start(lake: string): Promise<Local> {
    const args = [join(PROJECT_DIR, "cli/flowlogs.js"), "local", ...OPTIONS, "--json", "--lake", lake];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
    if (!child.stdout) throw new Error("flowlogs local has no output");
    const [line] = await Promise.race([
      once(createInterface(child.stdout), "line"),
      once(child, "exit").then(([code]) => {
        throw new Error(`flowlogs local ended with ${code}`);
      }),
    ]);
    const { endpoint, region, streams } = JSON.parse(line);
    return new Local(child, endpoint, region, streams[0].name);
  }

  /** Environment that leads a client to this endpoint. */
  get settings(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL_FIREHOSE: this.endpoint,
      AWS_REGION: this.region,
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    };
  }

  /** Flushes its buffers, and ends it. */
  async stop(): Promise<void> {
    this.child.kill("SIGINT");
    const [code] = await once(this.child, "exit");
    if (code !== 0) throw new Error(`flowlogs local ended with ${code}`);
  }
}
