import assert from "node:assert/strict";
import { oddPartitions } from "../../cli/query/partitions";
import { savedQueries } from "../../queries";

describe("flowlogs query, of SQL that compares partition columns", () => {
  const odd = [
    "day >= '2026/01/22'",
    "f.day = '2026-01-22'",
    `"day" = '1'`,
    "month = '1'",
    "year = '26'",
    "hour IN ('09', '9')",
    "day BETWEEN '01' AND '2026/01/31'",
    "'2026/01/22' <= day",
    "hour <> '24'",
  ];
  for (const where of odd)
    it(`says that it finds nothing: ${where}`, () =>
      assert.match(
        oddPartitions(`SELECT 1 FROM flow_logs f WHERE ${where}`).join(),
        /is a text such as '\d+'/,
      ));

  const usual = [
    "day >= '22' AND month = '01' AND year = '2026'",
    "hour IN ('09', '10')",
    "day BETWEEN '01' AND '31'",
    "year || month || day >= '20260122'",
    "date_format(from_unixtime(start), '%Y') = '2026-01'",
    "date_trunc('day', started) = x AND action = 'ACCEPT'",
    "birthday = '2026/01/22'",
    "day(started) = 22 AND flow = 'day'",
    "start > 1 -- day >= '2026/01/22'",
  ];
  for (const where of usual)
    it(`says nothing about ${where}`, () =>
      assert.deepEqual(oddPartitions(`SELECT 1 FROM flow_logs WHERE ${where}`), []));

  it("says nothing about the saved queries", () => {
    for (const query of savedQueries()) {
      assert.deepEqual(oddPartitions(query.text), [], query.name);
      assert.deepEqual(oddPartitions(query.scheduled(1)), [], query.name);
    }
  });
});
