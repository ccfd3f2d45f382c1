import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { cached } from "../cache";

/** Trino is the open-source engine that Athena is made of. */
const TRINO = "476";
/** What this Trino needs at the least. */
const JAVA = 24;
const MAVEN_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";
const MOTO = ["moto[glue,s3]==5.2.5", "flask==3.1.3", "flask-cors==6.0.5"];
/** In milliseconds. Trino is 0.8 GB. */
const DOWNLOAD_TIMEOUT = 20 * 60_000;

/** Why Trino cannot be run here, which is not this project's fault. */
export class MissingTool extends Error {}

const run = (command: string, args: string[], what: string) => {
  const { status, error, stderr, stdout } = spawnSync(command, args, {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    timeout: DOWNLOAD_TIMEOUT,
  });
  if (status === 0) return;
  const last = (stderr || stdout || error?.message || "").trim().split("\n").slice(-3).join("\n  ");
  throw new MissingTool(`${what}:\n  ${last}`);
};

const versionOf = (java: string): number =>
  Number(/version "(\d+)/.exec(spawnSync(java, ["-version"], { encoding: "utf8" }).stderr ?? "")?.[1] ?? 0);

const foldersIn = (folder: string) =>
  existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];

/** Where Java may be: as the environment says, and where package managers put it. */
const javaPlaces = () => [
  ...(process.env.JAVA_HOME ? [join(process.env.JAVA_HOME, "bin/java")] : []),
  "java",
  ...["/usr/lib/jvm", join(homedir(), ".sdkman/candidates/java")]
    .flatMap(foldersIn)
    .map((home) => join(home, "bin/java")),
  ...foldersIn("/Library/Java/JavaVirtualMachines").map((home) => join(home, "Contents/Home/bin/java")),
];

/** @throws MissingTool if there is no Java that Trino runs on. */
export const findJava = (): string => {
  const found = javaPlaces().find((java) => versionOf(java) >= JAVA);
  if (!found) throw new MissingTool(`there is no Java ${JAVA} or newer; set JAVA_HOME to one`);
  return found;
};

/** Leaves of Trino what a Hive catalog needs. Its plugins share files by hard links, so all are unpacked first. */
const prune = (folder: string) => {
  for (const plugin of foldersIn(join(folder, "plugin")))
    if (!plugin.endsWith("/hive")) rmSync(plugin, { recursive: true });
};

/**
 * Returns the folder of Trino, which Maven downloads once.
 * @throws MissingTool if it cannot.
 */
export const findTrino = (log: (line: string) => void): string => {
  const root = cached(`trino-${TRINO}`, (folder) => {
    log(`downloading Trino ${TRINO} with Maven, once, into the user's cache: 0.8 GB`);
    const artifact = `-Dartifact=io.trino:trino-server:${TRINO}:tar.gz`;
    const places = [`-DoutputDirectory=${folder}`, `-Dmaven.repo.local=${join(folder, "m2")}`];
    run("mvn", ["-q", "-B", MAVEN_COPY, artifact, ...places], `Maven could not download Trino ${TRINO}`);
    const archive = join(folder, `trino-server-${TRINO}.tar.gz`);
    run("tar", ["xzf", archive, "-C", folder], "tar could not unpack Trino");
    prune(join(folder, `trino-server-${TRINO}`));
    for (const name of ["m2", `trino-server-${TRINO}.tar.gz`])
      rmSync(join(folder, name), { recursive: true });
  });
  return join(root, `trino-server-${TRINO}`);
};

/**
 * Returns a Python that has moto, an emulation of AWS, installed once into an environment of its own.
 * @throws MissingTool if Python or its index of packages is not there.
 */
export const findMoto = (log: (line: string) => void): string => {
  const root = cached("moto-5.2.5", (folder) => {
    log("installing moto 5.2.5 with pip, once, into the user's cache");
    run("python3", ["-m", "venv", folder], "Python could not make a virtual environment");
    const pip = ["-m", "pip", "install", "-q", "--disable-pip-version-check", ...MOTO];
    run(join(folder, "bin/python"), pip, "pip could not install moto");
  });
  return join(root, "bin/python");
};
