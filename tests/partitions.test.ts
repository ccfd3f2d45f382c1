import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { SigninClient } from "@aws-sdk/nested-clients/signin";
import { consoleHostOf, PARTITIONS, partitionOf } from "../components/partitions";
import { isRegion, REGIONS } from "../components/settings/regions";
import { LocalProvider } from "../local/program/provider";
import * as policy from "../policy/reading/partitions";

interface SdkPartition {
  id: string;
  regionRegex: string;
  regions: Record<string, unknown>;
  outputs: { dnsSuffix: string };
}

/** The AWS SDK's own table of partitions, for resolving endpoints. */
const sdk = (): SdkPartition[] => {
  const core = dirname(require.resolve("@aws-sdk/core/package.json"));
  const file = join(core, "dist-es/submodules/client/util-endpoints/lib/aws/partitions.js");
  const text = readFileSync(file, "utf8");
  return JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)).partitions;
};

const regionsOf = ({ id, regions }: SdkPartition) =>
  Object.keys(regions).filter((region) => region !== `${id}-global`);

describe("the table of partitions", () => {
  it("has every partition of the AWS SDK, with its DNS suffix", () => {
    const ours = PARTITIONS.map(({ name, dnsSuffix }) => [name, dnsSuffix]);
    const theirs = sdk().map(({ id, outputs }) => [id, outputs.dnsSuffix]);
    assert.deepEqual(ours.sort(), theirs.sort());
  });

  it("finds the partition of every region that the SDK lists, and of one that AWS may open", () => {
    for (const partition of sdk()) {
      const { id, regionRegex } = partition;
      for (const region of regionsOf(partition)) assert.equal(partitionOf(region)?.name, id, region);
      const [first] = regionsOf(partition);
      const next = first.replace(/\d+$/, "19");
      assert.match(next, new RegExp(regionRegex));
      assert.equal(partitionOf(next)?.name, id, next);
    }
  });

  it("accepts every region of the SDK", () => {
    const theirs = sdk().flatMap(regionsOf);
    assert.deepEqual([...REGIONS].sort(), theirs.sort());
    for (const region of theirs) assert.ok(isRegion(region), region);
  });

  it("accepts a region that AWS may open, and rejects a misspelt one", () => {
    for (const region of ["eu-west-9", "ap-northwest-1", "us-gov-central-1", "eusc-de-west-1"])
      assert.ok(isRegion(region), region);
    for (const region of [
      "eu-wset-1",
      "eu-middle-1",
      "eu-west-0",
      "eu-west-1 ",
      "EU-WEST-1",
      "eu_west_1",
      "Ireland",
    ])
      assert.ok(!isRegion(region), region);
  });

  it("finds no partition for a text that is not a region", () => {
    for (const text of ["", "aws-global", "us-east", "us-east-1a", "US-EAST-1", "ue-west-1", "*"])
      assert.equal(partitionOf(text), undefined, text);
  });

  it("has the console's host in each partition where the SDK's sign-in service has its own", () => {
    for (const [Region] of sdk().map(regionsOf)) {
      const { endpointProvider } = new SigninClient({ region: Region }).config;
      const { url } = endpointProvider({ Region, UseFIPS: false, UseDualStack: false });
      assert.equal(`https://${consoleHostOf(Region)}/`, url.href.replace(".signin.", ".console."));
    }
  });

  it("is the policy pack's table too", () => {
    const shared = PARTITIONS.map(({ name, dnsSuffix, regions }) => ({ name, dnsSuffix, regions }));
    assert.deepEqual(policy.PARTITIONS, shared);
  });

  it("is also the table of a local run", () => {
    for (const partition of sdk()) {
      const provider = new LocalProvider(regionsOf(partition)[0]);
      const { id, outputs } = partition;
      assert.deepEqual(provider.call({ token: "aws:index/getPartition:getPartition", inputs: {} }), {
        partition: id,
        dnsSuffix: outputs.dnsSuffix,
      });
    }
  });
});

describe("a service principal in the policy pack", () => {
  for (const [principal, service] of [
    ["logs.amazonaws.com", "logs"],
    ["logs.eu-west-1.amazonaws.com", "logs"],
    ["logs.cn-north-1.amazonaws.com.cn", "logs"],
    ["states.us-iso-east-1.c2s.ic.gov", "states"],
    ["logs.eusc-de-east-1.amazonaws.eu", "logs"],
    ["s3.us-isob-east-1.sc2s.sgov.gov", "s3"],
    ["lambda.alarms.cloudwatch.amazonaws.com", "lambda.alarms.cloudwatch"],
    ["alexa-appkit.amazon.com", "alexa-appkit"],
  ]) {
    it(`${principal} is ${service}`, () => assert.equal(policy.serviceOf(principal), service));
  }

  for (const principal of [
    "111122223333",
    "*",
    "amazonaws.com",
    "logs.example.com",
    "logs.amazonaws.com.evil.com",
  ])
    it(`${principal} is none`, () => assert.equal(policy.serviceOf(principal), undefined));
});
