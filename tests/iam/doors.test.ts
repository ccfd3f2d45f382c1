import assert from "node:assert/strict";
import { Ingestion } from "../../components/arguments";
import { ANONYMOUS, allows, type Call, type Document, OURS, STRANGER } from "./evaluator";
import { forEverybody, unnoticed, withoutACondition, withoutAValue } from "./mutations";
import { EVERY_RIGHT, NAMINGS, PRODUCERS, WAYS, type World, worldOf } from "./world";

const LOGS = "logs.amazonaws.com";
const EXISTING = `arn:aws:logs:us-east-1:${OURS}:log-group:/vpc/flow-logs`;
const roleOf = (account: string) => `arn:aws:iam::${account}:role/any`;

/** A caller that is a role has every IAM permission. */
const lets = (call: Call, resource: Document) =>
  allows(call, { identity: call.principal.startsWith("arn:") ? EVERY_RIGHT : undefined, resource });
const refuses = async (call: Call, policy: Document) => !(await lets(call, policy));
const answered = async (calls: Call[], policy: Document, answer: boolean) => {
  const found: Call[] = [];
  for (const call of calls) if ((await lets(call, policy)) === answer) found.push(call);
  return found;
};

/** The function's policy that Lambda makes of its permissions. */
const functionPolicy = (world: World): Document => ({
  Version: "2012-10-17",
  Statement: world
    .inputsOf("flows-subscription-permission-")
    .map(({ principal, action, sourceArn, sourceAccount }) => ({
      Effect: "Allow",
      Principal: { Service: principal },
      Action: action,
      Resource: world.arnsOf("{flows-etl}"),
      Condition: {
        StringEquals: { "AWS:SourceAccount": sourceAccount },
        ArnLike: { "AWS:SourceArn": sourceArn },
      },
    })),
});

for (const [naming, autonaming] of Object.entries(NAMINGS)) {
  describe(`the function's policy, with ${naming}`, () => {
    let world: World;
    let policy: Document;

    before(async () => {
      world = await worldOf(Ingestion.LAMBDA, autonaming);
      policy = functionPolicy(world);
    });

    const invocation = (principal: string, group?: string, account = OURS): Call => ({
      principal,
      action: "lambda:InvokeFunction",
      resource: world.arnsOf("{flows-etl}")[0],
      context: group ? { "aws:SourceArn": `${group}:*`, "aws:SourceAccount": account } : {},
    });
    const groups = () => [...world.arnsOf("{flows-flow-logs}"), EXISTING];
    const forbidden = () => [
      invocation(LOGS),
      ...world.arnsOf("{flows-etl-logs}").map((group) => invocation(LOGS, group)),
      ...groups().flatMap((group) => [
        invocation(LOGS, group, STRANGER),
        ...["-others", "/others"].map((more) => invocation(LOGS, `${group}${more}`)),
        invocation(LOGS, group.replace("us-east-1", "us-east-2")),
        invocation(LOGS, group.replace(OURS, STRANGER), STRANGER),
        ...["events", "firehose", "s3", "sns"].map((name) => invocation(`${name}.amazonaws.com`, group)),
        ...[roleOf(STRANGER), ANONYMOUS].map((principal) => invocation(principal, group)),
        { ...invocation(LOGS, group), action: "lambda:UpdateFunctionCode" },
        { ...invocation(LOGS, group), resource: `arn:aws:lambda:us-east-1:${OURS}:function:others` },
      ]),
    ];

    it("lets CloudWatch Logs invoke it for each log group that is read", async () => {
      const calls = groups().map((group) => invocation(LOGS, group));
      assert.equal(calls.length, policy.Statement.length);
      assert.deepEqual(await answered(calls, policy, false), []);
    });

    it("lets nobody else invoke it, nor CloudWatch Logs for any other log group or account", async () => {
      assert.deepEqual(await answered(forbidden(), policy, true), []);
    });

    it("would let others invoke it without a condition or principal", async () => {
      const more = [...withoutACondition(policy), ...forEverybody(policy)];
      assert.deepEqual(await unnoticed(more, forbidden(), refuses), []);
    });

    for (const way of WAYS.filter((name) => name !== Ingestion.LAMBDA)) {
      it(`does not exist with ${way}, where Firehose invokes the function through a role`, async () => {
        assert.deepEqual(functionPolicy(await worldOf(way, autonaming)).Statement, []);
      });
    }
  });

  describe(`a destination's policy, with ${naming}`, () => {
    let policies: [arn: string, policy: Document][];

    before(async () => {
      const world = await worldOf(Ingestion.SUBSCRIPTION, autonaming);
      policies = world.inputsOf("flows-destination-policy-").map(({ accessPolicy }) => {
        const policy: Document = JSON.parse(accessPolicy);
        return [String(policy.Statement[0].Resource), policy];
      });
    });

    const subscription = (principal: string, resource: string, action = "PutSubscriptionFilter"): Call => ({
      principal,
      action: `logs:${action}`,
      resource,
    });
    const needed = (arn: string) => PRODUCERS.map((account) => subscription(roleOf(account), arn));
    const forbidden = (arn: string) => [
      ...[roleOf(STRANGER), ANONYMOUS, LOGS].map((principal) => subscription(principal, arn)),
      ...["PutDestination", "PutDestinationPolicy", "DeleteDestination"].flatMap((action) =>
        PRODUCERS.map((account) => subscription(roleOf(account), arn, action)),
      ),
    ];

    it("lets producers subscribe their log groups in each region", async () => {
      assert.deepEqual(
        policies.map(([arn]) => arn.split(":").slice(0, 6).join(":")),
        ["us-east-1", "eu-west-1"].map((region) => `arn:aws:logs:${region}:${OURS}:destination`),
      );
      for (const [arn, policy] of policies) assert.deepEqual(await answered(needed(arn), policy, false), []);
    });

    it("lets nobody else subscribe, and allows producers nothing else", async () => {
      for (const [arn, policy] of policies) {
        assert.deepEqual(await answered(forbidden(arn), policy, true), []);
        for (const call of needed(arn))
          assert.equal(await allows(call, { resource: policy }), false, "without a right of its own");
      }
    });

    it("names each producer, and would allow others if it named everybody", async () => {
      for (const [arn, policy] of policies) {
        assert.deepEqual(await unnoticed(withoutAValue(policy), needed(arn), lets), []);
        assert.deepEqual(await unnoticed(forEverybody(policy), forbidden(arn), refuses), []);
      }
    });
  });
}
