import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findPython } from "../python";
import type { JudgedCall } from "./stack-calls";
import { templateOf } from "./template";

const PACKAGES = ["moto[server]==5.2.5", "boto3==1.44.8", "botocore==1.44.8", "cfn-lint==1.58.0"];

/** Faults that the judges found in calls, and how many sent values were compared with the values read back. */
export interface Verdict {
  models: string[];
  moto: string[];
  compared: number;
}

/** A finding of cfn-lint. */
interface Match {
  Level: string;
  Message: string;
  Rule: { Id: string };
  Location: { Path: (string | number)[] };
}

/** Python with botocore, moto and cfn-lint. */
export class Judges {
  private constructor(
    readonly python: string,
    private readonly packages: string,
  ) {}

  /** @throws MissingTool if Python or its index of packages is not there. */
  static find(log: (line: string) => void): Judges {
    const python = findPython("aws-models-1.44.8", PACKAGES, log);
    const lib = join(python, "../../lib");
    return new Judges(python, join(lib, readdirSync(lib)[0], "site-packages"));
  }

  get botocore(): string {
    return join(this.packages, "botocore");
  }

  /** Validates calls by the models and, at an endpoint, runs them in moto and reads their resources back. */
  judge(calls: JudgedCall[], world: JudgedCall[] = [], endpoint?: string): Verdict {
    const input = JSON.stringify({ endpoint, world, calls });
    const options = { input, encoding: "utf8", maxBuffer: 1 << 28 } as const;
    const { status, stdout, stderr } = spawnSync(this.python, [join(__dirname, "judge.py")], options);
    if (status !== 0) throw new Error(`judge.py fails:\n${stderr}`);
    return JSON.parse(stdout);
  }

  /** Runs cfn-lint on a CloudFormation template of calls. */
  lint(calls: JudgedCall[], region: string, folder: string): string[] {
    const file = join(folder, "template.json");
    writeFileSync(file, JSON.stringify(templateOf(calls, join(this.packages, "cfnlint")), null, 1));
    // The package's own script has the path in which the environment was created, which has changed since.
    const main = "import sys; from cfnlint.runner import main; sys.exit(main())";
    const args = ["-c", main, "--format", "json", "--regions", region, "--", file];
    const { stdout, stderr } = spawnSync(this.python, args, { encoding: "utf8", maxBuffer: 1 << 28 });
    if (!stdout.trim().startsWith("[")) throw new Error(`cfn-lint fails:\n${stderr || stdout}`);
    return (JSON.parse(stdout) as Match[]).map(
      ({ Level, Message, Rule, Location }) =>
        `${Level} ${Rule.Id} ${(Location.Path ?? []).slice(1).join(".")}: ${Message}`,
    );
  }
}
