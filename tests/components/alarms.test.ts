import assert from "node:assert/strict";
import { Ingestion } from "../../components/arguments";
import { alarm, alarmsOf, DETECTIONS, type Monitored, monitored, namesOf, WATCHED } from "./monitored";

const TOPIC = "arn:aws:sns:us-east-1:123456789012:on-call";

const ETL = { FunctionName: WATCHED.functionName };
const STREAM = { DeliveryStreamName: WATCHED.streams[0].name };
const LOGS = { LogGroupName: WATCHED.logGroups[0].name };

/** The alarms of one metric, each with its threshold and its periods in seconds. */
// biome-ignore format: a table, one alarm a line
const ALARMS = [
  ["logs-f1-silence", "AWS/Logs", "IncomingLogEvents", LOGS, "Sum", "<", 1, 300, 12, "breaching"],
  ["etl-errors", "AWS/Lambda", "Errors", ETL, "Sum", ">", 0, 300, 1, "notBreaching"],
  ["etl-throttles", "AWS/Lambda", "Throttles", ETL, "Sum", ">", 0, 300, 3, "notBreaching"],
  ["etl-duration", "AWS/Lambda", "Duration", ETL, "Maximum", ">", 48_000, 300, 1, "notBreaching"],
  ["etl-failed-events", "AWS/Lambda", "AsyncEventsDropped", ETL, "Sum", ">", 0, 300, 1, "notBreaching"],
  ["etl-lost-events", "AWS/Lambda", "DestinationDeliveryFailures", ETL, "Sum", ">", 0, 300, 1, "notBreaching"],
  ["etl-silence", "AWS/Lambda", "Invocations", ETL, "Sum", "<", 1, 300, 12, "breaching"],
  ["stream-freshness", "AWS/Firehose", "DeliveryToS3.DataFreshness", STREAM, "Maximum", ">", 900, 300, 1, "ignore"],
  ["stream-delivery", "AWS/Firehose", "DeliveryToS3.Success", STREAM, "Average", "<", 1, 900, 1, "ignore"],
  ["stream-conversion", "AWS/Firehose", "FailedConversion.Records", STREAM, "Sum", ">", 0, 300, 1, "notBreaching"],
  ["stream-throttled", "AWS/Firehose", "ThrottledRecords", STREAM, "Sum", ">", 0, 300, 3, "notBreaching"],
  ["stream-silence", "AWS/Firehose", "IncomingRecords", STREAM, "Sum", "<", 1, 300, 12, "breaching"],
] as const;

/** Alarms that replace others if the stream calls the function. */
// biome-ignore format: a table, one alarm a line
const ALARMS_OF_CALLS = [
  ["etl-failed-records", "FlowLogAnalytics", "failedRecords", ETL, "Sum", ">", 0, 300, 1, "notBreaching"],
  ["stream-processing", "AWS/Firehose", "ExecuteProcessing.Success", STREAM, "Average", "<", 1, 900, 1, "ignore"],
] as const;

const GROUP = { ScheduleGroup: DETECTIONS.scheduleGroup };
const QUEUE = { QueueName: DETECTIONS.queueName };
const MACHINE = { StateMachineArn: DETECTIONS.machineArn };

/** Those of detections, from the schedule to the end of a run. */
// biome-ignore format: a table, one alarm a line
const ALARMS_OF_DETECTIONS = [
  ["detections-start-errors", "AWS/Scheduler", "TargetErrorCount", GROUP, "Sum", ">", 0, 300, 1, "notBreaching"],
  ["detections-start-throttles", "AWS/Scheduler", "TargetErrorThrottledCount", GROUP, "Sum", ">", 2, 3600, 1, "notBreaching"],
  ["detections-held-up", "AWS/Scheduler", "InvocationThrottleCount", GROUP, "Sum", ">", 2, 3600, 1, "notBreaching"],
  ["detections-dropped", "AWS/Scheduler", "InvocationDroppedCount", GROUP, "Sum", ">", 0, 300, 1, "notBreaching"],
  ["detections-lost-inputs", "AWS/Scheduler", "InvocationsFailedToBeSentToDeadLetterCount", GROUP, "Sum", ">", 0, 300, 1, "notBreaching"],
  ["detections-unstarted", "AWS/SQS", "ApproximateNumberOfMessagesVisible", QUEUE, "Maximum", ">", 0, 300, 1, "ignore"],
  ["detections-failed", "AWS/States", "ExecutionsFailed", MACHINE, "Sum", ">", 0, 300, 1, "notBreaching"],
  ["detections-timed-out", "AWS/States", "ExecutionsTimedOut", MACHINE, "Sum", ">", 0, 300, 1, "notBreaching"],
  ["detections-aborted", "AWS/States", "ExecutionsAborted", MACHINE, "Sum", ">", 0, 300, 1, "notBreaching"],
  ["detections-silence", "AWS/States", "ExecutionsSucceeded", MACHINE, "Sum", "<", 1, 300, 36, "breaching"],
] as const;

/** Those of a subscription filter, each with its periods of five minutes. */
const ALARMS_OF_FILTERS = [
  ["logs-f1-errors", "DeliveryErrors", 1],
  ["logs-f1-throttles", "DeliveryThrottling", 3],
] as const;

const OPERATORS = { ">": "GreaterThanThreshold", "<": "LessThanThreshold" };
const UNHEARD = { alarmActions: [], okActions: [] };

const inputsOf = (row: (typeof ALARMS | typeof ALARMS_OF_CALLS | typeof ALARMS_OF_DETECTIONS)[number]) => {
  const [, namespace, metricName, dimensions, statistic, operator, threshold, period, periods, missing] = row;
  return {
    ...{ namespace, metricName, dimensions, statistic, threshold, period, ...UNHEARD },
    comparisonOperator: OPERATORS[operator],
    evaluationPeriods: periods,
    treatMissingData: missing,
    ...(missing === "breaching"
      ? { warmUpConfiguration: { warmUpPeriodDurationInMinutes: (period * periods) / 60 } }
      : {}),
  };
};

describe("the alarms", () => {
  let monitor: Monitored;
  let called: Monitored;
  let detecting: Monitored;
  const inputs = (of: Monitored, what: string) => {
    const { alarmDescription, ...rest } = alarm(of, what);
    return rest;
  };

  before(async () => {
    monitor = await monitored();
    called = await monitored({ settings: { ingestion: Ingestion.SUBSCRIPTION } });
    detecting = await monitored({ watched: { detections: DETECTIONS } });
  });

  it("number fifteen, and there is one dashboard", () => {
    const names = [...ALARMS, ...ALARMS_OF_FILTERS].map(([what]) => `flows-alarm-${what}`);
    assert.deepEqual(
      monitor.resources.map(({ name }) => name).sort(),
      [...names, "flows-alarm-etl-unparsed", "flows-dashboard"].sort(),
    );
  });

  for (const row of ALARMS) {
    const [what, , metric, , statistic, operator, threshold, period, periods] = row;
    it(`have ${what} at ${metric}'s ${statistic} ${operator} ${threshold} in ${periods} × ${period} s`, () => {
      assert.deepEqual(inputs(monitor, what), inputsOf(row));
    });
  }

  for (const [what, metric, evaluationPeriods] of ALARMS_OF_FILTERS) {
    it(`have ${what} at any ${metric} of the stack's own subscription in ${evaluationPeriods} × 300 s`, () => {
      const expression = `SELECT SUM(${metric}) FROM "AWS/Logs" WHERE LogGroupName = 'flows-flow-logs-1a2b' AND FilterName = 'flows-subscription-1a2b'`;
      assert.deepEqual(inputs(monitor, what), {
        ...{ comparisonOperator: "GreaterThanThreshold", threshold: 0, evaluationPeriods, ...UNHEARD },
        treatMissingData: "notBreaching",
        metricQueries: [{ id: "handed", label: metric, expression, period: 300, returnData: true }],
      });
    });
  }

  it("have etl-unparsed at more than 1 % of a quarter of an hour's lines, by the ETL's own metrics", () => {
    const own = (metricName: string) => ({
      id: metricName,
      metric: { namespace: "FlowLogAnalytics", metricName, dimensions: ETL, stat: "Sum", period: 900 },
    });
    assert.deepEqual(inputs(monitor, "etl-unparsed"), {
      ...{ comparisonOperator: "GreaterThanThreshold", threshold: 1, evaluationPeriods: 1, ...UNHEARD },
      treatMissingData: "notBreaching",
      metricQueries: [
        { id: "share", expression: "100 * unparsed / lines", label: "unparsed, percent", returnData: true },
        own("unparsed"),
        own("lines"),
      ],
    });
  });

  for (const row of ALARMS_OF_CALLS) {
    it(`have ${row[0]} where the stream calls the function`, () => {
      assert.deepEqual(inputs(called, row[0]), inputsOf(row));
    });
  }

  for (const row of ALARMS_OF_DETECTIONS) {
    it(`have ${row[0]} with detections, by ${row[1]}'s ${row[2]}`, () => {
      assert.deepEqual(inputs(detecting, row[0]), inputsOf(row));
    });
  }

  it("have these for detections, and no others but those of the flow logs", () => {
    const names = ALARMS_OF_DETECTIONS.map(([what]) => what);
    assert.deepEqual(namesOf(detecting).sort(), [...namesOf(monitor), ...names].sort());
  });

  it("watch no queue of events where the stream calls the function", () => {
    const without = (one: Monitored, other: Monitored) =>
      namesOf(one).filter((name) => !namesOf(other).includes(name));
    assert.deepEqual(without(monitor, called), ["etl-failed-events", "etl-lost-events"]);
    const more = ALARMS_OF_CALLS.map(([what]) => what);
    assert.deepEqual(without(called, monitor), more);
  });

  it("watch no log group with DIRECT, and all else as with SUBSCRIPTION", async () => {
    const direct = await monitored({ settings: { ingestion: Ingestion.DIRECT } });
    const expected = namesOf(called).filter((name) => !name.startsWith("logs-"));
    assert.deepEqual(namesOf(direct), expected);
  });

  it("watch each of several streams and log groups by its own name", async () => {
    const streams = ["11", "22"].map((n) => ({
      ...{ key: `stream-${n}`, name: `flows-stream-${n}-xyz`, isWritten: true },
    }));
    const logGroups = ["f1", "existing-old"].map((key) => ({
      ...{ key, name: `logs/${key}`, filterName: `filter-${key}`, isWritten: true },
    }));
    const both = await monitored({ watched: { streams, logGroups } });
    for (const { key, name } of streams)
      for (const { inputs } of alarmsOf(both).filter((each) => each.name.includes(`-alarm-${key}-`)))
        assert.deepEqual(inputs.dimensions, { DeliveryStreamName: name });
    for (const { key, name, filterName } of logGroups) {
      assert.deepEqual(alarm(both, `logs-${key}-silence`).dimensions, { LogGroupName: name });
      for (const what of ["errors", "throttles"])
        assert.match(
          alarm(both, `logs-${key}-${what}`).metricQueries[0].expression,
          new RegExp(`'${name}' AND FilterName = '${filterName}'$`),
        );
    }
    assert.equal(alarmsOf(both).length, 7 + 2 * 5 + 2 * 3);
  });

  for (const [bufferingInterval, threshold] of [
    [0, 600],
    [300, 900],
    [900, 1500],
  ]) {
    it(`report old rows after ${threshold} s if Firehose buffers for ${bufferingInterval} s`, async () => {
      const { threshold: declared } = alarm(
        await monitored({ settings: { bufferingInterval } }),
        "stream-freshness",
      );
      assert.equal(declared, threshold);
    });
  }

  it("go off at four fifths of the function's timeout", async () => {
    const slow = await monitored({ watched: { functionTimeout: 300 } });
    assert.equal(alarm(slow, "etl-duration").threshold, 240_000);
  });

  it("are all published to the topic when they begin and when they end", async () => {
    for (const ingestion of Object.values(Ingestion)) {
      const told = alarmsOf(
        await monitored({ settings: { ingestion, alarmTopic: TOPIC }, watched: { detections: DETECTIONS } }),
      );
      assert.deepEqual(
        told.map(({ inputs }) => [inputs.alarmActions, inputs.okActions]),
        told.map(() => [[TOPIC], [TOPIC]]),
      );
    }
  });

  it("never watch one metric of one resource twice with missing data treated in two ways", async () => {
    for (const ingestion of Object.values(Ingestion)) {
      const treatments = new Map<string, Set<string>>();
      const settings = { ingestion };
      for (const { inputs } of alarmsOf(await monitored({ settings, watched: { detections: DETECTIONS } }))) {
        const { namespace, metricName, dimensions, metricQueries, treatMissingData } = inputs;
        const key = JSON.stringify([namespace, metricName, dimensions, metricQueries]);
        treatments.set(key, (treatments.get(key) ?? new Set()).add(treatMissingData));
      }
      for (const [key, ways] of treatments) assert.equal(ways.size, 1, key);
    }
  });
});
