import { spawnSync } from "node:child_process";
import { chmodSync, lstatSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { link, unpack } from "./packed";

const ROOT = resolve(__dirname, "../..");

/** The command line's package where a package manager installed it: DuckDB is beside it, and nothing else. */
export const installed = (folder: string, tarball: string): string => {
  const at = join(folder, "node_modules/flowlogs");
  unpack(tarball, at);
  chmodSync(join(at, "flowlogs.js"), 0o755);
  link(join(ROOT, "node_modules/@duckdb"), join(folder, "node_modules/@duckdb"));
  return at;
};

/** The bytes of the files in a folder and below it. Links are not followed, so that nothing counts twice. */
export const bytesOf = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return bytesOf(path);
      return entry.isFile() ? lstatSync(path).size : 0;
    })
    .reduce((sum, bytes) => sum + bytes, 0);

/** Environment with Node.js and a shell only: an empty home, and a PATH with nothing else. */
export const bareMachine = (folder: string) => {
  const [bin, home] = [join(folder, "bin"), join(folder, "home")];
  for (const dir of [bin, home]) mkdirSync(dir);
  symlinkSync(process.execPath, join(bin, "node"));
  symlinkSync("/bin/sh", join(bin, "sh"));
  return { PATH: bin, HOME: home };
};

/** Runs a packaged command, on a machine of this environment. */
export const runInstalled = (at: string, cwd: string, env: NodeJS.ProcessEnv, args: string[], input = "") => {
  const { status, stdout, stderr } = spawnSync(join(at, "flowlogs.js"), args, {
    cwd,
    env,
    input,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
};
