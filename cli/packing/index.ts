import { copyFileSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { description, license, version } from "../../package.json";
import { type Carried, carry } from "./modules";
import { reachableFrom } from "./requires";

// Makes what `npm pack` puts into the command line's package: the program as the checkout runs it, and the modules that it
// loads. Only DuckDB is installed beside it.

const CLI = resolve(__dirname, "..");
const ROOT = resolve(CLI, "..");

/** The files that start processes or are loaded by name. */
const ENTRIES = ["cli/index.js", "index.js", "local/lambda-runtime.js"];
const PROJECT = /^Pulumi(\..+)?\.yaml$/;

const dataIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(sql|json)$/.test(name) && name.includes("/"))
    .map((name) => join(folder, name));

/** Copies the compiled program's files. */
const copyProgram = (built: string, files: Iterable<string>, to: string) => {
  for (const file of files) {
    const target = join(to, relative(built, file));
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(file, target);
  }
  for (const name of readdirSync(ROOT).filter((file) => PROJECT.test(file)))
    copyFileSync(join(ROOT, name), join(to, name));
  // Pulumi packs functions by it, and it says the version.
  const manifest = { name: "flow-log-analytics", version, description, license, private: true };
  writeFileSync(join(to, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
};

const INTRODUCTION = `# Software of others in this package

The command line carries files of these packages, each as its authors wrote it. Only \`typescript-shim.js\` of
@pulumi/pulumi is changed, and says so. The words of a licence are beside the files, in
\`dist/program/node_modules/<package>\`; TypeScript's are in Pulumi's \`vendor/typescript@3.8.3\`. A package without
such a file is under the licence that it names: Apache-2.0 is LICENSE here, and the others are at
https://spdx.org/licenses/. \`dist/program/policy/NOTICE\` says where the policy pack's data comes from, and
\`dist/program/console/assets/licences.txt\` has the licences of what the console's scripts are bundled of.

| package | version | licence | from | words |
| --- | --- | --- | --- | --- |
`;

const row = ({ name, version: of, license: under, from, texts }: Carried) =>
  `| ${[name, of, under, from, texts.join(", ")].join(" | ")} |`;

/** Makes dist/program, and the list of what of others is in it. */
export const assemble = (cli: string): Carried[] => {
  const built: string = require(join(CLI, "build.js")).build();
  const to = join(cli, "dist/program");
  rmSync(to, { recursive: true, force: true });
  const reached = [...reachableFrom(ENTRIES.map((entry) => join(built, entry)))];
  const own = reached.filter((file) => file.startsWith(`${built}/`));
  copyProgram(built, [...own, ...dataIn(built)], to);
  const others = carry(
    reached.filter((file) => !file.startsWith(`${built}/`)),
    ROOT,
    to,
  );
  cpSync(join(built, "console/assets"), join(to, "console/assets"), { recursive: true });
  cpSync(join(ROOT, "policy/NOTICE"), join(to, "policy/NOTICE"));
  writeFileSync(join(cli, "dist/THIRD-PARTY.md"), `${INTRODUCTION}${others.map(row).join("\n")}\n`);
  return others;
};

if (require.main === module) assemble(CLI);
