import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { targetOf } from "../../cli/query/athena/target";
import { connectionsOf, connectionText } from "../../cli/query/connect";
import { moment, type WindowOptions, windowOf } from "../../cli/query/window";
import { runProgram } from "../../local/program";
import { workFolder } from "./flowlogs";

describe("flowlogs query: the window", () => {
  const NOW = 1_768_500_000;
  const latest = async () => ({ to: NOW, late: 3 });

  const windows: Record<string, [options: WindowOptions, from: number, to: number]> = {
    "a day, unless told": [{}, NOW - 86_400, NOW],
    "so many hours": [{ hours: 6 }, NOW - 21_600, NOW],
    "from then on": [{ from: NOW - 5 }, NOW - 5, NOW],
    "hours from then on": [{ from: 1000, hours: 1 }, 1000, 4600],
    "the hours before then": [{ to: 90_000, hours: 1 }, 86_400, 90_000],
    "the day before then": [{ to: 90_000 }, 3600, 90_000],
    "from then to then": [{ from: 1, to: 2 }, 1, 2],
    everything: [{ all: true }, 0, 4_102_444_800],
  };
  for (const [what, [options, from, to]] of Object.entries(windows)) {
    it(`is ${what}`, async () => {
      const window = await windowOf(options, latest);
      assert.deepEqual([window.from, window.to], [from, to]);
      assert.equal(window.late, to === NOW ? 3 : undefined);
    });
  }

  const refused: Record<string, [options: WindowOptions, message: RegExp]> = {
    "--all with another": [{ all: true, hours: 1 }, /give it without --hours/],
    "three ends of a window": [{ hours: 1, from: 1, to: 2 }, /give two of them/],
    "a window without time": [{ from: 2, to: 2 }, /the window is empty/],
  };
  for (const [what, [options, message]] of Object.entries(refused)) {
    it(`refuses ${what}`, () => assert.rejects(windowOf(options, latest), { message }));
  }

  it("reads dates, times and epoch seconds, in UTC unless they name another zone", () => {
    const noon = Date.UTC(2026, 0, 15, 12) / 1000;
    for (const text of ["2026-01-15T12:00", "2026-01-15 12:00:00", "2026-01-15T12:00:00.5Z", `${noon}`])
      assert.equal(moment(text), noon, text);
    assert.equal(moment("2026-01-15T13:00+01:00"), noon);
    assert.equal(moment("2026-01-15"), noon - 43_200);
  });

  for (const text of [
    "",
    "yesterday",
    "2026",
    "20260115",
    "2026-02-30",
    "2026-13-01",
    "2026-01-15T25:00",
    "15.01.2026",
  ])
    it(`does not read "${text}"`, () => assert.throws(() => moment(text), /Give a date such as 2026-01-15/));
});

describe("flowlogs query --connect", () => {
  const dir = workFolder();

  it("prints a stack's outputs as the stack does, and further settings", async () => {
    const { outputs } = await runProgram("dev", {});
    const stackOutputs = join(dir, "outputs.json");
    writeFileSync(stackOutputs, JSON.stringify(outputs));
    const { workgroup, database, jdbcUrl, odbcConnection } = outputs as Record<string, string>;
    const place = await targetOf({ stackOutputs }, {});
    const { jdbc, odbc, grafana, quicksight } = connectionsOf(place);
    assert.deepEqual([jdbc, odbc], [jdbcUrl, odbcConnection]);
    assert.equal(grafana.jsonData.workgroup, workgroup);
    assert.equal(quicksight.RelationalTable.Schema, database);
    for (const value of [jdbcUrl, odbcConnection, workgroup, database, "us-east-1"])
      assert.ok(connectionText(place).includes(value));
  });

  it("has no ODBC string without the bucket, which the driver needs", async () => {
    const place = await targetOf({ workgroup: "w", database: "d", region: "eu-west-3" }, {});
    assert.equal(connectionsOf(place).odbc, undefined);
    assert.match(connectionText(place), /^ODBC \(Athena driver 2\)\n {2}give --stack-outputs FILE/m);
  });

  it("needs a workgroup, a database and a region", async () => {
    await assert.rejects(targetOf({}, {}), {
      message: /Athena is asked with --workgroup: .* FLOWLOGS_WORKGROUP$/,
    });
    const place = await targetOf({ workgroup: "w" }, { FLOWLOGS_DATABASE: "d" });
    assert.throws(() => connectionsOf(place), { message: /no region is named/ });
    await assert.rejects(targetOf({ stackOutputs: __filename }, {}), {
      message: /pulumi stack output --json/,
    });
  });
});
