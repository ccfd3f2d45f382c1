import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { peerDependencies } from "../../package.json";
import { makeProject, pack, runProject } from "./packed";

// Installs the package as a consumer does, with npm and with pnpm from their registry, and compares the function's
// archive. Not part of npm test, because it needs the network.

const EXAMPLES = resolve(__dirname, "../../examples");
const INSTALL: Record<string, string[]> = {
  npm: ["npm", "install", "--no-audit", "--no-fund"],
  pnpm: ["npx", "--yes", "pnpm@10", "add"],
};

const run = ([command, ...args]: string[], cwd: string) =>
  execFileSync(command, args, { cwd, stdio: ["ignore", "inherit", "inherit"] });

const isReachable = () => {
  try {
    run(["npm", "ping", "--fetch-retries=0", "--fetch-timeout=10000"], ".");
    return true;
  } catch {
    return false;
  }
};

/** Checks the types of an example against those of the installed package, as Pulumi's own compiler options have it. */
const checkTypes = (project: string) => {
  cpSync(join(EXAMPLES, "minimal/index.ts"), join(project, "minimal.ts"));
  const compilerOptions = { strict: true, noEmit: true, module: "nodenext", target: "es2020", types: [] };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["minimal.ts"] }));
  run([process.execPath, require.resolve("typescript/bin/tsc"), "-p", "."], project);
};

const main = () => {
  if (!isReachable()) {
    console.log("skipped: the registry cannot be reached");
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "flow-logs-"));
  try {
    const tarball = pack(folder);
    const peers = Object.entries(peerDependencies).map(([name, range]) => `${name}@${range}`);
    const archives = Object.entries(INSTALL).map(([manager, install]) => {
      const project = join(folder, manager);
      makeProject(project, {});
      run([...install, tarball, ...peers], project);
      checkTypes(project);
      const archive = runProject(project);
      console.log(`${manager}: ${Object.keys(archive)} from ${basename(tarball)}`);
      return archive;
    });
    assert.deepEqual(archives[0], archives[1]);
    console.log("the same bytes under npm and pnpm");
  } finally {
    rmSync(folder, { recursive: true });
  }
};

main();
