import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isAlarm } from "../../cli/plan/alarms";
import { alarmCosts, alarms, sectionOf, stackWith } from "../../docs/generate/alarms";
import { blocksIn, tableIn, withBlock } from "../../docs/generate/markdown";
import { type Program, runProgram } from "../../local/program";
import { inAlarm, isPublished } from "../components/metrics";

const page = readFileSync(join(__dirname, "../../docs/alarms.md"), "utf8");

/** The text below a heading, up to the next one. */
const textOf = (section: string) =>
  new RegExp(`\n## ${section}\n\n([\\s\\S]*?)(?=\n## |$)`).exec(page)?.[1] ??
  assert.fail(`docs/alarms.md has no section ${section}`);

describe("docs: alarms.md", () => {
  const programs: Program[] = [];

  before(async () => {
    for (const config of [
      {
        ingestion: "LAMBDA",
        existingLogGroups: { "old-f0000000-x": "/vpc/flow-logs" },
        vpcs: { a: "vpc-0a1b2c3d" },
      },
      {
        ingestion: "SUBSCRIPTION",
        previousFields: [["default"]],
        detections: { queries: ["horizontal-scan"] },
      },
      { ingestion: "DIRECT", previousFields: [["default"]], transitGateways: { hub: "tgw-0a1b2c3d" } },
    ])
      programs.push(await runProgram("dev", config));
  });

  it("has the alarms and costs of the plan: npm run docs brings them up to date", async () => {
    assert.equal(page, withBlock(page, "alarms", await alarms()));
    assert.equal(page, withBlock(page, "alarm-costs", await alarmCosts()));
  });

  it("has a section for each alarm: what happened, where the data is, what to do", () => {
    const all = programs.flatMap(({ resources }) => resources.filter(isAlarm));
    const sections = new Set(all.map(({ name }) => sectionOf(name)));
    assert.equal(sections.size, 27);
    for (const section of sections)
      assert.match(
        textOf(section),
        /^\*\*What happened\.\*\* [A-Z][\s\S]+\n\n\*\*Where the data is\.\*\* [A-Z][\s\S]+\n\n\*\*What to do\.\*\* [A-Z][\s\S]+\.\n$/,
        section,
      );
    const headings = [...page.matchAll(/^## ((?:logs|etl|stream|detections)-[a-z-]+)$/gm)].map(
      ([, heading]) => heading,
    );
    assert.deepEqual(headings.sort(), [...sections].sort());
  });

  it("is where each alarm's description leads", () => {
    const { homepage } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8"));
    const address = `${homepage.replace(/#readme$/, "")}/blob/main/docs/alarms.md`;
    for (const { name, inputs } of programs.flatMap(({ resources }) => resources.filter(isAlarm)))
      assert.ok(
        inputs.alarmDescription.split("\n").includes(`What to do: ${address}#${sectionOf(name)}`),
        inputs.alarmDescription,
      );
  });

  it("names the key under which each alarm says that data is kept", () => {
    for (const { name, inputs } of programs.flatMap(({ resources }) => resources.filter(isAlarm))) {
      const [, kept] = /kept in the bucket under (\S+?\/)[ ;]/.exec(inputs.alarmDescription) ?? [];
      if (kept) assert.ok(textOf(sectionOf(name)).includes(`\`${kept}\``), `${name}: ${kept}`);
    }
  });

  it("bills each metric of an alarm at 0.10 and the dashboard at 3.00, with detections and without", async () => {
    const rows = tableIn(page, "stack", "alarms");
    assert.equal(rows.length, 6);
    for (const [stack, count, metrics, dollars] of rows) {
      const [way, detections] = stack.split(", ");
      const all = (await stackWith(way, detections !== undefined)).filter(isAlarm);
      assert.equal(Number(count), all.length);
      assert.equal(Number(metrics), all.flatMap(({ inputs }) => inAlarm(inputs)).length);
      assert.equal(dollars, (Number(metrics) * 0.1 + 3).toFixed(2));
    }
  });

  it("has a command for producers whose alarm watches what CloudWatch Logs publishes", () => {
    const [command] = blocksIn(page, "sh");
    // The shell takes the quotes apart as it would for the CLI.
    const script = `aws() { printf '%s\\0' "$@"; }\n${command}`;
    const args = execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0");
    const [query] = JSON.parse(args[args.indexOf("--metrics") + 1]);
    const [metric] = inAlarm({ metricQueries: [{ expression: query.Expression }] });
    assert.deepEqual(
      [metric.metricName, metric.dimensions],
      ["DeliveryErrors", ["FilterName", "LogGroupName"]],
    );
    assert.ok(isPublished(metric));
  });
});
