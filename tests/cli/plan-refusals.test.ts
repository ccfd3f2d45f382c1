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
});
