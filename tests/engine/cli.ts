import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { cached } from "../cache";

/** Built where there is none. Go checks what it downloads against its public database of checksums. */
const VERSION = "3.246.0";
const MODULE = "github.com/pulumi/pulumi";

// A module of our own, because the CLI's has `replace` directives, with which `go install` refuses to work. The one
// that the CLI needs is repeated here.
const GO_MOD = `module pulumi-cli

go 1.25.8

require ${MODULE}/pkg/v3 v${VERSION}

replace github.com/atotto/clipboard => github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e
`;

const HOW_TO_GET_IT =
  "there is no Pulumi CLI: npm install -g pulumi, or https://www.pulumi.com/docs/install/, or Go 1.25, with which it is built";

/** In milliseconds. Two cores take five minutes; a registry that does not answer would take forever. */
const BUILD_TIMEOUT = 30 * 60_000;

/** Why the engine cannot be run here, which is not this project's fault. */
export class NoCli extends Error {}

const isHere = (command: string, argument: string) => spawnSync(command, [argument]).status === 0;

/** Builds the CLI in a folder. */
const build = (folder: string) => {
  writeFileSync(join(folder, "go.mod"), GO_MOD);
  const version = `-s -w -X ${MODULE}/sdk/v3/go/common/version.Version=v${VERSION}`;
  const options = ["-mod=mod", "-ldflags", version, "-o", "bin/pulumi"];
  const { status, stderr } = spawnSync("go", ["build", ...options, `${MODULE}/pkg/v3/cmd/pulumi`], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    timeout: BUILD_TIMEOUT,
  });
  if (status !== 0) {
    const last = stderr.trim().split("\n").slice(-3).join("\n  ");
    throw new NoCli(`Go could not build the Pulumi CLI ${VERSION}:\n  ${last}`);
  }
};

/** The CLI, and whether the part of it that runs Node.js programs has to be stood in for, as for one that Go built. */
export interface Cli {
  command: PulumiCommand;
  needsLanguageHost: boolean;
}

/**
 * The Pulumi CLI: the one on the PATH, or else one that Go builds, once.
 * @throws NoCli where there is neither
 */
export const findCli = async (log: (line: string) => void): Promise<Cli> => {
  if (isHere("pulumi", "version")) {
    return {
      command: await PulumiCommand.get(),
      needsLanguageHost: !isHere("which", "pulumi-language-nodejs"),
    };
  }
  const root = cached(`pulumi-${VERSION}-${process.platform}-${process.arch}`, (folder) => {
    if (!isHere("go", "version")) throw new NoCli(HOW_TO_GET_IT);
    log(`building the Pulumi CLI ${VERSION} with Go, once, into the user's cache: some minutes`);
    build(folder);
  });
  return { command: await PulumiCommand.get({ root }), needsLanguageHost: true };
};
