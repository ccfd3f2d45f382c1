import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { PROJECT_DIR } from "../../local/program";

/** Runs programs for the steps. Tests replace it with a stand-in. */
export interface Shell {
  /**
   * Runs a program in the project's folder and returns what it prints.
   * @throws Error with the last lines of its standard error, if it fails.
   */
  run(command: string, args: string[], input?: string): string;
  wait(seconds: number): Promise<void>;
}

/** In milliseconds: the longest is `pulumi up`. */
const TIMEOUT = 15 * 60_000;

interface Options {
  input?: string;
  env?: NodeJS.ProcessEnv;
}

/** Runs a program in a folder. @throws Error with the last lines of its standard error, if it fails */
export const runIn = (cwd: string, command: string, args: string[], options: Options = {}): string => {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    ...options,
    cwd,
    encoding: "utf8",
    timeout: TIMEOUT,
    maxBuffer: 1 << 28,
  });
  if (status === 0) return stdout;
  const said = (stderr || stdout || error?.message || "").trim().split("\n").slice(-8).join("\n");
  throw new Error(`${command} ${args.slice(0, 3).join(" ")}: ${said}`);
};

export const realShell: Shell = {
  run: (command, args, input) => runIn(PROJECT_DIR, command, args, { input }),
  wait: (seconds) => sleep(seconds * 1000),
};
