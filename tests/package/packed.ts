import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { entriesOf } from "./tarball";

const ROOT = resolve(__dirname, "../..");
const NAME = "flow-log-analytics";
const PEERS = ["@pulumi/aws", "@pulumi/pulumi"];
const NOT_COPIED = ["node_modules", "dist", ".git"];
/** Folders of runs, on top of the checkout. */
const OF_RUNS = ["lake", "demo-lake", "coverage"].map((name) => join(ROOT, name));

const isCopied = (path: string) => !NOT_COPIED.includes(basename(path)) && !OF_RUNS.includes(path);

/**
 * Packs a package from a copy of the checkout, to keep its build untouched, and returns the tarball: of the component, or
 * that of a workspace.
 */
export const pack = (folder: string, workspace = "."): string => {
  const copy = join(folder, "checkout");
  if (!existsSync(copy)) {
    cpSync(ROOT, copy, { recursive: true, filter: isCopied });
    symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  }
  const [{ filename }] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--offline", "--pack-destination", folder], {
      cwd: join(copy, workspace),
      env: { ...process.env, npm_config_update_notifier: "false" },
      stdio: ["ignore", "pipe", "ignore"],
      encoding: "utf8",
    }),
  );
  return join(folder, filename);
};

/** The files of a tarball, by their path in the package. */
export const filesOf = (tarball: string): string[] =>
  entriesOf(tarball)
    .map(([path]) => path)
    .sort();

/** Writes the files of a tarball into a folder, as an installation does. */
export const unpack = (tarball: string, folder: string) => {
  for (const [path, content] of entriesOf(tarball)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
};

/** Links a path to a folder elsewhere. */
export const link = (target: string, path: string) => {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
};

/** How each package manager lays out a project that has the package and its peers, and nothing else. */
export const LAYOUTS: Record<string, (project: string, tarball: string) => void> = {
  npm: (project, tarball) => {
    for (const peer of PEERS) link(join(ROOT, "node_modules", peer), join(project, "node_modules", peer));
    unpack(tarball, join(project, "node_modules", NAME));
  },
  pnpm: (project, tarball) => {
    const store = join(project, "node_modules/.pnpm", `${NAME}@0.1.0`, "node_modules");
    for (const peer of PEERS) {
      link(join(ROOT, "node_modules", peer), join(store, peer));
      link(join(store, peer), join(project, "node_modules", peer));
    }
    unpack(tarball, join(store, NAME));
    link(join(store, NAME), join(project, "node_modules", NAME));
  },
};

/** A user's project in JavaScript that has the component. */
export const makeProject = (project: string, dependencies: Record<string, string>) => {
  mkdirSync(project, { recursive: true });
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({ name: "acme-network", version: "1.0.0", dependencies }),
  );
  cpSync(join(__dirname, "consumer.js"), join(project, "index.js"));
};

/** Runs the project's program and gives the function's archive. */
export const runProject = (project: string): Record<string, string> => {
  execFileSync(process.execPath, ["index.js"], { cwd: project, stdio: ["ignore", "ignore", "inherit"] });
  return JSON.parse(readFileSync(join(project, "archive.json"), "utf8"));
};
