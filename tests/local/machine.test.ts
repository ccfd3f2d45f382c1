import assert from "node:assert/strict";
import { join } from "node:path";
import type { Program } from "../../local/program";
import { traffic } from "../../local/traffic";
import { plant } from "../../local/traffic/attacks";
import { layoutFrom } from "../../schema/layout";
import { graph } from "../components/graph";
import { lakesFolder, runLines } from "./lakes";
import { failure, HANGS, MachineWorld } from "./machine-world";

const TOPIC = "arn:aws:sns:us-east-1:123456789012:security";
const DETECTION = "horizontal-scan";
const HOUR = 3600;
const FROM = Date.UTC(2026, 0, 15) / 1000;

const layout = layoutFrom(["recommended"]);
const planted = plant({ seed: 4, from: FROM, days: 1, attacks: ["scan"] });
const scan = planted
  .map(({ truth }) => truth)
  .find(
    ({ query, pace, from, to }) =>
      query === DETECTION && pace === "fast" && Math.floor(from / HOUR) === Math.floor(to / HOUR),
  );
const hourOf = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 13);

const DENIED = failure("AccessDeniedException", "not authorized");
/** Throttling error of each task. */
const THROTTLED: Record<string, Error> = {
  Ask: failure("Athena.TooManyRequestsException", "Rate exceeded"),
  Look: failure("S3.SlowDownException", "Please reduce your request rate"),
  Register: failure("Glue.ThrottlingException", "Rate exceeded"),
  Tell: failure("SNS.ThrottledException", "Rate exceeded"),
};
const TASKS = Object.keys(THROTTLED);

describe("the machine of scheduled detections, interpreted", () => {
  const lake = join(lakesFolder(), "lake");
  assert.ok(scan);
  const due = hourOf(scan.to + HOUR);
  let told: Program;
  let quiet: Program;

  before(async function () {
    this.timeout(120_000);
    const lines = [...traffic({ seed: 4, lines: 4000, from: FROM, days: 1, layout, attacks: planted })];
    await runLines(
      {},
      lake,
      lines.map((text) => ({ text, layout })),
    );
    const declared = (topic?: string) =>
      graph("dev", { fields: ["recommended"], detections: { queries: [DETECTION], topic } });
    [told, quiet] = [await declared(TOPIC), await declared()];
  });

  const worldOf = (program = told, faults: Record<string, { error: Error; half?: boolean }[]> = {}) => {
    const world = new MachineWorld(program, lake);
    for (const [state, list] of Object.entries(faults)) world.faults.set(state, [...list]);
    return world;
  };
  const forGood = (error: Error) => Array.from({ length: 10 }, () => ({ error }));
  const assertFoundOnce = (world: MachineWorld) => {
    const found = world.findings();
    assert.deepEqual(
      found.map(({ detection, run, finding }) => [detection, run, finding.srcaddr, finding.dstport]),
      [[DETECTION, due, scan.source, scan.ports[0]]],
    );
    assert.ok(Number(found[0].finding.targets) > 10);
    assert.deepEqual(
      world.messages.map(({ TopicArn, Subject }) => [TopicArn, Subject]),
      [[TOPIC, `Flow logs: ${DETECTION}`]],
    );
  };

  it("puts findings into the table, and publishes once where to read them", async () => {
    const world = worldOf();
    await world.run(DETECTION, due);
    assertFoundOnce(world);
    assert.equal(
      world.messages[0].Message,
      `horizontal-scan found something in its run of ${due}:00 UTC. Ask in workgroup ${told.outputs.workgroup}: SELECT finding FROM ${told.outputs.database}.flow_logs_findings WHERE detection = 'horizontal-scan' AND run = '${due}'`,
    );
  });

  it("writes, registers and publishes nothing without findings", async () => {
    const world = worldOf();
    await world.run(DETECTION, hourOf(FROM - 10 * HOUR));
    assert.deepEqual([world.objects.size, world.partitions.size, world.messages.length], [0, 0, 0]);
  });

  it("finds each planted scan in one of the day's runs, and publishes once for each run with findings", async function () {
    this.timeout(120_000);
    const world = worldOf();
    for (let hour = 1; hour <= 25; hour++) await world.run(DETECTION, hourOf(FROM + hour * HOUR));
    const sources = new Set(world.findings().map(({ finding }) => finding.srcaddr));
    const fast = planted.filter(({ truth }) => truth.query === DETECTION && truth.pace === "fast");
    for (const { truth } of fast) assert.ok(sources.has(truth.source), truth.source);
    assert.equal(world.messages.length, world.partitions.size);
  });

  for (const task of TASKS)
    it(`finds and publishes once if ${task} is throttled twice`, async () => {
      const error = THROTTLED[task];
      const world = worldOf(told, { [task]: [{ error }, { error }] });
      await world.run(DETECTION, due);
      assertFoundOnce(world);
      assert.equal(world.tries.get(task), 3);
    });

  it("writes to a new prefix after a partial try, whose objects are never read as findings", async () => {
    const error = failure("Athena.AthenaException", "Query exhausted resources");
    const world = worldOf(told, { Ask: [{ error, half: true }] });
    await world.run(DETECTION, due);
    assertFoundOnce(world);
    assert.equal(world.objects.size, 2);
  });

  it("registers nothing, and says why, if every try wrote a part and failed", async () => {
    const error = failure("Athena.AthenaException", "Query exhausted resources");
    const world = worldOf(told, { Ask: Array.from({ length: 4 }, () => ({ error, half: true })) });
    await assert.rejects(world.run(DETECTION, due), { message: /Query exhausted resources/ });
    assert.equal(world.objects.size, 4);
    assert.deepEqual(world.findings(), []);
    assert.match(world.messages[0].Message, /Query exhausted resources/);
  });

  for (const task of TASKS.filter((name) => name !== "Tell"))
    it(`fails with the first cause, and publishes it once, if ${task} never answers`, async () => {
      const world = worldOf(told, { [task]: forGood(DENIED) });
      await assert.rejects(world.run(DETECTION, due), { message: /not authorized/ });
      assert.deepEqual(world.findings(), []);
      const [{ Subject, Message }, ...others] = world.messages;
      assert.deepEqual([Subject, others], [`Flow logs: ${DETECTION} failed`, []]);
      assert.match(Message, /so nobody looked/);
      assert.ok(
        Message.includes(`due at ${due}:00 UTC`) && Message.endsWith("AccessDeniedException. not authorized"),
      );
      assert.match(Message, /Execution: arn:aws:states:us-east-1:123456789012:execution:execution-1\./);
    });

  it("fails, so that an alarm goes off, if it cannot publish to the topic, and keeps its findings", async () => {
    const world = worldOf(told, { Tell: forGood(DENIED) });
    await assert.rejects(world.run(DETECTION, due), { message: /not authorized/ });
    assert.equal(world.findings().length, 1);
  });

  it("fails with the first error if it cannot publish that error either", async () => {
    const world = worldOf(told, { Ask: forGood(DENIED), TellOfFailure: forGood(THROTTLED.Tell) });
    await assert.rejects(world.run(DETECTION, due), { message: /not authorized/ });
  });

  for (const task of TASKS.filter((name) => name !== "Ask"))
    it(`finds and publishes once if ${task} does not answer once`, async () => {
      const world = worldOf(told, { [task]: [HANGS] });
      await world.run(DETECTION, due);
      assertFoundOnce(world);
      assert.equal(world.tries.get(task), 2);
    });

  for (const [task, tries] of Object.entries({ Ask: 1, Look: 6, Register: 6 }))
    it(`fails, and publishes that once, if ${task} never ends`, async function () {
      this.timeout(120_000);
      const world = worldOf(told, { [task]: Array.from({ length: tries }, () => HANGS) });
      await assert.rejects(world.run(DETECTION, due), { message: /States\.Timeout/ });
      assert.equal(world.tries.get(task), tries);
      assert.deepEqual(world.findings(), []);
      assert.deepEqual(
        world.messages.map(({ Subject }) => Subject),
        [`Flow logs: ${DETECTION} failed`],
      );
    });

  it("compares after throttling by Glue if the schedule starts it twice, and publishes one failure if Glue never answers", async () => {
    const error = THROTTLED.Register;
    const world = worldOf(told, { Compare: [{ error }, { error }] });
    await world.run(DETECTION, due);
    await world.run(DETECTION, due);
    assertFoundOnce(world);
    assert.equal(world.tries.get("Compare"), 3);
    world.faults.set("Compare", forGood(DENIED));
    await assert.rejects(world.run(DETECTION, due), { message: /not authorized/ });
    assert.deepEqual(
      world.messages.map(({ Subject }) => Subject),
      [`Flow logs: ${DETECTION}`, `Flow logs: ${DETECTION} failed`],
    );
  });

  it("publishes a failure once, although the topic is throttled twice", async () => {
    const error = THROTTLED.Tell;
    const world = worldOf(told, { Ask: forGood(DENIED), TellOfFailure: [{ error }, { error }] });
    await assert.rejects(world.run(DETECTION, due), { message: /not authorized/ });
    assert.equal(world.tries.get("TellOfFailure"), 3);
    assert.equal(world.messages.length, 1);
  });

  it("finds and publishes once if the schedule starts it twice", async () => {
    const world = worldOf();
    await world.run(DETECTION, due);
    await world.run(DETECTION, due);
    assertFoundOnce(world);
    assert.equal(world.tries.get("Compare"), 1);
  });

  it("publishes the findings that it registered, although Glue's answer got lost", async () => {
    const world = worldOf(told, { Register: [{ error: THROTTLED.Register, half: true }] });
    await world.run(DETECTION, due);
    assertFoundOnce(world);
  });

  it("reads the same rows in a new execution with the same input, after a failed one", async () => {
    const world = worldOf(told, { Ask: forGood(DENIED).slice(0, 4) });
    await assert.rejects(world.run(DETECTION, due));
    world.messages.pop();
    await world.run(DETECTION, due);
    assertFoundOnce(world);
  });

  it("works without a topic, publishes nothing, and fails with its task's error", async () => {
    const world = worldOf(quiet);
    await world.run(DETECTION, due);
    assert.deepEqual([world.findings().length, world.messages.length], [1, 0]);
    for (const task of TASKS.filter((name) => name !== "Tell")) {
      const failing = worldOf(quiet, { [task]: forGood(DENIED) });
      await assert.rejects(failing.run(DETECTION, due), { message: /not authorized/ });
      assert.deepEqual([failing.findings(), failing.messages], [[], []]);
    }
  });
});
