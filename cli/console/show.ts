import { spawn } from "node:child_process";
import { ConsoleError, startConsole } from "../../console/server";
import { UsageError } from "../usage";

/** The command that opens an address in the browser, by the operating system. */
const OPENERS: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
  linux: ["xdg-open"],
};

/** Opens the browser where there is one. Without, the printed address is enough. */
const openBrowser = (url: string): void => {
  const [command, ...args] = OPENERS[process.platform] ?? [];
  if (command === undefined) return;
  spawn(command, [...args, url], { stdio: "ignore", detached: true })
    .on("error", () => {})
    .unref();
};

/** Resolves at Ctrl-C or another request to end. */
const ended = () =>
  new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => resolve());
  });

/** Serves the console until somebody ends it. */
export const show = async (options: { lake: string; port: number; open: boolean }): Promise<void> => {
  const end = ended();
  const running = await startConsole({ dir: options.lake, port: options.port }).catch((error) => {
    throw error instanceof ConsoleError ? new UsageError(error.message) : error;
  });
  process.stdout.write(`${running.url}\n`);
  process.stderr.write(`the console over ${options.lake}, for this machine alone; Ctrl-C ends it\n`);
  if (options.open && process.stdout.isTTY) openBrowser(running.url);
  await end;
  await running.close();
};
