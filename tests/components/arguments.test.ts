import assert from "node:assert/strict";
import { Output, output } from "@pulumi/pulumi";
import { childName } from "../../components/names";
import { DEFAULT_LAYOUT, layoutFrom } from "../../schema/layout";
import { graph } from "./graph";
import { check, errorOf, GOOD, VPCS } from "./settings";

describe("the arguments of FlowLogAnalytics", () => {
  it("need only VPCs: everything else has a default", () => {
    const { formats, plans, storage, ...settings } = check({ vpcs: VPCS });
    assert.deepEqual(settings, {
      sources: [{ property: "vpcId", key: "main", id: VPCS.main }],
      layout: DEFAULT_LAYOUT,
      ingestion: "LAMBDA",
      trafficType: "ALL",
      filterPattern: "",
      tagFields: [],
      existingLogGroups: [],
      producerAccounts: [],
      producerRegions: [],
      maxAggregationInterval: 60,
      logRetentionInDays: 7,
      bufferingInterval: 300,
      bytesScannedCutoffPerQuery: 107_374_182_400,
      alarmTopic: undefined,
      alarmSilenceInMinutes: 60,
      detections: { queries: [] },
      forceDestroy: false,
    });
    assert.deepEqual(formats.vpc.layout, DEFAULT_LAYOUT);
    assert.deepEqual(Object.keys(plans.byDigest), [formats.vpc.digest]);
    assert.equal(storage.forceDestroy, false);
  });

  it("tell the ETL which lines to leave out and which networks to name", () => {
    const networks = { office: ["203.0.113.0/24"] };
    const { plans, layout } = check({ ...GOOD, dropNoData: true, keepAction: "REJECT", networks });
    const [plan] = Object.values(plans.byDigest);
    assert.deepEqual(plan.drops, [
      { field: 13, token: "NODATA" },
      { field: 12, token: "ACCEPT" },
    ]);
    assert.deepEqual(plan.networks?.names, ["office"]);
    assert.deepEqual(
      layout.labels.map((label) => label.column),
      ["src_network", "dst_network"],
    );
  });

  it("reach the settings unchanged, also a zero", () => {
    const { fields, vpcs, ...rest } = GOOD;
    const settings = check(GOOD);
    for (const [name, value] of Object.entries(rest))
      assert.equal(settings[name as keyof typeof rest], value, name);
    assert.deepEqual(settings.layout, layoutFrom(fields));
  });

  it("accept exactly the retention periods that CloudWatch Logs accepts", () => {
    const kept = Array.from({ length: 4000 }, (_, days) => days).filter((logRetentionInDays) => {
      try {
        return check({ ...GOOD, logRetentionInDays }).logRetentionInDays === logRetentionInDays;
      } catch {
        return false;
      }
    });
    // PutRetentionPolicy, CloudWatch Logs API reference.
    assert.deepEqual(
      kept,
      [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731].concat([
        1096, 1827, 2192, 2557, 2922, 3288, 3653,
      ]),
    );
  });

  it("accept a VPC's id that is an output", () => {
    const main = output(VPCS.main);
    const [{ id }] = check({ ...GOOD, vpcs: { main } }).sources;
    assert.ok(Output.isInstance(id));
  });

  it("accept any name that fits into the longest name of a child", async () => {
    const limits = { "iam/role:": 64, "s3/bucket:": 63, "firehoseDeliveryStream:": 64, "function:": 64 };
    const longest = (await graph("dev")).resources.flatMap(({ type, name }) =>
      Object.entries(limits)
        .filter(([part]) => type.includes(part))
        // Pulumi appends a hyphen and seven characters.
        .map(([, limit]) => limit - name.slice("flows".length).length - 8),
    );
    assert.equal(longest.length, 6);
    assert.ok(Math.min(...longest) >= 40, `a name may have ${Math.min(...longest)} characters`);
    for (const name of ["a".repeat(40), "a".repeat(41), "Edge_Flows of the whole company".repeat(9)]) {
      assert.doesNotThrow(() => check(GOOD, name));
      assert.ok(childName(name).length <= 40, childName(name));
    }
  });

  it("are all checked: ten mistakes are ten lines of one error, which Pulumi shows, and ten entries", () => {
    const error = errorOf(
      {
        vpcs: { Main: VPCS.main, edge: "igw-0123456789abcdef0" },
        fields: ["recommended", "srcport", "src-addr", "time"],
        maxAggregationInterval: 61,
        logRetentionInDays: 10,
        bufferingInterval: 901,
        bytesScannedCutoffPerQuery: 1,
      },
      "",
    );
    assert.equal(
      error.message,
      [
        'FlowLogAnalytics "": 10 arguments need attention',
        '  name                        must be text; got ""',
        '  vpcs.Main                   its name must be 1 to 30 lower-case letters, digits or hyphens; got "Main"',
        '  vpcs.edge                   must be a VPC id such as vpc-0123456789abcdef0; got "igw-0123456789abcdef0"',
        '  fields[1]                   field "srcport" is there twice; name it once',
        '  fields[2]                   unknown field "src-addr"; did you mean "srcaddr"?',
        '  fields[3]                   unknown field "time"; did you mean "type"?',
        "  maxAggregationInterval      must be 60 or 600; got 61",
        "  logRetentionInDays          must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653; got 10",
        "  bufferingInterval           must be 0 to 900 seconds; got 901",
        "  bytesScannedCutoffPerQuery  must be a whole number of bytes from 10000000 to 9007199254740991; got 1",
      ].join("\n"),
    );
    assert.equal(error.errors.length, 10);
    assert.deepEqual(
      error.message.split("\n").slice(1),
      error.errors.map(({ propertyPath, reason }) => `  ${propertyPath.padEnd(26)}  ${reason}`),
    );
  });

  it("are all checked in one VPC, too: its name and its id", () => {
    assert.deepEqual(errorOf({ ...GOOD, vpcs: { Main: "igw-0" } }).errors, [
      {
        propertyPath: "vpcs.Main",
        reason: 'its name must be 1 to 30 lower-case letters, digits or hyphens; got "Main"',
      },
      { propertyPath: "vpcs.Main", reason: 'must be a VPC id such as vpc-0123456789abcdef0; got "igw-0"' },
    ]);
  });
});
