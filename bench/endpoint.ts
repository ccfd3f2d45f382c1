import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { message, type Sent } from "./message";

/** server.js in its process. */
export class Endpoint {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<Endpoint> {
    const child = fork(join(__dirname, "server.js"), {
      // Without ts-node, which this process's own options would load there.
      execArgv: [],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const { url } = await message<{ url: string }>(child);
    return new Endpoint(child, url);
  }

  /** Counts until `before`, and since then. */
  async sentSince(before: Sent): Promise<Sent> {
    this.child.send("sent?");
    const { records, bytes, billedBytes } = await message<Sent>(this.child);
    return {
      records: before.records + records,
      bytes: before.bytes + bytes,
      billedBytes: before.billedBytes + billedBytes,
    };
  }

  stop(): void {
    this.child.kill();
  }
}
