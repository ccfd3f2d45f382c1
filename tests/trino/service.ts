import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A port of this machine that was free a moment ago. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
};

interface Start {
  command: string;
  args: string[];
  env?: Record<string, string>;
  /** File for its output. */
  log: string;
  /** Returns true once it answers. */
  isReady: () => Promise<boolean>;
  seconds: number;
}

/** A program that runs beside the tests, and ends with them. */
export class Service {
  private constructor(private readonly child: ChildProcess) {
    process.once("exit", () => this.child.kill("SIGKILL"));
  }

  static async start({ command, args, env, log, isReady, seconds }: Start): Promise<Service> {
    const file = openSync(log, "a");
    const child = spawn(command, args, {
      stdio: ["ignore", file, file],
      env: { ...process.env, ...env },
    });
    closeSync(file);
    const service = new Service(child);
    let failure: Error | undefined;
    child.once("error", (error) => {
      failure = error;
    });
    const end = Date.now() + seconds * 1000;
    while (!(await isReady().catch(() => false))) {
      const ended = failure ?? (child.exitCode === null ? undefined : `it ended with ${child.exitCode}`);
      if (ended === undefined && Date.now() < end) {
        await sleep(250);
        continue;
      }
      await service.stop();
      const last = readFileSync(log, "utf8").trim().split("\n").slice(-5).join("\n  ");
      throw new Error(`${command} did not start: ${ended ?? `no answer in ${seconds} s`}\n  ${last}`);
    }
    return service;
  }

  async stop(): Promise<void> {
    if (this.child.pid === undefined || this.child.exitCode !== null || this.child.signalCode !== null)
      return;
    const ended = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await ended;
  }
}
