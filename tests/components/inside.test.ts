import assert from "node:assert/strict";
import { ec2 } from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { check, GOOD, VPCS } from "./settings";

/** Resolves to an output's value. */
const known = (value: unknown): Promise<unknown> =>
  (pulumi.output(value) as unknown as { promise(): Promise<unknown> }).promise();

const blocks = (insideCidrBlocks: unknown, more = {}) =>
  known(check({ ...GOOD, ...more, insideCidrBlocks } as never).insideCidrBlocks);

describe("component: blocks that are inside", () => {
  it("are none, and no output, if nothing names one", () => {
    assert.equal(check(GOOD).insideCidrBlocks, undefined);
  });

  it("are in their shortest form, each once, also those from outputs", async () => {
    const given = [
      "54.10.0.0/16",
      "2600:1F18:0:0::/56",
      pulumi.output("54.10.0.0/16"),
      "",
      pulumi.output("54.11.0.0/16"),
    ];
    assert.deepEqual(await blocks(given), ["54.10.0.0/16", "2600:1f18::/56", "54.11.0.0/16"]);
    assert.deepEqual(await blocks(pulumi.output(given)), ["54.10.0.0/16", "2600:1f18::/56", "54.11.0.0/16"]);
  });

  it("are refused like blocks of networks, all at once", () => {
    assert.throws(
      () => check({ ...GOOD, insideCidrBlocks: ["10.0.0.5/16", "office"] } as never),
      /insideCidrBlocks\[0\] +must have no bits set after its prefix; got "10\.0\.0\.5\/16"; did you mean 10\.0\.0\.0\/16\?\n +insideCidrBlocks\[1\] +must be a CIDR block/,
    );
    const many = Array.from({ length: 51 }, (_, n) => `54.${n}.0.0/16`);
    assert.throws(
      () => check({ ...GOOD, insideCidrBlocks: many } as never),
      /must be at most 50 blocks.*; got 51/,
    );
    assert.throws(
      () => check({ ...GOOD, insideCidrBlocks: "54.0.0.0/16" } as never),
      /must be a list of CIDR blocks/,
    );
  });

  it("are refused when an output resolves to an invalid block", async () => {
    await assert.rejects(
      blocks([pulumi.output("54.10.0.1/16")]),
      /insideCidrBlocks\[0\] must have no bits set/,
    );
  });

  it("have none of a VPC whose id is not an output of a resource", async () => {
    assert.deepEqual(await blocks(undefined, { vpcs: { main: pulumi.output(VPCS.main) } }), []);
  });

  describe("of VPCs that the program makes", () => {
    before(() =>
      pulumi.runtime.setMocks({
        newResource: ({ name, inputs }) => ({ id: `vpc-${name}`, state: inputs }),
        call: ({ inputs }) => inputs,
      }),
    );

    it("are included without configuration, in IPv4 and IPv6, beside configured ones", async () => {
      const vpc = new ec2.Vpc("public", {
        cidrBlock: "54.10.0.0/16",
        ipv6CidrBlock: "2600:1f18:12:3400::/56",
      });
      const plain = new ec2.Vpc("plain", { cidrBlock: "10.0.0.0/16" });
      const vpcs = { public: vpc.id, plain: plain.id };
      assert.deepEqual(await blocks(["54.99.0.0/16"], { vpcs }), [
        "54.99.0.0/16",
        "54.10.0.0/16",
        "2600:1f18:12:3400::/56",
        "10.0.0.0/16",
      ]);
    });
  });
});
