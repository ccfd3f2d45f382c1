import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { blocksIn } from "../../docs/generate/markdown";
import { PROJECT_DIR } from "../../local/program";
import { cached } from "../cache";
import { findPython, MissingTool, runTool } from "../python";

/** A program that puts the lines of its standard input into a stream. */
export interface Producer {
  name: string;
  /** How many lines it puts. */
  lines: number;
  /** @throws MissingTool if the program cannot be had here. */
  prepare: (work: Workplace) => { command: string; args: string[] };
}

/** Where programs of the page are written, and the stream that they name. */
export interface Workplace {
  folder: string;
  stream: string;
  log: (line: string) => void;
}

const PAGE = readFileSync(join(PROJECT_DIR, "docs/producers.md"), "utf8");
const PYTHON = ["boto3==1.44.8", "awscli==1.46.2"];

const isThere = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;

/** Number of lines, more than the page's programs put into one record. */
const MANY = 2_500;
/** Number of lines that fit into a command's argument. */
const FEW = 500;

/** The page's program in a language, in a file. */
const fromPage = ({ folder }: Workplace, language: string, name: string) => {
  const file = join(folder, name);
  writeFileSync(file, blocksIn(PAGE, language)[0]);
  return file;
};

/** The SDK for JavaScript is a development dependency of the project. */
const javascript: Producer = {
  name: "the page's program for Node.js",
  lines: MANY,
  prepare: (work) => {
    cpSync(join(PROJECT_DIR, "node_modules"), join(work.folder, "node_modules"), {
      recursive: true,
      filter: (path) => !/node_modules[/\\](?!@aws-sdk|@smithy|@aws-crypto|@aws|tslib|bowser)/.test(path),
    });
    return { command: process.execPath, args: [fromPage(work, "js", "put.mjs")] };
  },
};

const python: Producer = {
  name: "the page's program for Python",
  lines: MANY,
  prepare: (work) => ({
    command: findPython("producers-1.44.8", PYTHON, work.log),
    args: [fromPage(work, "python", "put.py")],
  }),
};

/** The page's command for a record, with the lines in place of its one. */
const recordCommand = (work: Workplace, isOne: boolean) => {
  const [command] = /aws firehose put-record --region[\s\S]*?\\n"}'/.exec(PAGE) ?? [];
  if (!command) throw new Error("docs/producers.md has no command for a record");
  const whole = command.replace(/'\{"Data":.*$/, `"$(cat ${join(work.folder, "record.json")})"`);
  const own = isOne ? whole.replace("--cli-binary-format raw-in-base64-out", "") : whole;
  const toRecord = `node -e 'const d = require("fs").readFileSync(0, "utf8"); console.log(JSON.stringify({ Data: d }))'`;
  return `set -e; ${toRecord} > ${join(work.folder, "record.json")}\n${own}`;
};

const cli1: Producer = {
  name: "the page's command for the AWS CLI 1",
  lines: FEW,
  prepare: (work) => {
    const found = findPython("producers-1.44.8", PYTHON, work.log);
    // The package's own script has the path in which the environment was created, which has changed since.
    const aws = `aws() { ${found} -m awscli "$@"; }`;
    return { command: "sh", args: ["-c", `${aws}\n${recordCommand(work, true)}`] };
  },
};

/** The first that reads the address of a service from the environment. */
const READS_ENDPOINT = 13;

const cli2: Producer = {
  name: "the page's command for the AWS CLI 2",
  lines: FEW,
  prepare: (work) => {
    const { stdout } = spawnSync("aws", ["--version"], { encoding: "utf8" });
    const [, minor] = /^aws-cli\/2\.(\d+)/.exec(stdout ?? "") ?? [];
    if (minor === undefined) throw new MissingTool("there is no AWS CLI 2 on the PATH");
    const endpoint = Number(minor) < READS_ENDPOINT ? ' --endpoint-url "$AWS_ENDPOINT_URL_FIREHOSE"' : "";
    return { command: "sh", args: ["-c", recordCommand(work, false) + endpoint] };
  },
};

const go: Producer = {
  name: "a program with the SDK for Go",
  lines: MANY,
  prepare: (work) => {
    if (!isThere("go", "version")) throw new MissingTool("there is no Go");
    const built = cached(`producers-go-${process.platform}-${process.arch}-1.52.12`, (folder) => {
      work.log("building a program with the SDK for Go, once, into the user's cache");
      const source = join(__dirname, "go");
      runTool("go", ["build", "-C", source, "-o", join(folder, "put"), "."], "Go could not build it");
    });
    return { command: join(built, "put"), args: [work.stream] };
  },
};

const java: Producer = {
  name: "a program with the SDK for Java",
  lines: MANY,
  prepare: (work) => {
    if (!isThere("java", "-version")) throw new MissingTool("there is no Java");
    if (!isThere("mvn", "-version")) throw new MissingTool("there is no Maven");
    const jars = cached("producers-java-2.57.8", (folder) => {
      work.log("downloading the SDK for Java with Maven, once, into the user's cache");
      mkdirSync(folder, { recursive: true });
      const copy = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";
      const places = [`-DoutputDirectory=${folder}`, "-f", join(__dirname, "java/pom.xml")];
      runTool("mvn", ["-q", "-B", copy, ...places], "Maven could not download the SDK for Java");
    });
    const source = join(__dirname, "java/Put.java");
    return { command: "java", args: ["-cp", join(jars, "*"), source, work.stream] };
  },
};

export const PRODUCERS: Producer[] = [javascript, python, cli1, cli2, go, java];

/** Producers of the page whose programs no package registry has in a form that runs here. */
export const NOT_HAD: Record<string, string> = {
  "Kinesis Agent": "no package registry has it",
  "Fluent Bit": "its output speaks TLS alone, which flowlogs local does not",
  Fluentd: "it comes from the registry of Ruby",
  Flume: "it writes files, which the Kinesis Agent reads",
};
