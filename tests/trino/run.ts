import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { savedQueries } from "../../queries";
import { EVERY_TAG } from "../components/settings";
import { MissingTool } from "../python";
import { judgeAnswers } from "./answers";
import { judgeCatalog, judgeFaults } from "./catalog";
import { judgeFunctions } from "./functions";
import { Moto } from "./moto";
import { judgePanels, judgePruning } from "./published";
import { Report } from "./report";
import { Trino } from "./server";
import { type Choice, deploy } from "./stack";
import { judgeDetections, judgePrepared } from "./statements";
import { findJava, findMoto, findTrino } from "./tools";

// Tests the declared catalog and SQL with Trino, the engine of Athena.

const ALL = savedQueries().map(({ name }) => name);

/** The default stack with a detection, and one that has every field, and so every query, each of them a detection. */
const CHOICES: Choice[] = [
  {
    stack: "dev",
    config: { detections: JSON.stringify({ queries: ["horizontal-scan"] }) },
    ...{ format: "recommended", lines: 1_000, attacks: "scan" },
  },
  {
    stack: "prod",
    config: {
      fields: '["all"]',
      tagFields: JSON.stringify(EVERY_TAG),
      networks: '{"shop":["10.0.0.0/16"],"partner":["203.0.113.0/24"]}',
      transitGateways: '{"hub":"tgw-0123456789abcdef0"}',
      detections: JSON.stringify({ queries: ALL, everyHours: 24 }),
    },
    ...{ format: "all", lines: 4_000 },
    attacks: "scan,bruteforce,exfil,beacon,mining,denied,backdoor,lateral,lookalikes",
  },
];

/** All, or those that are asked for. */
const choicesOf = (names: string[]): Choice[] => {
  if (names.length === 0) return CHOICES;
  return names.map((name) => {
    const choice = CHOICES.find(({ stack }) => stack === name);
    if (!choice)
      throw new Error(
        `there is no stack ${name} to judge; there are ${CHOICES.map((c) => c.stack).join(" and ")}`,
      );
    return choice;
  });
};

/** Judges one stack. Offline, the buckets of all stacks have one name, so there is one stack at a time. */
const judge = async (moto: Moto, trino: Trino, choice: Choice, folder: string, report: Report) => {
  await moto.reset();
  const stack = await deploy(moto, choice, folder);
  await judgeCatalog(trino, stack, report);
  await judgePruning(trino, stack, report);
  await judgePanels(trino, stack, report);
  await judgeFaults(trino, moto, stack, report);
  await judgeDetections({ trino, moto, stack }, report);
  // The second stack has the queries of the first, and more.
  if (choice !== CHOICES[1]) return;
  await judgePrepared(trino, stack, report);
  await judgeAnswers(trino, stack, report);
};

const main = async () => {
  const began = performance.now();
  const chosen = choicesOf(process.argv.slice(2));
  const [java, python] = [findJava(), findMoto(console.log)];
  const program = findTrino(console.log);
  const folder = mkdtempSync(join(tmpdir(), "flowlogs-trino-"));
  const report = new Report();
  const moto = await Moto.start(python, folder);
  const trino = await Trino.start(java, program, moto.url, folder);
  console.log(`Trino is there after ${((performance.now() - began) / 1000).toFixed(0)} s`);
  await judgeFunctions(trino, report);
  for (const choice of chosen) await judge(moto, trino, choice, folder, report);
  await Promise.all([trino.stop(), moto.stop()]);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`${report.summary}; ${seconds} s`);
  if (!report.failed) return rmSync(folder, { recursive: true });
  console.error(`the logs of Trino and moto are in ${folder}`);
  process.exitCode = 1;
};

// Services that were started end with this process, also if somebody stops it.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

main().catch((error) => {
  if (error instanceof MissingTool) return console.log(`skipped: ${error.message}`);
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
