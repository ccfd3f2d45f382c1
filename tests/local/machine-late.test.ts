import assert from "node:assert/strict";
import { readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import type { Program } from "../../local/program";
import { layoutFrom } from "../../schema/layout";
import { graph } from "../components/graph";
import { lakesFolder, runLines } from "./lakes";
import { MachineWorld } from "./machine-world";

const TOPIC = "arn:aws:sns:us-east-1:123456789012:security";
const DETECTION = "new-talkers";
const HOUR = 3600;
const DAY = 24 * HOUR;
const FROM = Date.UTC(2026, 0, 10) / 1000;
/** The hour whose object Firehose could store only after a day of tries. */
const HELD = FROM + 5 * DAY + 9 * HOUR;
const STORED = HELD + 25 * HOUR + 600;

const FIELDS = [
  ...["srcaddr", "dstaddr", "srcport", "dstport", "protocol", "packets", "bytes"],
  ...["start", "end", "action", "tcp-flags", "pkt-srcaddr", "pkt-dstaddr"],
];
const layout = layoutFrom(FIELDS);

/** An address's connection to the server at a time: with SYN, and with more packets than a knock. */
const call = (address: string, port: number, start: number) => ({
  layout,
  text: `${address} 10.0.0.2 40000 ${port} 6 9 2000 ${start} ${start + 60} ACCEPT 2 ${address} 10.0.0.2`,
});

const startOf = ({ text }: { text: string }) => Number(text.split(" ")[FIELDS.indexOf("start")]);

const LINES = [
  ...Array.from({ length: 7 * 24 }, (_, hour) => call("10.0.0.1", 443, FROM + hour * HOUR + 300)),
  // One address calls only in the late hour, the other also in the hour before it.
  call("10.0.0.9", 22, HELD + 300),
  call("10.0.0.8", 22, HELD - HOUR + 300),
  call("10.0.0.8", 22, HELD + 360),
].sort((a, b) => startOf(a) - startOf(b));

const hourOf = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 13);

describe("a detection with a history, over a lake with an object that came a day late", function () {
  this.timeout(300_000);
  const lake = join(lakesFolder(), "lake");

  before(async () => {
    await runLines({}, lake, LINES);
    const [year, month, day, hour] = hourOf(HELD).split(/[-T]/);
    const held = join(lake, `flow-logs/year=${year}/month=${month}/day=${day}/hour=${hour}`);
    const objects = readdirSync(held);
    assert.equal(objects.length, 1);
    for (const object of objects) utimesSync(join(held, object), STORED, STORED);
  });

  /** Runs the detection at these times; returns its findings and messages. */
  const foundBy = async (everyHours: number | undefined, times: number[]) => {
    const program: Program = await graph("dev", {
      fields: FIELDS.join(" "),
      detections: { queries: [DETECTION], everyHours, topic: TOPIC },
    });
    const world = new MachineWorld(program, lake);
    for (const time of times) await world.run(DETECTION, hourOf(time));
    const findings = world.findings().map(({ run, finding }) => [run, finding.address]);
    const told = world.messages.map(({ Message }) => / run of (\S+):00 UTC/.exec(Message)?.[1]);
    return { findings, told };
  };

  const midnight = (day: number) => FROM + day * DAY;
  const [next, later] = [hourOf(midnight(6)), hourOf(midnight(7))];

  it("finds a late new talker in the first daily run after its arrival, and publishes it once", async () => {
    const { findings, told } = await foundBy(undefined, [5, 6, 7, 8, 9].map(midnight));
    assert.deepEqual(findings, [
      [next, "10.0.0.8"],
      [later, "10.0.0.9"],
    ]);
    assert.deepEqual(told, [next, later]);
  });

  it("finds it in the run at hour 0 if it runs every hour, and publishes it once", async () => {
    const hours = [HELD - HOUR, HELD, HELD + HOUR, HELD + 2 * HOUR, midnight(6), STORED - HOUR - 600];
    const around = [STORED + 3000, STORED + HOUR + 3000, midnight(7) - HOUR, midnight(7), midnight(7) + HOUR];
    const { findings, told } = await foundBy(1, [...hours, ...around, midnight(8)]);
    const first = hourOf(HELD);
    assert.deepEqual(findings, [
      [first, "10.0.0.8"],
      [later, "10.0.0.9"],
    ]);
    assert.deepEqual(told, [first, later]);
  });
});
