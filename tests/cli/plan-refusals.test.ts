import assert from "node:assert/strict";
import { flowlogs, workFolder } from "./flowlogs";

const SUBNET = 'subnets={"web":"subnet-0123456789abcdef0"}';
const VPC = 'vpcs={"main":"vpc-0123456789abcdef0"}';

describe("flowlogs plan", () => {
  const dir = workFolder();
  const plan = (...config: string[]) => flowlogs(dir, ["plan", ...config.flatMap((each) => ["-c", each])]);

  it("is misused with a configuration value that there is not", async () => {
    const { code, stdout, stderr } = await plan("objectlock={}");
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /there is no configuration value "objectlock"; did you mean "objectLock"\?/);
  });

  it("says in one sentence what is known to be wrong only where the stack is", async () => {
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

  const names = (count: number) =>
    Array.from({ length: count }, (_, n) => [
      `g${n}`,
      `/aws/vpc/flow-logs/account/${String(n).padStart(19, "0")}`,
    ]);
  const groups = (count: number) => [`existingLogGroups=${JSON.stringify(Object.fromEntries(names(count)))}`];
  const accounts = (regions: string[]) => (count: number) => [
    "ingestion=SUBSCRIPTION",
    `producerAccounts=${JSON.stringify(names(count).map((_, n) => String(111_111_111_111 + n)))}`,
    `producerRegions=${JSON.stringify(regions)}`,
  ];

  for (const [what, config] of [
    ["log groups of 46 characters in the function's policy", groups],
    ["accounts in one region in a role's trust", accounts(["us-east-1"])],
    ["accounts in two regions in a role's trust", accounts(["us-east-1", "eu-west-1"])],
  ] as const)
    it(`says how many fit, and takes just so many: ${what}`, async () => {
      const { code, stderr } = await plan(...config(60));
      assert.equal(code, 1);
      const [, most] = /must be at most (\d+) .*; got 60\n$/.exec(stderr) ?? [];
      assert.ok(Number(most) > 10, stderr);
      assert.equal((await plan(...config(Number(most)))).code, 0);
      assert.equal((await plan(...config(Number(most) + 1))).code, 1);
    });
});
