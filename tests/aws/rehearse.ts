import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPython, MissingTool } from "../python";
import { Moto } from "../trino/moto";
import { Report } from "../trino/report";
import { MotoShell } from "./moto-shell";
import { BUCKET, configure, LOG_GROUP, STREAM, seed } from "./seed";
import { STEPS } from "./steps";
import { Declined, verify } from "./verify";

// Rehearses `npm run verify:aws` with the real AWS CLI, which judges each call's arguments, against moto, which judges what
// they name. Pulumi and Athena are played: moto makes no stack and runs no SQL. Its Lambda runs nothing and its alarms never
// change by themselves, so the kept event and the alarm are there from the start.

const PACKAGES = ["moto[server]==5.2.5", "awscli==1.46.2"];
const NUMBER = "123456789012";

/** Resources of the stack, as Pulumi's state has them. */
const stateOf = (ids: Record<string, string>) => ({
  deployment: {
    resources: Object.entries(ids).map(([type, id]) => ({
      type,
      id,
      urn: `urn:pulumi:verify::p::${type}::${{ "aws:kms/key:Key": "flows-key", "aws:sfn/stateMachine:StateMachine": "flows-detection" }[type] ?? id}`,
    })),
  },
});

/** Verifies over moto. `meddle` is called when everything is there. */
const rehearse = async (python: string, moto: Moto, folder: string, meddle: (shell: MotoShell) => void) => {
  await moto.reset();
  await configure(moto.url);
  const ids = { key: "", machine: "" };
  const answers: [string, unknown][] = [
    ["pulumi stack output", { bucket: BUCKET, stream: STREAM, logGroups: [LOG_GROUP, "new"] }],
    [
      "pulumi stack export",
      () =>
        stateOf({
          "aws:kms/key:Key": ids.key,
          "aws:lambda/function:Function": "flows-etl",
          "aws:sfn/stateMachine:StateMachine": ids.machine,
          "aws:scheduler/scheduleGroup:ScheduleGroup": "flows-detections",
        }),
    ],
    [
      "pulumi destroy",
      () => {
        shell.aws(["s3", "rb", "--force", `s3://${BUCKET}`]);
        shell.aws(["kms", "schedule-key-deletion", "--key-id", ids.key]);
      },
    ],
  ];
  const shell = new MotoShell(python, moto.url, answers);
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  Object.assign(ids, seed(shell, file));
  meddle(shell);
  const reports: string[] = [];
  const person = { ask: async () => NUMBER, say: () => {}, keep: (report: string) => reports.push(report) };
  const held = await verify(shell, "us-east-1", person);
  return { held, report: reports[0] };
};

const main = async () => {
  const python = findPython("verify-5.2.5", PACKAGES, console.log);
  const folder = mkdtempSync(join(tmpdir(), "flow-log-analytics-verify-"));
  const moto = await Moto.start(python, folder);
  const report = new Report();
  await report.claim("the AWS CLI and moto take every call of every step", async () => {
    const { held, report: text } = await rehearse(python, moto, folder, () => {});
    assert.ok(held, text);
    for (const { title } of STEPS) assert.ok(text.includes(`| ${title} | done |`), title);
    assert.match(text, /the bucket is gone, the key is in state PendingDeletion/);
    return `${STEPS.length + 1} steps`;
  });
  await report.claim("the report has AWS's own words when a step fails, and no account number", async () => {
    const { held, report: text } = await rehearse(python, moto, folder, (shell) =>
      shell.aws(["firehose", "delete-delivery-stream", "--delivery-stream-name", STREAM]),
    );
    assert.equal(held, false);
    assert.match(text, /puts a record \| \*\*failed\*\* \| \d+ \| .*ResourceNotFoundException/);
    assert.match(text, /first-direct \| .* \| \*\*does not hold/);
    assert.ok(!text.includes(NUMBER), text);
    return "PutRecord into no stream";
  });
  await report.claim("nothing is made without the number of the account that AWS names", async () => {
    const shell = new MotoShell(python, moto.url, []);
    const person = { ask: async () => "1", say: () => {}, keep: () => assert.fail() };
    await assert.rejects(verify(shell, "us-east-1", person), Declined);
    return NUMBER;
  });
  await moto.stop();
  console.log(report.summary);
  if (!report.failed) return rmSync(folder, { recursive: true });
  console.error(`moto's log is in ${folder}`);
  process.exitCode = 1;
};

// The servers that it started end with this process, also if the process is stopped.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

main().catch((error) => {
  if (error instanceof MissingTool) return console.log(`skipped: ${error.message}`);
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
