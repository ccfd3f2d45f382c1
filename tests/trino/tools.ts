import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { cached } from "../cache";
import { findPython, MissingTool, runTool } from "../python";

/** Trino is the open-source engine that Athena is made of. */
export const TRINO = "476";
/** The oldest Java that runs this Trino. */
const JAVA = 24;
const MAVEN_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";
const MOTO = ["moto[glue,s3]==5.2.5", "flask==3.1.3", "flask-cors==6.0.5"];
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

/** Removes the parts of Trino that a Hive catalog does not need. Plugins share files by hard links, so all are unpacked first. */
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
    runTool("mvn", ["-q", "-B", MAVEN_COPY, artifact, ...places], `Maven could not download Trino ${TRINO}`);
    const archive = join(folder, `trino-server-${TRINO}.tar.gz`);
    runTool("tar", ["xzf", archive, "-C", folder], "tar could not unpack Trino");
    prune(join(folder, `trino-server-${TRINO}`));
    for (const name of ["m2", `trino-server-${TRINO}.tar.gz`])
      rmSync(join(folder, name), { recursive: true });
  });
  return join(root, `trino-server-${TRINO}`);
};

/** Returns a Python that has moto, an emulation of AWS. */
export const findMoto = (log: (line: string) => void): string => findPython("moto-5.2.5", MOTO, log);
