import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { cached } from "../cache";
import { buildWithGo, type GoProgram, hasGo } from "./go";

/** Version to build if there is no CLI. */
export const VERSION = "3.246.0";
const MODULE = "github.com/pulumi/pulumi";

const CLI: GoProgram = {
  name: "pulumi",
  packagePath: `${MODULE}/pkg/v3/cmd/pulumi`,
  linkerFlags: `-X ${MODULE}/sdk/v3/go/common/version.Version=v${VERSION}`,
  // A module of our own, because the CLI's has `replace` directives, with which `go install` refuses to work. The one
  // that the CLI needs is repeated here.
  mod: `module pulumi-cli

go 1.25.8

require ${MODULE}/pkg/v3 v${VERSION}

replace github.com/atotto/clipboard => github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e
`,
};

const YAML_VERSION = "1.25.0";
const YAML_MODULE = "github.com/pulumi/pulumi-yaml";

const YAML_HOST: GoProgram = {
  name: "pulumi-language-yaml",
  packagePath: `${YAML_MODULE}/cmd/pulumi-language-yaml`,
  mod: `module pulumi-yaml-host

go 1.25.8

require ${YAML_MODULE} v${YAML_VERSION}
`,
};

const HOW_TO_GET_IT =
  "npm install -g pulumi, or https://www.pulumi.com/docs/install/, or Go 1.25, with which it is built";

/** The engine cannot run on this machine, for a reason outside this project. */
export class NoCli extends Error {}

type Log = (line: string) => void;

const isHere = (command: string, argument: string) => spawnSync(command, [argument]).status === 0;

/** Returns the folder of a program that Go builds once, into the user's cache. */
const built = (program: GoProgram, version: string, folder: string, log: Log) =>
  cached(`${folder}-${version}-${process.platform}-${process.arch}`, (place) => {
    if (!hasGo()) throw new NoCli(`there is no ${program.name} on the PATH: ${HOW_TO_GET_IT}`);
    log(`building ${program.name} ${version} with Go, once, into the user's cache: 5 to 10 minutes`);
    try {
      buildWithGo(place, program);
    } catch (error) {
      throw new NoCli(error instanceof Error ? error.message : String(error));
    }
  });

/** The Pulumi CLI. One that Go built lacks the language host for Node.js, which needs a stand-in. */
export interface Cli {
  command: PulumiCommand;
  needsLanguageHost: boolean;
}

/**
 * The Pulumi CLI: the one on the PATH, or else one that Go builds, once.
 * @throws NoCli where there is neither
 */
export const findCli = async (log: Log): Promise<Cli> => {
  if (isHere("pulumi", "version")) {
    return {
      command: await PulumiCommand.get(),
      needsLanguageHost: !isHere("which", "pulumi-language-nodejs"),
    };
  }
  const root = built(CLI, VERSION, "pulumi", log);
  return { command: await PulumiCommand.get({ root }), needsLanguageHost: true };
};

/**
 * The folder of the program that runs programs in YAML: a full installation has it on the PATH, or else Go builds it, once.
 * @throws NoCli where there is neither
 */
export const findYamlHost = (log: Log): string => {
  const { status, stdout } = spawnSync("which", [YAML_HOST.name], { encoding: "utf8" });
  return status === 0
    ? dirname(stdout.trim())
    : join(built(YAML_HOST, YAML_VERSION, "pulumi-yaml", log), "bin");
};
