import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { cached } from "./cache";

/** A tool cannot run on this machine, for a reason outside this project. */
export class MissingTool extends Error {}

/** In milliseconds. Some downloads have a gigabyte. */
const TIMEOUT = 20 * 60_000;

/** @throws MissingTool with the last lines of what the program printed, if it fails or is not there. */
export const runTool = (command: string, args: string[], what: string): void => {
  const { status, error, stderr, stdout } = spawnSync(command, args, {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    timeout: TIMEOUT,
  });
  if (status === 0) return;
  const last = (stderr || stdout || error?.message || "").trim().split("\n").slice(-3).join("\n  ");
  throw new MissingTool(`${what}:\n  ${last}`);
};

/**
 * Returns a Python that has these packages, installed once into an environment of its own in the user's cache. The folder's
 * name says their versions, so that others get another folder.
 * @throws MissingTool if Python or its index of packages is not there.
 */
export const findPython = (name: string, packages: string[], log: (line: string) => void): string => {
  const root = cached(name, (folder) => {
    log(`installing ${packages.join(", ")} with pip, once, into the user's cache`);
    runTool("python3", ["-m", "venv", folder], "Python could not make a virtual environment");
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages];
    runTool(join(folder, "bin/python"), pip, `pip could not install ${packages.join(", ")}`);
  });
  return join(root, "bin/python");
};
