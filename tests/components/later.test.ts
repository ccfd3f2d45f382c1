import assert from "node:assert/strict";
import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { besideOwn } from "../../components/log-groups";
import type { Settings } from "../../components/settings";
import { placed } from "../../components/settings/placed";
import { check, GOOD, type Untyped, VPCS } from "./settings";

const { output } = pulumi;
const TOPIC = "arn:aws:sns:us-east-1:123456789012:alerts";
const KEY = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012";

/** Resolves to an output's value. */
const known = (value: unknown): Promise<unknown> =>
  // @ts-expect-error: an output's promise is Pulumi's own affair
  output(value).promise();

/** All settings that may be outputs. */
const inputsOf = ({ sources, existingLogGroups, storage, alarmTopic, detections }: Settings) => [
  ...sources.map(({ id }) => id),
  ...existingLogGroups.map(([, name]) => name),
  storage.existingBucket,
  storage.existingKey,
  ...storage.previousKeys,
  alarmTopic,
  detections.topic,
];

const all = (args: Untyped, change = (settings: Settings) => settings) =>
  Promise.all(inputsOf(change(check({ ...GOOD, ...args }))).map(known));

/** The settings in a provider's region. */
const inRegion = (region: string) => (settings: Settings) =>
  placed(settings, {
    region: output(region),
    partition: output("aws"),
    accountId: output("123456789012"),
    dnsSuffix: output("amazonaws.com"),
  });

const id = (kind: string, digit = "0") => output(`${kind}-${digit.repeat(17)}`);
const detecting = (topic: unknown) => ({ detections: { queries: ["top-talkers"], topic } });

// biome-ignore format: a table, one mistake a line
const MISTAKES: [what: string, args: Untyped, message: RegExp][] = [
  ["a subnet for a VPC", { vpcs: { main: id("subnet") } }, /vpcs\.main must be a VPC id .*; got "subnet-0+"$/],
  ["a VPC's ARN", { vpcs: { main: output("arn:aws:ec2:us-east-1:123456789012:vpc/vpc-0a1b2c3d") } }, /vpcs\.main must be a VPC id/],
  ["an empty id", { vpcs: { main: output("") } }, /vpcs\.main must be a VPC id .*; got ""$/],
  ["one VPC by two outputs", { vpcs: { main: id("vpc"), again: id("vpc") } }, /vpcs\.again is the VPC of vpcs\.main again/],
  ["one VPC by an output and its id", { vpcs: { main: id("vpc"), again: `vpc-${"0".repeat(17)}` } }, /vpcs\.again is the VPC of vpcs\.main again/],
  ["one VPC by a promise and an output", { vpcs: { main: Promise.resolve(VPCS.main), again: output(VPCS.main) } }, /vpcs\.again is the VPC/],
  ["one log group by two outputs", { existingLogGroups: { a: output("/a"), b: output("/a") } }, /existingLogGroups\.b is the log group of existingLogGroups\.a again/],
  ["a log group's ARN", { existingLogGroups: { a: output("arn:aws:logs:us-east-1:123456789012:log-group:/a") } }, /existingLogGroups\.a must be a log group's name/],
  ["the function's log group", { existingLogGroups: { a: output("flows-etl-logs-1234567") } }, /existingLogGroups\.a is a log group of this component/],
  ["a bucket's ARN", { existingBucket: output("arn:aws:s3:::acme") }, /existingBucket must be the name/],
  ["a key's id", { existingKey: output("12345678-1234-1234-1234-123456789012") }, /existingKey must be the ARN/],
  ["a key's alias", { existingKey: output("arn:aws:kms:us-east-1:123456789012:alias/acme") }, /existingKey must be the ARN/],
  ["a queue for a topic", { alarmTopic: output(TOPIC.replace("sns", "sqs")) }, /alarmTopic must be the ARN of a standard SNS topic/],
  ["a FIFO topic", { alarmTopic: output(`${TOPIC}.fifo`) }, /alarmTopic must be the ARN of a standard SNS topic/],
  ["a topic of detections that is a subscription", detecting(output(`${TOPIC}:0a1b`)), /detections\.topic must be the ARN/],
];

const ELSEWHERE: [what: string, args: Untyped, message: RegExp][] = [
  [
    "a topic",
    { alarmTopic: TOPIC },
    /alarmTopic must be the ARN of a topic in the stack's region, eu-west-1/,
  ],
  ["a later topic", { alarmTopic: output(TOPIC) }, /alarmTopic must be the ARN of a topic in the stack's/],
  ["a topic of detections", detecting(TOPIC), /detections\.topic must be the ARN of a topic in the stack's/],
  [
    "a previous key",
    { previousKeys: [output(KEY)] },
    /previousKeys\[0\] must be the ARN of a key in the stack's/,
  ],
  ["a key", { existingKey: KEY }, /existingKey must be the ARN of a key in the stack's region, eu-west-1/],
];

describe("an output as a value", () => {
  it("is accepted if it is valid", async () => {
    const args = {
      vpcs: { main: id("vpc"), other: id("vpc", "1") },
      existingLogGroups: { a: output("/a"), b: output("/b") },
      existingBucket: output("acme-logs"),
      existingKey: output(KEY),
      alarmTopic: output(TOPIC),
      ...detecting(output(TOPIC)),
    };
    assert.deepEqual(await all(args, inRegion("us-east-1")), [
      `vpc-${"0".repeat(17)}`,
      `vpc-${"1".repeat(17)}`,
      "/a",
      "/b",
      "acme-logs",
      KEY,
      TOPIC,
      TOPIC,
    ]);
  });

  for (const [what, args, message] of MISTAKES)
    it(`is refused: ${what}`, () => assert.rejects(all(args), { message }));

  for (const [what, args, message] of ELSEWHERE)
    it(`is refused in another region than the stack's: ${what}`, async () => {
      await assert.rejects(all(args, inRegion("eu-west-1")), { message });
      await all(args, inRegion("us-east-1"));
    });

  it("may be a mock's value in a unit test, or undefined", async () => {
    const args = {
      vpcs: { main: output("main_id"), other: output(undefined), more: output(undefined) },
      existingLogGroups: { a: output("a_id"), b: output(undefined) },
      existingBucket: output("company_id"),
      existingKey: output("company_arn"),
      alarmTopic: output("alerts_arn"),
      ...detecting(output("arn:aws:mock:us-east-1:123456789012:alerts")),
    };
    const values = await all(args, inRegion("us-east-1"));
    assert.deepEqual(values.slice(0, 3), ["main_id", undefined, undefined]);
  });

  it("stays known in a preview beside an unknown one", async () => {
    const mocks = { newResource: () => ({ id: "", state: {} }), call: () => ({}) };
    pulumi.runtime.setMocks(mocks, "project", "stack", true);
    const [{ id: unknown }, { id: other }] = check({
      ...GOOD,
      vpcs: { main: output(pulumi.unknown), other: id("vpc") },
    }).sources;
    // @ts-expect-error: whether an output is known is Pulumi's own affair
    assert.deepEqual(await Promise.all([unknown.isKnown, output(other).isKnown]), [false, true]);
    await assert.rejects(all({ vpcs: { main: id("vpc"), other: id("subnet") } }), { message: /vpcs\.other/ });
    pulumi.runtime.setMocks(mocks, "project", "stack", false);
  });

  it("is refused as an existing log group if it is one of the component's own, whatever its physical name", async () => {
    await assert.rejects(known(besideOwn(["a", output("/own")], [output("/other"), output("/own")])), {
      message: /existingLogGroups\.a is a log group of this component/,
    });
    assert.equal(await known(besideOwn(["a", "/a"], [output("/own")])), "/a");
  });
});

describe("a source inside of another", () => {
  before(() =>
    pulumi.runtime.setMocks({
      newResource: ({ name, inputs }) => ({ id: `${name}_id`, state: inputs }),
      call: ({ inputs }) => inputs,
    }),
  );

  const program = () => {
    const vpc = new ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" });
    const other = new ec2.Vpc("other", { cidrBlock: "10.1.0.0/16" });
    const subnet = new ec2.Subnet("subnet", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
    const card = new ec2.NetworkInterface("card", { subnetId: subnet.id });
    return { vpc, other, subnet, card };
  };

  it("is refused: a subnet of a VPC that is logged too", async () => {
    const { vpc, subnet } = program();
    await assert.rejects(all({ vpcs: { main: vpc.id }, subnets: { web: subnet.id } }), {
      message:
        /subnets\.web is a subnet of vpcs\.main, which is logged already, so its flows would make two rows/,
    });
  });

  it("is refused: an interface of a subnet that is logged too", async () => {
    const { subnet, card } = program();
    const args = { vpcs: undefined, subnets: { web: subnet.id }, networkInterfaces: { proxy: card.id } };
    await assert.rejects(all(args), {
      message: /networkInterfaces\.proxy is a network interface of subnets\.web, which is logged already/,
    });
  });

  it("is refused by the VPC's id, too", async () => {
    const subnet = new ec2.Subnet("literal", { vpcId: VPCS.main, cidrBlock: "10.0.0.0/24" });
    await assert.rejects(all({ vpcs: VPCS, subnets: { web: subnet.id } }), {
      message: /subnets\.web is a subnet of vpcs\.main/,
    });
  });

  it("is accepted outside of it", async () => {
    const { other, subnet } = program();
    assert.deepEqual((await all({ vpcs: { main: other.id }, subnets: { web: subnet.id } })).slice(0, 2), [
      "other_id",
      "subnet_id",
    ]);
  });
});
