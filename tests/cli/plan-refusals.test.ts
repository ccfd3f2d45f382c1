import assert from "node:assert/strict";
import { checkConfiguration } from "../../cli/program";
import { UsageError } from "../../cli/usage";
import { graph, ofType } from "../components/graph";
import { flowlogs, workFolder } from "./flowlogs";

const SUBNET = 'subnets={"web":"subnet-0123456789abcdef0"}';
const VPC = 'vpcs={"main":"vpc-0123456789abcdef0"}';

describe("flowlogs plan", () => {
  const dir = workFolder();
  const plan = (...config: string[]) => flowlogs(dir, ["plan", ...config.flatMap((each) => ["-c", each])]);

  it("ends with 2 for an unknown configuration value", async () => {
    const { code, stdout, stderr } = await plan("objectlock={}");
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /there is no configuration value "objectlock"; did you mean "objectLock"\?/);
  });

  for (const key of ["__proto__", "constructor", "Fields", "feilds", "vpcs.main", "aws:region"])
    it(`is misused with a configuration value that no argument has: ${key}`, () => {
      assert.throws(() => checkConfiguration({ [key]: "a" }), {
        message: /^there is no configuration value ".*"/,
      });
      assert.throws(() => checkConfiguration({ fields: "all", [key]: "a" }), UsageError);
    });

  it("says in one sentence that a value is wrong for the stack's region", async () => {
    const topic = "arn:aws:sns:eu-west-1:123456789012:alerts";
    const { code, stdout, stderr } = await plan(`alarmTopic=${topic}`);
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.equal(
      stderr,
      `flowlogs: FlowLogAnalytics: alarmTopic must be the ARN of a topic in the stack's region, us-east-1; got "${topic}"\n`,
    );
  });

  it("warns of subnets beside VPCs, whose flows may make two rows, and not of subnets alone", async () => {
    const both = await plan(VPC, SUBNET);
    assert.equal(both.code, 0);
    assert.match(
      both.stderr,
      /a subnet of subnets in a VPC of vpcs that is logged too makes two rows of each flow/,
    );
    const alone = await plan(SUBNET);
    assert.doesNotMatch(alone.stderr, /two rows/);
  });

  it("says for all unreadable values at once what each must be", async () => {
    const { code, stdout, stderr } = await plan(
      "vpcs=vpc-0123456789abcdef0",
      "tags={team: network}",
      "fields=[recommended",
      "maxAggregationInterval=60s",
      "bufferingInterval=0x10",
      "bytesScannedCutoffPerQuery=10 GB",
      "dropNoData=yes",
      "forceDestroy=TRUE",
    );
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.deepEqual(
      stderr
        .split("\n")
        .flatMap((line) => /^ {2}(\w+) +must .*; got (.*)$/.exec(line)?.slice(1).join(" ") ?? []),
      [
        'vpcs "vpc-0123456789abcdef0"',
        'fields "[recommended"',
        'maxAggregationInterval "60s"',
        'bufferingInterval "0x10"',
        'bytesScannedCutoffPerQuery "10 GB"',
        'dropNoData "yes"',
        'forceDestroy "TRUE"',
        'tags "{team: network}"',
      ],
    );
  });

  it("refuses each of the component's own log groups by its physical name", async () => {
    const groups = ofType(await graph("dev"), "aws:cloudwatch/logGroup:LogGroup");
    assert.equal(groups.length, 3);
    for (const { state } of groups)
      await assert.rejects(graph("dev", { existingLogGroups: { mine: state.name } }), {
        message: /existingLogGroups\.mine {2}is a log group of this component/,
      });
  });

  const names = (count: number) =>
    Array.from({ length: count }, (_, n) => [
      `g${n}`,
      `/aws/vpc/flow-logs/account/${String(n).padStart(19, "0")}`,
    ]);
  const groups = (count: number) => ({ existingLogGroups: Object.fromEntries(names(count)) });
  const accounts = (producerRegions: string[]) => (count: number) => ({
    ingestion: "SUBSCRIPTION",
    producerAccounts: names(count).map((_, n) => String(111_111_111_111 + n)),
    producerRegions,
  });

  for (const [what, config] of [
    ["log groups of 46 characters in the function's policy", groups],
    ["accounts in one region in a role's trust", accounts(["us-east-1"])],
    ["accounts in two regions in a role's trust", accounts(["us-east-1", "eu-west-1"])],
  ] as const)
    it(`says how many fit, and accepts exactly that many: ${what}`, async () => {
      const most = await graph("dev", config(200)).then(
        () => assert.fail("200 were taken"),
        ({ message }) => Number(/must be at most (\d+) .*; got 200$/.exec(message)?.[1]),
      );
      assert.ok(most > 10, `at most ${most}`);
      await graph("dev", config(most));
      await assert.rejects(graph("dev", config(most + 1)), { message: new RegExp(`at most ${most} `) });
    });
});
