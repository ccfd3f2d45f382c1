import assert from "node:assert/strict";
import type { DetectionsArgs, SavedQueryName } from "../../components";
import { cronOf } from "../../components/detections/schedules";
import { createRandom } from "../../local/traffic/conversations";
import { type MetricAlarm, MORE_PERIODS, STEP, type State, states } from "./cloudwatch";
import { type Child, componentGraph } from "./component";
import { child } from "./graph";
import { alarm, DETECTIONS, monitored } from "./monitored";
import { VPCS } from "./settings";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const HOUR = 60;
const DAY = 24 * HOUR;

describe("the alarms of detections", () => {
  const graphOf = async (detections?: Partial<DetectionsArgs>, more: object = {}): Promise<Child[]> => {
    const queries: SavedQueryName[] = ["horizontal-scan"];
    const given = detections && { detections: { queries, ...detections } };
    return (await componentGraph({ vpcs: VPCS, fields: ["recommended"], ...given, ...more })).resources;
  };
  const alarmsIn = (resources: Child[]) =>
    resources.filter(({ type, name }) => type === ALARM && name.startsWith("flows-alarm-detections-"));

  it("are none without detections", async () => {
    assert.deepEqual(alarmsIn(await graphOf()), []);
  });

  it("watch the schedule group, the state machine, and the dead-letter queue", async () => {
    const resources = await graphOf({});
    const stateOf = (name: string) => child({ resources }, name).state;
    const expected: Record<string, object> = {
      "AWS/Scheduler": { ScheduleGroup: stateOf("flows-detections").name },
      "AWS/SQS": { QueueName: stateOf("flows-detections-unstarted").name },
      "AWS/States": { StateMachineArn: stateOf("flows-detection").arn },
    };
    const alarms = alarmsIn(resources);
    for (const { inputs, name } of alarms)
      assert.deepEqual(inputs.dimensions, expected[inputs.namespace], name);
    assert.deepEqual(
      [...new Set(alarms.map(({ inputs }) => inputs.namespace))].sort(),
      Object.keys(expected).sort(),
    );
    const { groupName, target } = child({ resources }, "flows-detection-horizontal-scan").inputs;
    assert.deepEqual(
      [groupName, target.arn, target.deadLetterConfig.arn],
      [expected["AWS/Scheduler"], expected["AWS/States"]]
        .flatMap((dimensions) => Object.values(dimensions))
        .concat(stateOf("flows-detections-unstarted").arn),
    );
  });

  it("are the same with and without a topic for findings, and notify alarmTopic alone", async () => {
    const topic = "arn:aws:sns:us-east-1:123456789012:security";
    const alarmTopic = "arn:aws:sns:us-east-1:123456789012:on-call";
    const of = async (detections: object, more: object, actions: string[]) => {
      const alarms = alarmsIn(await graphOf(detections, more));
      assert.equal(alarms.length, 10);
      for (const { inputs } of alarms)
        assert.deepEqual([inputs.alarmActions, inputs.okActions], [actions, actions]);
      return alarms.map(({ name }) => name);
    };
    const told = await of({ topic }, { alarmTopic }, [alarmTopic]);
    assert.deepEqual(await of({}, { alarmTopic }, [alarmTopic]), told);
    assert.deepEqual(await of({ topic }, {}, []), told);
    assert.deepEqual(await of({}, {}, []), told);
  });

  it("do not depend on alarmSilenceInMinutes", async () => {
    const names = alarmsIn(await graphOf({}, { alarmSilenceInMinutes: 0 })).map(({ name }) => name);
    assert.ok(names.includes("flows-alarm-detections-silence"));
  });

  for (const [queries, everyHours, hours] of [
    [["horizontal-scan"], undefined, 3],
    [["new-talkers"], undefined, 49],
    [["new-talkers", "horizontal-scan"], undefined, 3],
    [["new-talkers", "horizontal-scan"], 6, 13],
  ] as [SavedQueryName[], number | undefined, number][])
    it(`report silence after ${hours} hours with ${queries}, every ${everyHours ?? "usual"} hours`, async () => {
      const { inputs } = child(
        { resources: await graphOf({ queries, everyHours }) },
        "flows-alarm-detections-silence",
      );
      assert.equal(inputs.period * inputs.evaluationPeriods, hours * 3600);
    });
});

describe("the silence of detections", () => {
  const silences = new Map<number, Promise<MetricAlarm>>();
  const silenceOf = (everyHours: number): Promise<MetricAlarm> => {
    const found =
      silences.get(everyHours) ??
      monitored({ watched: { detections: { ...DETECTIONS, everyHours } } }).then((monitor) =>
        alarm(monitor, "detections-silence"),
      );
    silences.set(everyHours, found);
    return found;
  };

  /** Returns the minutes at which runs end, by the schedule's expression, after an alarm was created at a minute of the day. */
  const endsOf = (everyHours: number, made: number, days: number): number[] => {
    const random = createRandom(everyHours);
    const [, minute, hours] = /^cron\((\d+) (\S+) /.exec(cronOf(everyHours)) ?? assert.fail();
    const due = hours === "*" ? Array.from({ length: 24 }, (_, hour) => hour) : hours.split(",").map(Number);
    return (
      Array.from({ length: days }, (_, day) => day)
        .flatMap((day) => due.map((hour) => day * DAY + hour * HOUR + Number(minute)))
        // A flexible time window of a quarter of an hour, and a run of up to half an hour.
        .map((start) => Math.round(start + random.next() * 15 + random.next() * 30) - made)
        .filter((end) => end > 0)
    );
  };

  const statesOf = async (everyHours: number, ends: number[], minutes: number): Promise<State[]> => {
    const all = new Set(ends);
    return states(await silenceOf(everyHours), (minute) => all.has(minute), minutes);
  };

  const EVERY = [1, 2, 5, 7, 11, 12, 13, 24];

  for (const everyHours of EVERY) {
    it(`stays OK while a run succeeds every ${everyHours} hours, whenever the stack was created, and if one run is missing`, async () => {
      for (const made of [0, 14, 13 * HOUR + 46]) {
        const ends = endsOf(everyHours, made, 8);
        const missing = ends.filter((_, n) => n % 5 !== 3);
        for (const runs of [ends, missing])
          assert.ok(!(await statesOf(everyHours, runs, 7 * DAY)).includes("ALARM"), `${made}`);
      }
    });

    it(`goes to ALARM when runs every ${everyHours} hours stop, after at most two missing runs`, async () => {
      const ends = endsOf(everyHours, 0, 4);
      const last = ends.at(-1) as number;
      const all = await statesOf(everyHours, ends, last + 6 * DAY);
      const { period } = await silenceOf(everyHours);
      const delay = (all.indexOf("ALARM") + 1) * STEP - last;
      const most = (2 * everyHours + 1) * HOUR + (MORE_PERIODS * period) / 60 + STEP;
      assert.ok(delay > 2 * everyHours * HOUR && delay <= most, `${delay}`);
      assert.equal(all.at(-1), "ALARM");
    });

    it(`goes to ALARM when runs every ${everyHours} hours never start, for example with a role without kms:Decrypt`, async () => {
      const all = await statesOf(everyHours, [], 3 * DAY);
      const first = (all.indexOf("ALARM") + 1) * STEP;
      assert.ok(first > 0 && first <= Math.min((2 * everyHours + 1) * HOUR, 2 * DAY) + STEP, `${first}`);
    });
  }
});
