import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { CLAIMS } from "./claims";
import { realShell } from "./shell";
import { STEPS } from "./steps";
import { Declined, type Person, verify } from "./verify";

// Has AWS prove what only AWS can: docs/verify-in-aws.md.

const USAGE = "npm run verify:aws -- REGION [--dry-run]";

const person: Person = {
  ask: async (question) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    const answer = await lines.question(question);
    lines.close();
    return answer;
  },
  say: (line) => console.error(line),
  keep: (report) => {
    const file = `verify-${new Date().toISOString().slice(0, 10)}.md`;
    writeFileSync(file, report);
    console.error(`the report is in ${file}; attach it to an issue`);
  },
};

/** Prints the steps, and makes no call. */
const plan = () => {
  for (const { name, title } of STEPS) {
    console.log(title);
    for (const { says } of CLAIMS.filter(({ step }) => step === name)) console.log(`  proves: ${says}`);
  }
  console.log("Destroys the stack");
};

/** @throws Error if a program is missing, or if the AWS CLI is not version 2. */
const checkTools = () => {
  if (!realShell.run("aws", ["--version"]).startsWith("aws-cli/2"))
    throw new Error("this needs the AWS CLI 2; the aws on the PATH is another");
  realShell.run("pulumi", ["version"]);
};

const main = async () => {
  const [region, option, ...rest] = process.argv.slice(2);
  const isRegion = /^[a-z]{2}(-[a-z]+)+-\d$/.test(region ?? "");
  if (!isRegion || rest.length > 0 || (option !== undefined && option !== "--dry-run")) {
    console.error(`give a region, such as us-east-1: ${USAGE}`);
    process.exitCode = 2;
    return;
  }
  if (option === "--dry-run") return plan();
  checkTools();
  if (!(await verify(realShell, region, person))) process.exitCode = 1;
};

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof Declined ? 2 : 1;
});
