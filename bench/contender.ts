import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Endpoint } from "./endpoint";
import { message, type Sent } from "./message";

export interface Round {
  rawBytes: number;
  cpuMs: number;
  wallMs: number;
}

interface Reply extends Round {
  error?: string;
  firstCallMs: number;
  peakRss: number;
  sent?: Sent;
}

export interface ContenderOptions {
  handler: string;
  eventsFile: string;
  env: NodeJS.ProcessEnv;
  /** Limit of V8's old space. */
  heapMb?: number;
  /** Endpoint for the real SDK. The stub counts by itself. */
  endpoint?: Endpoint;
}

/** A handler in a process of its own. */
export class Contender {
  readonly rounds: Round[] = [];
  calls = 0;
  rawBytes = 0;
  peakRss = 0;
  sent: Sent = { records: 0, bytes: 0, billedBytes: 0 };

  private constructor(
    private readonly child: ChildProcess,
    private readonly endpoint: Endpoint | undefined,
  ) {}

  static async start({ handler, eventsFile, env, heapMb, endpoint }: ContenderOptions): Promise<Contender> {
    const child = fork(join(__dirname, "child.js"), [handler, eventsFile], {
      env,
      execArgv: heapMb === undefined ? [] : [`--max-old-space-size=${heapMb}`],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    await message(child);
    return new Contender(child, endpoint);
  }

  /** Loads the handler and calls it once. Returns the milliseconds that took. */
  async firstCall(): Promise<number> {
    return (await this.ask({})).firstCallMs;
  }

  /** Runs a warm-up round, whose figures are discarded. */
  async warmUp(calls: number): Promise<void> {
    await this.ask({ calls });
  }

  async round(calls: number): Promise<void> {
    const { rawBytes, cpuMs, wallMs } = await this.ask({ calls });
    this.rounds.push({ rawBytes, cpuMs, wallMs });
  }

  stop(): void {
    this.child.kill();
  }

  private async ask(what: { calls?: number }): Promise<Reply> {
    this.child.send(what);
    const reply = await message<Reply>(this.child);
    if (reply.error) throw new Error(reply.error);
    this.calls += what.calls ?? 1;
    this.rawBytes += reply.rawBytes;
    this.peakRss = reply.peakRss;
    this.sent = reply.sent ?? (await this.endpoint?.sentSince(this.sent)) ?? this.sent;
    return reply;
  }
}
