import assert from "node:assert/strict";
import { evaluatePrefix } from "../../local/firehose/prefix";
import type { Program } from "../../local/program";
import { child, graph } from "./graph";

type Parameters = Record<string, string>;

/** Returns the values that Athena projects for a column at a time, by its rules for types integer and date (format yyyy). */
const projected = (parameters: Parameters, column: string, now: Date): Set<string> => {
  const get = (name: string) => parameters[`projection.${column}.${name}`];
  const isYear = get("type") === "date" && get("format") === "yyyy" && get("interval.unit") === "YEARS";
  assert.ok(isYear || get("type") === "integer", `${column} is of a type that this test does not know`);
  const [first, last] = get("range").split(",");
  const end = isYear && last === "NOW" ? now.getUTCFullYear() : Number(last);
  const digits = isYear ? get("format").length : Number(get("digits") ?? 1);
  const values = new Set<string>();
  for (let n = Number(first); n <= end; n += Number(get("interval") ?? 1)) {
    values.add(String(n).padStart(digits, "0"));
  }
  return values;
};

/** Returns true if a query that runs at `now` reads the partition that Firehose writes to at that time. */
const finder = (parameters: Parameters, now: Date) => {
  const template = parameters["storage.location.template"];
  const escaped = template.replaceAll(/[\\^.|?+()[\]*]/g, "\\$&");
  const shape = new RegExp(`^${escaped.replaceAll(/\$\{(\w+)\}/g, "(?<$1>[^/]*)")}$`);
  const columns = [...template.matchAll(/\$\{(\w+)\}/g)].map(([, column]) => column);
  const values = columns.map((column) => [column, projected(parameters, column, now)] as const);
  return (location: string) => {
    const partition = shape.exec(location)?.groups ?? {};
    return values.every(([column, projection]) => projection.has(partition[column]));
  };
};

describe("partition projection", () => {
  let parameters: Parameters;
  let locationAt: (time: Date) => string;

  before(async () => {
    const dev: Program = await graph("dev");
    const { prefix } = child(dev, "flows-stream").inputs.extendedS3Configuration;
    const { bucket } = child(dev, "flows-lake").state;
    parameters = child(dev, "flows-table").inputs.parameters;
    locationAt = (time) => `s3://${bucket}/${evaluatePrefix(prefix, time)}`;
  });

  const found = (time: Date, changes: Parameters = {}) =>
    finder({ ...parameters, ...changes }, time)(locationAt(time));

  for (const time of [
    "2026-01-01T00:00:00.000Z",
    "2026-01-09T09:05:00.000Z",
    "2026-03-29T01:30:00.000Z",
    "2026-10-10T10:10:10.000Z",
    "2026-12-31T23:59:59.999Z",
    "2028-02-29T12:00:00.000Z",
    "2031-07-04T20:00:00.000Z",
  ]) {
    it(`has the location of the template for data of ${time}`, () => {
      const [, year, month, day, hour] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d)/.exec(time) ?? [];
      const values: Parameters = { year, month, day, hour };
      const filled = parameters["storage.location.template"].replaceAll(
        /\$\{(\w+)\}/g,
        (_, column: string) => values[column],
      );
      assert.equal(locationAt(new Date(time)), filled);
    });
  }

  it("finds data that arrives in any hour of a leap year", () => {
    const newYear = Date.UTC(2028, 0);
    const find = finder(parameters, new Date(newYear));
    const hours = Array.from({ length: 366 * 24 }, (_, n) => new Date(newYear + n * 3_600_000));
    assert.equal(hours.at(-1)?.toISOString(), "2028-12-31T23:00:00.000Z");
    assert.deepEqual(
      hours.filter((hour) => !find(locationAt(hour))),
      [],
    );
  });

  it("reads no year before the project's first", () => {
    assert.equal(found(new Date("2026-01-01T00:00:00Z")), true);
    assert.equal(found(new Date("2025-12-31T23:00:00Z")), false);
  });

  /** Partitions that a query without a year lists. */
  const listed = (now: Date, changes: Parameters = {}) =>
    ["year", "month", "day", "hour"]
      .map((column) => projected({ ...parameters, ...changes }, column, now).size)
      .reduce((all, values) => all * values, 1);

  it("makes a query without a year list the hours of the years so far only", () => {
    assert.equal(listed(new Date("2026-11-28T00:00:00Z")), 8928);
    assert.equal(listed(new Date("2031-01-01T00:00:00Z")), 6 * 8928);
    const numbers = { "projection.year.type": "integer", "projection.year.range": "2026,2045" };
    assert.equal(listed(new Date("2026-11-28T00:00:00Z"), numbers), 178_560);
    const after = new Date("2046-01-01T00:00:00Z");
    assert.deepEqual([found(after), found(after, numbers)], [true, false]);
  });

  // The table finds each of these partitions, and would lose it if this one parameter were different.
  for (const [time, changes] of [
    ["2026-04-15T15:00:00Z", { "projection.month.digits": "1" }],
    ["2026-12-05T15:00:00Z", { "projection.day.digits": "1" }],
    ["2026-12-15T05:00:00Z", { "projection.hour.digits": "1" }],
    ["2026-12-15T00:00:00Z", { "projection.hour.range": "1,24" }],
    ["2026-12-31T15:00:00Z", { "projection.day.range": "1,30" }],
    ["2026-01-15T15:00:00Z", { "projection.month.range": "2,12" }],
    ["2028-01-15T15:00:00Z", { "projection.year.range": "2026,2027" }],
  ] as const) {
    const [[parameter, value]] = Object.entries(changes);
    it(`would lose ${time} with ${parameter} = ${value}`, () => {
      assert.equal(found(new Date(time)), true);
      assert.equal(found(new Date(time), changes), false);
    });
  }

  it("would lose every partition if the template had another order", () => {
    const template = parameters["storage.location.template"];
    const changes = {
      "storage.location.template": template.replace(
        `month=\${month}/day=\${day}`,
        `day=\${day}/month=\${month}`,
      ),
    };
    assert.notEqual(changes["storage.location.template"], template);
    assert.equal(found(new Date("2026-06-15T15:00:00Z"), changes), false);
  });
});
