import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "../../local/program";
import { judgeProgram } from "../../local/program/policy";
import { rules } from "../../policy/rules";
import { flowlogs, workFolder } from "../cli/flowlogs";
import { observe } from "./observe";

describe("the plan as the rules get it", () => {
  it("has the same parents and property dependencies as the engine", async () => {
    const { planned } = await observe(() => runProgram("dev"));
    const resource = (name: string) =>
      planned.find((each) => each.resource.name === name)?.resource ?? assert.fail(name);
    const block = resource("flows-lake-access");
    assert.deepEqual(
      block.propertyDependencies.bucket.map(({ name }) => name),
      ["flows-lake"],
    );
    assert.deepEqual(block.propertyDependencies.blockPublicAcls, []);
    assert.equal(block.parent, resource("flows"));
    assert.equal(block.opts.parent, resource("flows").urn);
    assert.equal(resource("flows").parent?.type, "pulumi:pulumi:Stack");
    assert.equal(block.urn.split("::")[2].split("$")[0], "flow-log-analytics:index:FlowLogAnalytics");
    assert.ok(resource("flows-etl").dependencies.length > 0);
  });

  for (const stack of ["dev", "prod"])
    it(`breaks no rule in ${stack} except warnings about features that cost extra`, async () => {
      const { violations } = await judgeProgram(await runProgram(stack), {});
      assert.deepEqual(
        violations.map(({ rule, name, enforcementLevel }) => [rule, name, enforcementLevel]).sort(),
        [
          ["bucket-logs-access", "flows-lake", "advisory"],
          ["bucket-versioned", "flows-lake", "advisory"],
          ["function-concurrency-limited", "flows-etl", "advisory"],
          ["function-traced", "flows-etl", "advisory"],
        ],
      );
    });

  it("is judged and remediated by the configuration", async () => {
    const required = ["owner"];
    const all = await judgeProgram(await runProgram("dev"), { "resource-tagged": { required } });
    const untagged = all.violations.filter(({ rule }) => rule === "resource-tagged").map(({ name }) => name);
    assert.ok(untagged.includes("flows-lake"));
    const tagged = { enforcementLevel: "remediate", required, values: { owner: "platform" } } as const;
    const mended = await judgeProgram(await runProgram("dev"), { "resource-tagged": tagged });
    assert.deepEqual(
      mended.violations.filter(({ rule }) => rule === "resource-tagged").map(({ name }) => name),
      ["flows-etl"],
      "all but the function, whose code is an archive of assets",
    );
  });
});

describe("flowlogs plan --policy", function () {
  this.timeout(120_000);
  const dir = workFolder();
  const config = (content: unknown) => {
    const file = join(dir, "policy.json");
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return file;
  };
  const plan = (...args: string[]) => flowlogs(dir, ["plan", "--policy", ...args]);

  it("prints each finding with its remedy, and passes with warnings only", async () => {
    const { code, stdout, stderr } = await plan();
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^advisory, low: function-traced\n {2}function "flows-etl" is not traced .+\n {2}https:/,
    );
    assert.match(
      stderr,
      new RegExp(
        `^${rules.length} rules, \\d+ resources in stack dev: 0 mandatory violations, 4 advisory$`,
        "m",
      ),
    );
  });

  it("fails with mandatory findings, and prints JSON", async () => {
    const file = config({ "function-traced": "mandatory" });
    const { code, stdout, stderr } = await plan("--policy-config", file, "--json");
    assert.equal(code, 1);
    assert.match(stderr, /flowlogs: the policy pack does not let stack dev through/);
    const { stack, violations } = JSON.parse(stdout);
    assert.equal(stack, "dev");
    assert.equal(violations[0].rule, "function-traced", "what is mandatory comes first");
    assert.match(violations[0].urn, /^urn:pulumi:dev::.+::flows-etl$/);
    assert.equal(violations[0].enforcementLevel, "mandatory");
  });

  it("prints nothing to standard output without findings", async () => {
    const exempt = ["flows-*"];
    const costly = [
      "function-traced",
      "function-concurrency-limited",
      "bucket-versioned",
      "bucket-logs-access",
    ];
    const file = config(Object.fromEntries(costly.map((rule) => [rule, { exempt }])));
    const { code, stdout } = await plan("--policy-config", file);
    assert.deepEqual([code, stdout], [0, ""]);
  });

  it("refuses an invalid configuration, in one sentence", async () => {
    const file = config({ "log-group-retention-bounded": { maximumDays: 4000 } });
    const { code, stdout, stderr } = await plan("--policy-config", file);
    assert.deepEqual([code, stdout], [1, ""]);
    assert.equal(
      stderr,
      "flowlogs: the policy configuration has 1 mistake\n  log-group-retention-bounded: maximumDays must be 3653 or less, not 4000\n",
    );
  });

  it("requires --policy beside --policy-config", async () => {
    const { code, stderr } = await flowlogs(dir, ["plan", "--policy-config", "x.json"]);
    assert.equal(code, 2);
    assert.match(stderr, /--policy-config goes with --policy/);
  });
});
