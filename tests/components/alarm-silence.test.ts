import assert from "node:assert/strict";
import { Ingestion } from "../../components/arguments";
import { type MetricAlarm, MORE_PERIODS, STEP, type State, states } from "./cloudwatch";
import { alarmsOf, type Monitored, monitored, namesOf } from "./monitored";
import { check, GOOD } from "./settings";

const SILENT = (what: string) => what.endsWith("-silence");

describe("the alarms of silence", () => {
  const silences = (monitor: Monitored): MetricAlarm[] =>
    alarmsOf(monitor).flatMap(({ name, inputs }) => (SILENT(name) ? [inputs as MetricAlarm] : []));
  const monitors = new Map<string, Promise<Monitored>>();
  const of = (alarmSilenceInMinutes: number, ingestion: Ingestion = Ingestion.LAMBDA) => {
    const key = `${ingestion} ${alarmSilenceInMinutes}`;
    const monitor = monitors.get(key) ?? monitored({ settings: { alarmSilenceInMinutes, ingestion } });
    monitors.set(key, monitor);
    return monitor;
  };
  /** A window of ten minutes, ten more until AWS publishes it, and a minute or three on the way. */
  const FIRST_LINE = 23;

  it("watch every step of each ingestion", async () => {
    const expected: Record<Ingestion, string[]> = {
      LAMBDA: ["logs-f1-silence", "etl-silence", "stream-silence"],
      SUBSCRIPTION: ["logs-f1-silence", "etl-silence", "stream-silence"],
      DIRECT: ["etl-silence", "stream-silence"],
    };
    for (const [ingestion, names] of Object.entries(expected))
      assert.deepEqual(namesOf(await of(60, ingestion as Ingestion)).filter(SILENT), names, ingestion);
  });

  it("do not exist if traffic may pause", async () => {
    for (const ingestion of Object.values(Ingestion))
      assert.deepEqual(namesOf(await of(0, ingestion)).filter(SILENT), []);
  });

  it("do not watch log groups and streams to which no flow log writes any more", async () => {
    const one = { key: "f1", name: "new", filterName: "a", isWritten: true };
    const old = { key: "f0", name: "old", filterName: "b", isWritten: false };
    const logs = namesOf(await monitored({ watched: { logGroups: [one, old] } }));
    assert.deepEqual(logs.filter(SILENT), ["logs-f1-silence", "etl-silence", "stream-silence"]);
    // Lines that are still in it are delivered.
    for (const what of ["errors", "throttles"]) assert.ok(logs.includes(`logs-f0-${what}`));
    const streams = [one, old].map((stream) => ({ ...stream, key: `stream-${stream.key}` }));
    const direct = await monitored({ settings: { ingestion: Ingestion.DIRECT }, watched: { streams } });
    assert.deepEqual(namesOf(direct).filter(SILENT), ["etl-silence", "stream-f1-silence"]);
  });

  /** Returns the first minute in which an alarm has a state. */
  const first = (all: State[], state: State) => (all.indexOf(state) + 1) * STEP;

  it("go off when lines stop, at most two periods after the configured minutes", async () => {
    for (const minutes of [30, 60, 240, 1440, 2880, 10_080])
      for (const silence of silences(await of(minutes))) {
        const stop = minutes + 60;
        const all = states(silence, (minute) => minute <= stop, stop + 2 * minutes);
        const delay = first(all, "ALARM") - stop;
        const most = minutes + (MORE_PERIODS * silence.period) / 60;
        assert.ok(delay >= minutes && delay <= most, `${minutes}: after ${delay}`);
        assert.equal(all.at(-1), "ALARM");
      }
  });

  it("stay quiet while a line arrives just often enough", async () => {
    for (const minutes of [30, 60, 1440, 10_080])
      for (const silence of silences(await of(minutes))) {
        const often = minutes - silence.period / 60;
        const all = states(silence, (minute) => (minute - FIRST_LINE) % often === 0, 4 * minutes);
        assert.ok(!all.includes("ALARM"), `${minutes}`);
      }
  });

  it("stay quiet in the first hour in any case, and for ever if lines arrive by then", async () => {
    for (const minutes of [30, 60, 1440])
      for (const silence of silences(await of(minutes))) {
        const never = states(silence, () => false, 60);
        assert.deepEqual([...new Set(never)], ["INSUFFICIENT_DATA"]);
        const late = states(silence, (minute) => minute >= FIRST_LINE, 3 * minutes);
        assert.ok(!late.includes("ALARM"), `${minutes}`);
        assert.equal(late.at(-1), "OK");
      }
  });

  it("would go off at once without their warm-up", async () => {
    const [{ warmUpConfiguration, ...silence }] = silences(await of(60));
    assert.equal(states(silence, () => false, STEP)[0], "ALARM");
  });

  it("go off if no line ever arrived, after an hour or the configured minutes, at most two days", async () => {
    for (const [minutes, expected] of [
      [30, 60],
      [60, 60],
      [240, 240],
      [2880, 2880],
      [10_080, 2880],
    ])
      for (const silence of silences(await of(minutes)))
        assert.equal(
          first(
            states(silence, () => false, expected + STEP),
            "ALARM",
          ),
          expected + STEP,
        );
  });

  it("return to OK when lines arrive again", async () => {
    for (const silence of silences(await of(60))) {
      const all = states(silence, (minute) => minute < 100 || minute > 300, 400);
      assert.equal(all[300 / STEP - 1], "ALARM");
      assert.deepEqual([...new Set(all.slice(300 / STEP))], ["OK"]);
    }
  });

  it("keep to PutMetricAlarm's limits on periods and a warm-up", async () => {
    for (let minutes = 30; minutes <= 10_080; minutes += minutes < 1440 ? 5 : 60) {
      const { alarmSilenceInMinutes } = check({ ...GOOD, alarmSilenceInMinutes: minutes });
      assert.equal(alarmSilenceInMinutes, minutes);
    }
    for (const minutes of [30, 35, 1435, 1440, 1500, 10_080])
      for (const { period, evaluationPeriods, warmUpConfiguration } of silences(await of(minutes))) {
        assert.ok(Number.isInteger(evaluationPeriods) && evaluationPeriods >= 1);
        assert.equal(period * evaluationPeriods, minutes * 60);
        assert.ok(period * evaluationPeriods <= (period < 3600 ? 86_400 : 604_800));
        const warmUp = warmUpConfiguration?.warmUpPeriodDurationInMinutes ?? 0;
        assert.ok(warmUp >= 1 && warmUp <= 2880, `${warmUp}`);
      }
  });
});
