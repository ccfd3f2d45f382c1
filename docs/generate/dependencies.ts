import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DECISIONS, LICENCES, USES } from "./dependency-uses";
import { table } from "./markdown";

const ROOT = join(__dirname, "../..");
const json = (path: string) => JSON.parse(readFileSync(join(ROOT, path), "utf8"));

/** A package in package-lock.json. */
export interface Locked {
  name: string;
  version: string;
  license?: string;
  /** True if only the development of this project installs it. */
  dev?: boolean;
  optional?: boolean;
}

/** Returns the packages of package-lock.json, without those of the repository itself. */
export const lockedPackages = (): Locked[] =>
  Object.entries<Omit<Locked, "name"> & { link?: boolean }>(json("package-lock.json").packages)
    .filter(([path, { link }]) => path.includes("node_modules/") && !link)
    .map(([path, locked]) => ({ ...locked, name: path.slice(path.lastIndexOf("node_modules/") + 13) }));

/** Returns the names of the direct dependencies of all workspaces. */
export const directDependencies = (): string[] => {
  const manifests = ["package.json", "cli/package.json", "console/package.json", "policy/package.json"].map(
    json,
  );
  const ours = manifests.map(({ name }) => name);
  const names = manifests.flatMap(
    ({ dependencies = {}, devDependencies = {}, peerDependencies = {}, optionalDependencies = {} }) =>
      Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies, ...optionalDependencies }),
  );
  return [...new Set(names)].filter((name) => !ours.includes(name)).sort();
};

/** Folders that do not count: other packages, and esbuild's program, which is a link to that of its platform's package or not. */
const LEFT_OUT = ["node_modules", "esbuild/bin"];

/** Adds up the bytes of a package's own files. */
const bytesOf = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const path = join(folder, entry.name);
      if (LEFT_OUT.some((end) => path.endsWith(`/${end}`))) return 0;
      return entry.isDirectory() ? bytesOf(path) : statSync(path).size;
    })
    .reduce((sum, bytes) => sum + bytes, 0);

/** Returns bytes with two digits: `9.4 MB`, `75 kB`. */
const sizeOf = (bytes: number): string => {
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "kB"] : [bytes / 1e6, "MB"];
  return `${Number(value.toPrecision(2))} ${unit}`;
};

/** Returns the owner and name of a package's repository, as a link. */
const keeperOf = (repository: string | { url?: string } = ""): string => {
  const url = typeof repository === "string" ? repository : (repository.url ?? "");
  const [, short] = /^(?:github:)?([\w.-]+\/[\w.-]+)$/.exec(url) ?? [];
  const [, host, keeper] = /([\w.-]+\.\w+)[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(url) ?? [];
  if (short) return `[${short}](https://github.com/${short})`;
  return keeper ? `[${keeper}](https://${host}/${keeper})` : "";
};

const ORDER = ["stack", "command line", "policy pack", "build", "tests"];

/** Prints the direct dependencies. */
export const dependencyTable = (): string => {
  const rows = directDependencies().map((name) => {
    const { version, license, repository } = json(`node_modules/${name}/package.json`);
    const { place, use } = USES[name] ?? { place: "tests", use: "" };
    const size = sizeOf(bytesOf(join(ROOT, "node_modules", name)));
    return [`\`${name}\``, version.replace(/^v/, ""), place, use, license, keeperOf(repository), size];
  });
  rows.sort(([, , a], [, , b]) => ORDER.indexOf(a) - ORDER.indexOf(b));
  return table(["package", "version", "ends up in", "for what, and why", "licence", "kept by", "size"], rows);
};

/** Prints the packages by licence: of all, and of those that are not for development alone. */
export const licenceTable = (): string => {
  const packages = lockedPackages();
  const licences = [...new Set(packages.map(({ license }) => license ?? "none"))].sort();
  const count = (licence: string, of: Locked[]) =>
    String(of.filter(({ license = "none" }) => license === licence).length);
  const shipped = packages.filter(({ dev }) => !dev);
  return table(
    ["licence", "packages", "of these, not for development alone"],
    licences.map((licence) => [licence, count(licence, packages), count(licence, shipped)]),
  );
};

/** Prints the packages whose licence is not one that any package may have, each with the decision. */
export const decisionTable = (): string => {
  const odd = lockedPackages().filter(({ license }) => !LICENCES.includes(license ?? "none"));
  const names = [...new Set(odd.map(({ name }) => name))].sort();
  return table(
    ["package", "licence", "decision"],
    names.map((name) => [`\`${name}\``, DECISIONS[name]?.licence ?? "", DECISIONS[name]?.decision ?? ""]),
  );
};
