import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join, resolve } from "node:path";
import { peerDependencies } from "../../package.json";
import { bareMachine, bytesOf } from "./command-line";
import { makeProject, runProject } from "./packed";

const ROOT = resolve(__dirname, "../..");
const EXAMPLES = join(ROOT, "examples");
const SAMPLE = join(ROOT, "tests/samples/delivered-v2.log.gz");
const INSTALL: Record<string, string[]> = {
  npm: ["npm", "install", "--no-audit", "--no-fund"],
  pnpm: ["npx", "--yes", "pnpm@10", "add"],
};

const run = ([command, ...args]: string[], cwd: string, env: NodeJS.ProcessEnv = process.env) =>
  execFileSync(command, args, { cwd, env, stdio: ["ignore", "pipe", "inherit"], encoding: "utf8" });

/** An empty project, in which a package manager has installed these packages. */
const install = (folder: string, manager: string, packages: string[], env?: NodeJS.ProcessEnv) => {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, "package.json")))
    writeFileSync(join(folder, "package.json"), '{"private":true}');
  run([...INSTALL[manager], ...packages], folder, env);
};

/** Checks the types of an example against those of the installed package, as Pulumi's own compiler options have it. */
const checkTypes = (project: string) => {
  cpSync(join(EXAMPLES, "minimal/index.ts"), join(project, "minimal.ts"));
  const compilerOptions = { strict: true, noEmit: true, module: "nodenext", target: "es2020", types: [] };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["minimal.ts"] }));
  run([process.execPath, require.resolve("typescript/bin/tsc"), "-p", "."], project);
};

/** The component: the same function under both package managers. */
export const useComponent = (folder: string, tarball: string) => {
  const peers = Object.entries(peerDependencies).map(([name, range]) => `${name}@${range}`);
  const archives = Object.keys(INSTALL).map((manager) => {
    const project = join(folder, "component", manager);
    makeProject(project, {});
    install(project, manager, [tarball, ...peers]);
    checkTypes(project);
    const archive = runProject(project);
    console.log(`${manager}: ${Object.keys(archive)} from ${basename(tarball)}`);
    return archive;
  });
  assert.deepEqual(archives[0], archives[1]);
  console.log("the same bytes under npm and pnpm");
};

/** Programs that the script needs which pnpm writes for each command. */
const FOR_PNPM = ["sed", "dirname", "uname"];
const pathOf = (name: string) =>
  execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();

/** A machine with Node.js, npm, npx and a shell, what pnpm's scripts need, and nothing in its home. */
const machineWithNpm = (folder: string): NodeJS.ProcessEnv => {
  mkdirSync(folder, { recursive: true });
  const machine = bareMachine(folder);
  const { npm_config_registry, NPM_CONFIG_REGISTRY } = process.env;
  for (const name of ["npm", "npx", ...FOR_PNPM]) symlinkSync(pathOf(name), join(machine.PATH, name));
  return {
    ...machine,
    ...(npm_config_registry && { npm_config_registry }),
    ...(NPM_CONFIG_REGISTRY && { NPM_CONFIG_REGISTRY }),
  };
};

/** The command line: an installation below its limit, in which a file becomes an answer. */
export const useCommandLine = (folder: string, tarball: string) => {
  const env = machineWithNpm(join(folder, "machine"));
  for (const manager of Object.keys(INSTALL)) {
    const project = join(folder, "cli", manager);
    install(project, manager, [tarball], env);
    const bytes = bytesOf(join(project, "node_modules"));
    assert.ok(bytes < 120e6, `${bytes} bytes`);
    assert.ok(!readdirSync(join(project, "node_modules")).includes("typescript"));
    const began = Date.now();
    const flowlogs = join(project, "node_modules/.bin/flowlogs");
    assert.ok(JSON.parse(run([flowlogs, "run", SAMPLE, "--json"], project, env)).rows > 0);
    assert.match(run([flowlogs, "query", "top-talkers", "--csv"], project, env), /^srcaddr,bytes,/);
    console.log(
      `${manager}: ${Math.round(bytes / 1e6)} MB, an answer after ${(Date.now() - began) / 1000} s`,
    );
  }
  cpSync(tarball, join(folder, "cli", basename(tarball)));
  const version = run(["npx", "--yes", `./${basename(tarball)}`, "--version"], join(folder, "cli"), env);
  assert.equal(version.trim(), JSON.parse(readFileSync(join(ROOT, "cli/package.json"), "utf8")).version);
  console.log(`npx ./${basename(tarball)}: ${version.trim()}`);
};

/** The policy pack: its command checks the configuration of this project. */
export const usePolicyPack = (folder: string, tarball: string) => {
  for (const manager of Object.keys(INSTALL)) {
    const project = join(folder, "policy", manager);
    install(project, manager, [tarball]);
    cpSync(join(ROOT, "policy-config.json"), join(project, "config.json"));
    run([join(project, "node_modules/.bin/flowlogs-policy"), "check", "config.json"], project);
    console.log(`${manager}: flowlogs-policy check`);
  }
};

/** The examples: npm install as their READMEs say, in a checkout that has its packages. */
export const useExamples = (folder: string) => {
  const examples = join(folder, "checkout/examples");
  for (const name of readdirSync(examples).filter((each) =>
    existsSync(join(examples, each, "package.json")),
  )) {
    run(["npm", "install", "--no-audit", "--no-fund"], join(examples, name));
    const { dependencies } = JSON.parse(readFileSync(join(examples, name, "package.json"), "utf8"));
    for (const dependency of Object.keys(dependencies))
      assert.ok(existsSync(join(examples, name, "node_modules", dependency, "package.json")), dependency);
    console.log(`examples/${name}: npm install`);
  }
};
