import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_DIR } from "../../local/program";
import type { Engine } from "../engine/engine";
import { awsSchema } from "../engine/schema";
import { findPulumiPython, moduleFolder, runIn } from "./tools";

/** A language with an SDK that Pulumi generates. */
export interface Language {
  name: string;
  /** The example with the program, and its files. */
  example: string;
  files: string[];
  /** Installs the program's other dependencies. @throws NoCli if they are not available */
  prepare(engine: Engine): Promise<void>;
  /** Installs the SDK for the program, and checks the program against it. @throws Error with what the compiler says */
  check(engine: Engine): void;
}

const python: Language = {
  name: "python",
  example: "python",
  files: ["__main__.py", "requirements.txt"],
  prepare: async (engine) => {
    const { python, script } = findPulumiPython(console.log);
    engine.set("FLOWS_ENGINE_PYTHON", python);
    engine.set("FLOWS_ENGINE_PYTHON_EXEC", script);
    engine.set("PYTHONPATH", join(engine.folder, "packages"));
  },
  check: ({ folder, get }) => {
    const interpreter = get("FLOWS_ENGINE_PYTHON") ?? "";
    const sdk = readFileSync(join(folder, "requirements.txt"), "utf8").trim().split("\n").at(-1) ?? "";
    const offline = ["--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check"];
    runIn(folder, interpreter, [
      "-m",
      "pip",
      "install",
      "--quiet",
      ...offline,
      "--target=packages",
      `./${sdk}`,
    ]);
    const cache = join(interpreter, "../../mypy");
    const env = { MYPYPATH: join(folder, "packages") };
    runIn(
      folder,
      interpreter,
      ["-m", "mypy", "--strict", "--follow-imports=silent", `--cache-dir=${cache}`, "__main__.py"],
      env,
    );
  },
};

const AWS_MODULE = "github.com/pulumi/pulumi-aws/sdk/v7";

/** Generates the AWS provider's SDK from what the stand-in knows of it: the real one is hundreds of megabytes. */
const makeAwsSdk = async (engine: Engine) => {
  const schema = join(engine.folder, "aws.json");
  writeFileSync(schema, awsSchema());
  await engine.command("package", "gen-sdk", schema, "--language=go", "--out=aws-sdk");
  const [required] = /github.com\/pulumi\/pulumi\/sdk\/v3 \S+/.exec(readGoMod(engine.folder)) ?? [];
  writeFileSync(
    join(engine.folder, "aws-sdk/go.mod"),
    `module ${AWS_MODULE}\n\ngo 1.25\n\nrequire ${required}\n`,
  );
};

const readGoMod = (folder: string) => readFileSync(join(folder, "go.mod"), "utf8");

const go: Language = {
  name: "go",
  example: "go",
  files: ["go.mod", "main.go"],
  prepare: async (engine) => {
    moduleFolder();
    await makeAwsSdk(engine);
    runIn(engine.folder, "go", ["mod", "edit", `-replace=${AWS_MODULE}=./aws-sdk`]);
  },
  // With -trimpath, Go builds one text in two folders once.
  check: ({ folder }) => {
    runIn(folder, "go", ["mod", "tidy"]);
    runIn(folder, "go", ["vet", "-trimpath", "."]);
    runIn(folder, "go", ["build", "-trimpath", "-o", "program", "."]);
  },
};

/** What the program and the SDK get from npm, as it is in the checkout. */
const PACKAGES = ["@pulumi", "@types", "typescript", "ts-node"];

const nodejs: Language = {
  name: "nodejs",
  example: "typescript",
  files: ["index.ts", "package.json"],
  prepare: async ({ folder }) => {
    mkdirSync(join(folder, "node_modules"));
    for (const name of PACKAGES)
      symlinkSync(join(PROJECT_DIR, "node_modules", name), join(folder, "node_modules", name));
  },
  check: ({ folder }) => {
    const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const sdk = join(folder, dependencies["flow-log-analytics"].replace("file:", ""));
    symlinkSync(sdk, join(folder, "node_modules/flow-log-analytics"));
    const compilers = join(PROJECT_DIR, "node_modules/.bin");
    // npm runs it after an installation: it compiles the SDK with the `tsc` on the path.
    const env = { PATH: `${compilers}:${process.env.PATH}` };
    runIn(sdk, process.execPath, ["scripts/postinstall.js"], env);
    const options = ["--strict", "--noEmit", "--module", "nodenext", "--target", "es2022", "--skipLibCheck"];
    runIn(folder, join(compilers, "tsc"), [...options, "index.ts"]);
  },
};

export const LANGUAGES = { python, go, nodejs };

export const exampleOf = ({ example }: Language) => join(PROJECT_DIR, "examples", example);
