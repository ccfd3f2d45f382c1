import assert from "node:assert/strict";
import { evaluate, type MetricAlarm, type State } from "./cloudwatch";

/** 0 is a data point within the threshold, X one beyond it, - a missing one. */
const pointsOf = (text: string) =>
  text.split(" ").map((point) => (point === "-" ? undefined : point === "X" ? 2 : 0));

describe("an alarm as CloudWatch evaluates it", () => {
  const of = (treatMissingData: string, datapointsToAlarm: number): MetricAlarm => ({
    ...{ comparisonOperator: "GreaterThanThreshold", threshold: 1, period: 300 },
    ...{ evaluationPeriods: 3, datapointsToAlarm, treatMissingData },
  });

  // From the tables of "How alarm state is evaluated when data is missing" (CloudWatch User Guide), which retrieve five
  // data points for three periods.
  // biome-ignore format: a table, one row a line
  const TABLES: [points: string, datapointsToAlarm: number, breaching: State, notBreaching: State][] = [
    ["0 - X - X", 3, "OK", "OK"],
    ["0 - - - -", 3, "OK", "OK"],
    ["- - - - -", 3, "ALARM", "OK"],
    ["0 X X - X", 3, "ALARM", "ALARM"],
    ["- - - - X", 3, "ALARM", "OK"],
    ["X - - - -", 3, "ALARM", "OK"],
    ["0 - X - X", 2, "ALARM", "ALARM"],
    ["0 0 X 0 X", 2, "ALARM", "ALARM"],
    ["0 - X - -", 2, "ALARM", "OK"],
    ["- - - - 0", 2, "ALARM", "OK"],
    ["- - - - X", 2, "ALARM", "OK"],
  ];
  for (const [points, count, breaching, notBreaching] of TABLES) {
    it(`is ${breaching} or ${notBreaching} for ${points}, ${count} of 3, by how missing data is treated`, () => {
      assert.equal(evaluate(of("breaching", count), pointsOf(points)), breaching);
      assert.equal(evaluate(of("notBreaching", count), pointsOf(points)), notBreaching);
    });
  }
});
