import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { tableIn } from "../../docs/generate/markdown";
import { CLAIMS } from "./claims";
import { PlayedShell } from "./played";
import { STEPS } from "./steps";
import { Declined, verify } from "./verify";

const NUMBER = "123456789012";
const page = (name: string) => readFileSync(join(__dirname, "../../docs", name), "utf8");

/** Verifies in a stand-in for an account; the person types this. */
const run = async (shell: PlayedShell, typed = NUMBER) => {
  const reports: string[] = [];
  const said: string[] = [];
  const person = {
    ask: async () => typed,
    say: (line: string) => said.push(line),
    keep: (report: string) => reports.push(report),
  };
  const holds = await verify(shell, "us-east-1", person);
  return { holds, report: reports[0], said };
};
const doneIn = (shell: PlayedShell, begin: string) => shell.commands.filter((line) => line.startsWith(begin));
const broken = (begin: string) =>
  new PlayedShell([
    [
      begin,
      () => {
        throw new Error(`AccessDenied: ${NUMBER} may not`);
      },
    ],
  ]);

describe("npm run verify:aws", () => {
  it("says what it makes and what that costs, and makes nothing without the account's number", async () => {
    const shell = new PlayedShell();
    await assert.rejects(run(shell, "yes"), Declined);
    assert.deepEqual(shell.commands, ["aws sts get-caller-identity --region us-east-1 --output json"]);
  });

  it("runs every step on a stack of its own, and destroys the stack at the end", async () => {
    const shell = new PlayedShell();
    const { holds, report } = await run(shell);
    assert.equal(holds, true, report);
    const stacks = doneIn(shell, "pulumi").map((line) => line.slice(line.indexOf("--stack ")));
    assert.deepEqual([...new Set(stacks)], ["--stack verify"]);
    assert.equal(doneIn(shell, "pulumi up").length, 3);
    assert.deepEqual(
      shell.commands.filter((line) => /^pulumi (destroy|stack rm)/.test(line)),
      ["pulumi destroy --yes --skip-preview --stack verify", "pulumi stack rm --yes --stack verify"],
    );
    for (const { title } of STEPS) assert.ok(report.includes(`| ${title} | done |`), title);
  });

  it("runs the other steps when one fails, destroys the stack, and says which claims do not hold", async () => {
    const shell = broken("aws firehose put-record");
    const { holds, report } = await run(shell);
    assert.equal(holds, false);
    assert.equal(doneIn(shell, "pulumi destroy").length, 1);
    assert.match(report, /DIRECT and puts a record \| \*\*failed\*\*/);
    assert.match(report, /first-direct \| .* \| \*\*does not hold/);
    assert.match(report, /records-under-key \| .* \| holds \|/);
  });

  it("destroys a stack that could not be deployed whole, and runs no step on it", async () => {
    const shell = broken("pulumi up");
    const { holds, report } = await run(shell);
    assert.equal(holds, false);
    assert.equal(doneIn(shell, "pulumi destroy").length, 1);
    assert.equal(doneIn(shell, "aws logs").length, 0);
    assert.match(report, /views \| .* \| not tried \|/);
  });

  it("keeps the account's number out of the report", async () => {
    const { report } = await run(broken("aws lambda invoke"));
    assert.ok(!report.includes(NUMBER));
    assert.match(report, /\*{8}9012 may not/);
  });

  it("waits for rows that come late, and gives up after minutes", async () => {
    const late = new PlayedShell([["aws cloudwatch describe-alarms", { MetricAlarms: [] }]]);
    const { report } = await run(late);
    assert.match(report, /an alarm: nothing after 8 minutes/);
    assert.ok(late.waited >= 480);
  });
});

describe("docs: verify-in-aws.md", () => {
  const verifying = page("verify-in-aws.md");

  it("lists every claim with the page that makes it", () => {
    const rows = tableIn(verifying, "claim", "where", "how it is seen");
    assert.equal(rows.length, CLAIMS.length);
    for (const [n, { id, says, page: name }] of CLAIMS.entries()) {
      assert.equal(rows[n][0], `<a id="${id}"></a>${says}`);
      assert.equal(rows[n][1], `[${name}](${name})`);
    }
  });

  it("is linked from where each claim is made", () => {
    for (const { id, page: name } of CLAIMS)
      assert.ok(page(name).includes(`(verify-in-aws.md#${id})`), `${name} has no link to ${id}`);
  });

  it("proves each claim by an existing step, or says why not", () => {
    const names = STEPS.map(({ name }) => name);
    for (const { id, step } of CLAIMS) if (step) assert.ok(names.includes(step), id);
  });
});
