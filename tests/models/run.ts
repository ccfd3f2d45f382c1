import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MissingTool } from "../python";
import { Moto } from "../trino/moto";
import { Report } from "../trino/report";
import { judgeFaults } from "./faults";
import { Judges } from "./judges";
import { stackCalls } from "./stack-calls";
import { CHOICES } from "./stacks";
import { world } from "./world";

// Validates the declared resources by AWS's own models: as API calls and as a CloudFormation template.

const none = (found: string[]) => assert.ok(found.length === 0, found.join("\n"));

/** Judges one stack. moto has the account of the examples in one partition only. */
const judge = async (judges: Judges, moto: Moto, choice: string, folder: string, report: Report) => {
  const { region, calls } = await stackCalls(choice, judges.botocore);
  await moto.reset();
  const isHere = region === "us-east-1";
  const verdict = judges.judge(calls, world(region), isHere ? moto.url : undefined);
  await report.claim(`${choice}: botocore's models take every parameter`, async () => {
    none(verdict.models);
    return `${calls.length} calls`;
  });
  if (isHere)
    await report.claim(`${choice}: moto takes every call and hands back what it took`, async () => {
      none(verdict.moto);
      return `${verdict.compared} members compared`;
    });
  await report.claim(`${choice}: cfn-lint finds nothing in the template`, async () => {
    none(judges.lint(calls, region, folder));
    return region;
  });
};

const main = async () => {
  const began = performance.now();
  const judges = Judges.find(console.log);
  const folder = mkdtempSync(join(tmpdir(), "flowlogs-models-"));
  const report = new Report();
  const moto = await Moto.start(judges.python, folder);
  const choices = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(CHOICES);
  for (const choice of choices) await judge(judges, moto, choice, folder, report);
  await judgeFaults(judges, moto, folder, report);
  await moto.stop();
  console.log(`${report.summary}; ${((performance.now() - began) / 1000).toFixed(0)} s`);
  if (!report.failed) return rmSync(folder, { recursive: true });
  console.error(`moto's log and the last template are in ${folder}`);
  process.exitCode = 1;
};

// Services that were started end with this process, also if somebody stops it.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

main().catch((error) => {
  if (error instanceof MissingTool) return console.log(`skipped: ${error.message}`);
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
