import assert from "node:assert/strict";
import { type FlowLogAnalyticsArgs, Ingestion } from "../../components/arguments";
import type { FlowLogField } from "../../components/vocabulary";
import { type Child, componentGraph } from "./component";
import { check, VPCS } from "./settings";

const HUB = { hub: "tgw-0a1b2c3d" };
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** The digest of a VPC's format with these fields, and that of a transit gateway's default format. */
const digestOf = (fields: FlowLogField[]) => check({ vpcs: VPCS, fields }).formats.vpc.digest;
const TRANSIT = check({ transitGateways: HUB }).formats.transit?.digest;
const [DEFAULT, RECOMMENDED] = [digestOf(["default"]), digestOf(["recommended"])];

const alarmsOf = async (args: FlowLogAnalyticsArgs) => {
  const { resources } = await componentGraph(args);
  const alarms = resources.filter(({ type }) => type === ALARM);
  const names = (ending: string) =>
    alarms.flatMap(({ name }) => (name.endsWith(ending) ? [name.replace("flows-alarm-", "")] : [])).sort();
  return { resources, alarms, names };
};

const inputsOf = (resources: Child[], name: string) =>
  (resources.find((each) => each.name === name) ?? assert.fail(name)).inputs;

describe("the alarms of a stack", () => {
  const previous: FlowLogAnalyticsArgs = { fields: ["recommended"], previousFields: [["default"]] };

  it("watch the old format's log group for errors, and only the present one's for silence", async () => {
    const { names } = await alarmsOf({ vpcs: VPCS, ...previous });
    assert.deepEqual(names("-silence"), ["etl-silence", `logs-${RECOMMENDED}-silence`, "stream-silence"]);
    for (const digest of [RECOMMENDED, DEFAULT])
      assert.ok(names("-errors").includes(`logs-${digest}-errors`), digest);
  });

  it("watch with DIRECT only streams that flow logs write to for silence", async () => {
    const direct = { ingestion: Ingestion.DIRECT, ...previous };
    const both = await alarmsOf({ vpcs: VPCS, transitGateways: HUB, ...direct });
    assert.deepEqual(both.names("-silence"), [
      "etl-silence",
      ...[RECOMMENDED, TRANSIT].sort().map((digest) => `stream-${digest}-silence`),
    ]);
    assert.ok(both.names("-freshness").includes(`stream-${DEFAULT}-freshness`));
    const hub = await alarmsOf({ transitGateways: HUB, ...direct });
    assert.deepEqual(hub.names("-silence"), ["etl-silence", `stream-${TRANSIT}-silence`]);
  });

  it("watch no log group for silence that no transit gateway writes to", async () => {
    const { names } = await alarmsOf({ vpcs: VPCS, transitGateways: {} });
    assert.deepEqual(names("-silence"), ["etl-silence", `logs-${DEFAULT}-silence`, "stream-silence"]);
    assert.ok(names("-errors").includes(`logs-${TRANSIT}-errors`));
  });

  for (const ingestion of [Ingestion.LAMBDA, Ingestion.SUBSCRIPTION]) {
    it(`watch existing log groups as the stack's own, by the filter that reads them, with ${ingestion}`, async () => {
      const existingLogGroups = { old: "/vpc/flow-logs" };
      const { resources, names } = await alarmsOf({ vpcs: VPCS, existingLogGroups, ingestion });
      assert.deepEqual(names("-silence"), [
        "etl-silence",
        "logs-existing-old-silence",
        `logs-${DEFAULT}-silence`,
        "stream-silence",
      ]);
      const { dimensions } = inputsOf(resources, "flows-alarm-logs-existing-old-silence");
      assert.deepEqual(dimensions, { LogGroupName: "/vpc/flow-logs" });
      const prefix = ingestion === Ingestion.LAMBDA ? "subscription" : "stream-subscription";
      for (const key of [DEFAULT, "existing-old"]) {
        const filter = resources.find(({ name }) => name === `flows-${prefix}-${key}`) ?? assert.fail(key);
        const [{ expression }] = inputsOf(resources, `flows-alarm-logs-${key}-errors`).metricQueries;
        const { logGroup } = filter.inputs;
        assert.ok(
          expression.endsWith(`WHERE LogGroupName = '${logGroup}' AND FilterName = '${filter.state.name}'`),
          expression,
        );
      }
    });
  }

  it("watch a stream to which only others write, if configured so, and not otherwise", async () => {
    const producers = { ingestion: Ingestion.DIRECT };
    assert.deepEqual((await alarmsOf(producers)).names("-silence"), []);
    const asked = await alarmsOf({ ...producers, alarmSilenceInMinutes: 120 });
    assert.deepEqual(asked.names("-silence"), ["etl-silence", `stream-${DEFAULT}-silence`]);
    const existing = { existingLogGroups: { old: "/old" }, alarmSilenceInMinutes: 120 };
    assert.deepEqual((await alarmsOf(existing)).names("-silence"), [
      "etl-silence",
      "logs-existing-old-silence",
      "stream-silence",
    ]);
  });
});
