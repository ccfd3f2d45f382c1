import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { version as aws } from "@pulumi/aws/package.json";
import { version as sdk } from "@pulumi/pulumi/package.json";
import { cached } from "../cache";
import { NoCli, VERSION } from "../engine/cli";
import { buildWithGo, hasGo } from "../engine/go";
import { findPython } from "../python";

// Tools for programs in other languages, each installed once into the user's cache.

type Log = (line: string) => void;

const MODULE = "github.com/pulumi/pulumi";

const GENERATOR_MOD = `module sdk-generator

go 1.25.8

require ${MODULE}/pkg/v3 v${VERSION}

replace github.com/atotto/clipboard => github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e
`;

/** Turns a missing tool into a reason to skip a life. */
const orSkip = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    throw new NoCli(error instanceof Error ? error.message : String(error));
  }
};

/** The program that writes SDKs with Pulumi's generators. @throws NoCli where Go cannot build it */
export const findGenerator = (log: Log): string => {
  if (!hasGo()) throw new NoCli("there is no Go, with which Pulumi's generators of SDKs are built");
  const place = cached(`sdk-generator-${VERSION}-${process.platform}-${process.arch}`, (folder) => {
    log("building Pulumi's generators of SDKs with Go, once, into the user's cache");
    cpSync(join(__dirname, "generator.go"), join(folder, "main.go"));
    orSkip(() => buildWithGo(folder, { mod: GENERATOR_MOD, packagePath: ".", name: "sdk-generator" }));
  });
  return join(place, "bin/sdk-generator");
};

/**
 * The folder of Pulumi's module for Go, which also has the script that starts programs in Python.
 * @throws NoCli where Go cannot download it
 */
export const moduleFolder = (): string => {
  const wanted = `${MODULE}/sdk/v3@v${VERSION}`;
  const { status, stdout, stderr } = spawnSync("go", ["mod", "download", "-json", wanted], {
    encoding: "utf8",
  });
  if (status !== 0) throw new NoCli(`Go could not download ${wanted}: ${stderr.trim() || stdout.trim()}`);
  return JSON.parse(stdout).Dir;
};

export interface Python {
  python: string;
  /** The script of Pulumi's that connects a program to the engine. */
  script: string;
}

/** Returns a Python with Pulumi's packages and a type checker. @throws NoCli if they are not available */
export const findPulumiPython = (log: Log): Python => {
  const packages = [
    `pulumi==${sdk}`,
    `pulumi-aws==${aws}`,
    "parver==1.0.1.post0",
    "wheel==0.48.0",
    "mypy==2.4.1",
  ];
  const python = orSkip(() => findPython(`pulumi-python-${sdk}-${aws}`, packages, log));
  return { python, script: join(moduleFolder(), "python/cmd/pulumi-language-python-exec") };
};

/** Runs a program in a folder. @throws Error with what it printed, if it fails */
export const runIn = (
  folder: string,
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
): string => {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, ...env },
  });
  if (status === 0) return stdout;
  throw new Error(`${command} ${args.join(" ")}:\n${error ?? ""}${stdout}${stderr}`);
};
