import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { PROJECT_DIR } from "../../local/program";

/** Runs programs for the steps. Tests have one that plays them. */
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

export const realShell: Shell = {
  run(command, args, input) {
    const options = {
      cwd: PROJECT_DIR,
      encoding: "utf8",
      input,
      timeout: TIMEOUT,
      maxBuffer: 1 << 28,
    } as const;
    const { status, stdout, stderr, error } = spawnSync(command, args, options);
    if (status === 0) return stdout;
    const said = (stderr || stdout || error?.message || "").trim().split("\n").slice(-8).join("\n");
    throw new Error(`${command} ${args.slice(0, 3).join(" ")}: ${said}`);
  },
  wait: (seconds) => sleep(seconds * 1000),
};
