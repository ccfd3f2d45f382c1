import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** In milliseconds. Timeout of a build. Two cores take five minutes; a registry that does not answer would take forever. */
const BUILD_TIMEOUT = 30 * 60_000;

/** A program that Go builds. Go checks what it downloads against its public database of checksums. */
export interface GoProgram {
  /** Text of a go.mod that requires the program's module. */
  mod: string;
  /** The package to build, and the name that the program gets in `bin`. */
  packagePath: string;
  name: string;
  linkerFlags?: string;
}

/** True if Go is on the PATH. */
export const hasGo = () => spawnSync("go", ["version"]).status === 0;

/**
 * Builds a program in a folder.
 * @throws Error with the last lines that Go printed
 */
export const buildWithGo = (folder: string, { mod, packagePath, name, linkerFlags = "" }: GoProgram) => {
  writeFileSync(join(folder, "go.mod"), mod);
  const options = ["-mod=mod", "-ldflags", `-s -w ${linkerFlags}`, "-o", `bin/${name}`];
  const { status, stderr, error } = spawnSync("go", ["build", ...options, packagePath], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    timeout: BUILD_TIMEOUT,
  });
  if (status === 0) return;
  const last = (stderr || error?.message || "").trim().split("\n").slice(-3).join("\n  ");
  throw new Error(`Go could not build ${name}:\n  ${last}`);
};
