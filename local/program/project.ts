import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { ProgramError } from "./declared";

/** A value that Pulumi.yaml declares for the configuration: a default, a value, or the value itself. */
type ConfigDeclaration = { default?: unknown; value?: unknown } | string | number | boolean | unknown[];

/** The part of a Pulumi.yaml that decides how a program runs. */
interface Manifest {
  name: string;
  runtime: string | { name: string; options?: Record<string, unknown> };
  main?: string;
  stackConfigDir?: string;
  config?: Record<string, ConfigDeclaration> | string;
  packages?: Record<string, unknown>;
  plugins?: { providers?: { name: string; path: string }[] };
}

/** A Pulumi project: a folder with a Pulumi.yaml. */
export interface Project {
  dir: string;
  name: string;
  runtime: string;
  options: Record<string, unknown>;
  manifest: Manifest;
}

const FILES = ["Pulumi.yaml", "Pulumi.yml"];

/** The nearest folder, from one upwards, that has a Pulumi.yaml, as Pulumi looks for it. */
export const projectAbove = (dir: string): string | undefined => {
  if (FILES.some((name) => existsSync(join(dir, name)))) return dir;
  return dirname(dir) === dir ? undefined : projectAbove(dirname(dir));
};

/** The project of this command line: Pulumi.yaml, the stacks' configurations and package.json are in it. */
export const PROJECT_DIR = projectAbove(__dirname) ?? __dirname;

const readYaml = (file: string) => {
  try {
    return parse(readFileSync(file, "utf8")) ?? {};
  } catch (error) {
    throw new ProgramError(`${file}: ${error instanceof Error ? error.message : error}`);
  }
};

/** Reads the project in a folder. */
export const readProject = (folder: string): Project => {
  const dir = resolve(folder);
  const file = FILES.map((name) => join(dir, name)).find((path) => existsSync(path));
  if (!file) throw new ProgramError(`${dir} is no Pulumi project: it has no Pulumi.yaml`);
  const manifest: Manifest = readYaml(file);
  const { name, runtime } = manifest;
  if (typeof name !== "string" || !runtime)
    throw new ProgramError(`${file} must name a project and a runtime`);
  const { name: language, options = {} } = typeof runtime === "object" ? runtime : { name: runtime };
  return { dir, name, runtime: language, options, manifest };
};

const settingIn = (declared: ConfigDeclaration): unknown => {
  if (typeof declared !== "object" || declared === null || Array.isArray(declared)) return declared;
  return declared.value ?? declared.default;
};

/** Returns the configuration in Pulumi.yaml. A name without a namespace belongs to the project. */
const defaultsOf = ({ name, manifest: { config = {} } }: Project): Record<string, unknown> =>
  typeof config === "string"
    ? {}
    : Object.fromEntries(
        Object.entries(config).map(([key, declared]) => [
          key.includes(":") ? key : `${name}:${key}`,
          settingIn(declared),
        ]),
      );

const folderOfStacks = ({ dir, manifest }: Project): string => {
  const { stackConfigDir, config } = manifest;
  return join(dir, stackConfigDir ?? (typeof config === "string" ? config : "."));
};

/** The names of the project's stacks that have a configuration. */
export const stacksOf = (project: Project): string[] => {
  const folder = folderOfStacks(project);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => /^Pulumi\.(.+)\.ya?ml$/.exec(name)?.[1] ?? []);
};

/** The configuration of a stack by full names, with what Pulumi.yaml sets. */
export const stackConfig = (project: Project, stack: string): Record<string, unknown> => {
  const stacks = stacksOf(project);
  // Pulumi keeps a stack without configuration in no file.
  if (stacks.length === 0) return defaultsOf(project);
  // A stack may be named with its organization and project.
  const file = ["yaml", "yml"]
    .map((ending) => join(folderOfStacks(project), `Pulumi.${stack.split("/").at(-1)}.${ending}`))
    .find((path) => existsSync(path));
  if (!file)
    throw new ProgramError(
      `there is no stack "${stack}" (Pulumi.${stack}.yaml); the stacks here are ${stacks.join(" and ")}`,
    );
  return { ...defaultsOf(project), ...readYaml(file).config };
};
