import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";

/** A third party's package of which the command line carries files. */
export interface Carried {
  name: string;
  version: string;
  license: string;
  /** The address of its sources. */
  from: string;
  /** Its files with the words of its licence, by their paths in it. */
  texts: string[];
}

const FOLDER = "node_modules";
const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;
const LICENCE = /^(licen[cs]e|notice|copying|copyright)/i;

/** Pulumi's shim prefers a TypeScript that is installed near it, of whatever version. The package has one alone. */
const SHIM = `// Changed by flow-log-analytics: loads the TypeScript that @pulumi/pulumi carries, and no other.
module.exports = require("./vendor/typescript@3.8.3/typescript.js");
`;
const PULUMI = "@pulumi/pulumi";
const VENDOR = "vendor/typescript@3.8.3";
const OF_VENDOR = ["typescript.js", "LICENSE.txt", "CopyrightNotice.txt", "ThirdPartyNoticeText.txt"];
/** Pulumi carries it without its package.json. */
const TYPESCRIPT: Carried = {
  name: "typescript",
  version: "3.8.3",
  license: "Apache-2.0",
  from: "https://github.com/microsoft/TypeScript",
  texts: OF_VENDOR.slice(1),
};

const folderOf = (file: string): string | undefined => PACKAGE.exec(file)?.[1];

/** The package.json files above a file, down from its package's own: they say how Node reads it. */
const manifestsOf = (file: string, folder: string): string[] => {
  const above = [];
  for (let dir = dirname(file); dir.startsWith(folder); dir = dirname(dir))
    above.push(join(dir, "package.json"));
  return above.filter((manifest) => existsSync(manifest));
};

const licencesOf = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isFile() && LICENCE.test(entry.name) && !/\.[cm]?[jt]s$/.test(entry.name) ? [entry.name] : [],
  );

/** The forms in which package.json names a repository: an object, an address, or an owner and a name at GitHub. */
const addressOf = (repository: { url: string } | string | undefined): string => {
  const text = typeof repository === "object" ? repository.url : (repository ?? "");
  const [, path] = /^(?:github:)?([\w.-]+\/[\w.-]+)$/.exec(text) ?? [];
  if (path) return `https://github.com/${path}`;
  return text
    .replace(/^(git\+)?(ssh:\/\/git@|git@|git:\/\/|https?:\/\/)/, "https://")
    .replace("github.com:", "github.com/")
    .replace(/\.git$/, "");
};

const carried = (folder: string): Carried => {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const { name, version, license, licenses, repository } = manifest;
  const named = license?.type ?? license ?? licenses?.map(({ type }: { type: string }) => type).join(" or ");
  return {
    name,
    version: version.replace(/^v/, ""),
    license: named ?? "not said",
    from: addressOf(repository),
    texts: licencesOf(folder),
  };
};

/** Copies files of packages to where Node finds them for a program in `to`, as their authors wrote them. */
export const carry = (files: Iterable<string>, root: string, to: string): Carried[] => {
  const folders = new Set<string>();
  const copies = new Set<string>();
  for (const file of files) {
    const folder = folderOf(file);
    if (!folder) continue;
    folders.add(folder);
    for (const one of [file, ...manifestsOf(file, folder)]) copies.add(one);
  }
  for (const folder of folders) for (const name of licencesOf(folder)) copies.add(join(folder, name));
  const modules = realpathSync(join(root, FOLDER));
  for (const name of OF_VENDOR) copies.add(join(modules, PULUMI, VENDOR, name));
  for (const file of copies) {
    const target = join(to, FOLDER, relative(modules, file));
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(file, target);
  }
  writeFileSync(join(to, FOLDER, PULUMI, "typescript-shim.js"), SHIM);
  return [...[...folders].map(carried), TYPESCRIPT].sort((a, b) => (a.name < b.name ? -1 : 1));
};
