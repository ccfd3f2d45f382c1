import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { PROJECT_DIR } from "../../local/program";
import type { Cli } from "./cli";
import { writeExecutable } from "./plugin";

/** A program in YAML: what its Pulumi.yaml has beside the project's name, and the folder of the program that runs it. */
export interface YamlProgram {
  host: string;
  program: { variables?: object; resources: object; outputs?: object };
}

/** A program in a language that a stand-in runs, in the project's own folder. */
export interface LanguageProgram {
  language: string;
}

/** The path of a program of this checkout, or one in another language; absent for index.ts. */
export type Source = string | YamlProgram | LanguageProgram | undefined;

const COMMITTED = parse(readFileSync(join(PROJECT_DIR, "Pulumi.yaml"), "utf8"));

const node = (main: string, plugins: string, cli: Cli) => ({
  ...COMMITTED,
  main: resolve(PROJECT_DIR, main),
  plugins: {
    providers: [{ name: "aws", path: plugins }],
    languages: cli.needsLanguageHost ? [{ name: "nodejs", path: plugins }] : [],
  },
});

/** The component is a plugin, which Pulumi starts from the checkout's PulumiPlugin.yaml. */
const yaml = ({ host, program }: YamlProgram, plugins: string, cli: Cli) => ({
  name: COMMITTED.name,
  runtime: "yaml",
  plugins: {
    providers: [
      { name: "aws", path: plugins },
      { name: COMMITTED.name, path: PROJECT_DIR },
    ],
    languages: [
      { name: "yaml", path: host },
      ...(cli.needsLanguageHost ? [{ name: "nodejs", path: plugins }] : []),
    ],
  },
  ...program,
});

/** Plugins of languages and the component are not listed here. A program in another language finds them as users' programs do. */
const other = ({ language }: LanguageProgram, plugins: string) => ({
  name: COMMITTED.name,
  runtime: language,
  plugins: { providers: [{ name: "aws", path: plugins }] },
});

const projectOf = (source: Source, plugins: string, cli: Cli) => {
  if (typeof source !== "object") return node(source ?? COMMITTED.main ?? ".", plugins, cli);
  return "host" in source ? yaml(source, plugins, cli) : other(source, plugins);
};

/** Writes a project into a folder of its own, with the stand-ins for plugins: the checkout stays as it is. */
export const writeProject = (folder: string, cli: Cli, source: Source) => {
  const plugins = join(folder, "plugins");
  writeExecutable(plugins, "pulumi-resource-aws", "provider");
  if (cli.needsLanguageHost) writeExecutable(plugins, "pulumi-language-nodejs", "language");
  writeFileSync(join(folder, "Pulumi.yaml"), stringify(projectOf(source, plugins, cli)));
  for (const file of readdirSync(PROJECT_DIR).filter((name) => /^Pulumi\..+\.yaml$/.test(name))) {
    cpSync(join(PROJECT_DIR, file), join(folder, file));
  }
};
