import assert from "node:assert/strict";
import { makeRows } from "../../functions/rows";
import { RECORD_BYTES } from "../../local/firehose/producer";

/** A row of so many bytes. */
const row = (bytes: number) => `${"x".repeat(bytes - 1)}\n`;

/** Sizes of the records that rows of these sizes are gathered into. */
const recordsOf = (...sizes: number[]): number[] => {
  const rows = makeRows(undefined, 0);
  rows.restart();
  for (const bytes of sizes) rows.write(row(bytes));
  return rows.gathered().map(({ data }) => data.length);
};

describe("rows of a record", () => {
  it("fill it to its last byte", () => {
    assert.deepEqual(recordsOf(RECORD_BYTES - 100, 100), [RECORD_BYTES]);
    assert.deepEqual(recordsOf(RECORD_BYTES), [RECORD_BYTES]);
  });

  it("begin another where one byte more would not fit", () => {
    assert.deepEqual(recordsOf(RECORD_BYTES - 100, 101), [RECORD_BYTES - 100, 101]);
    assert.deepEqual(recordsOf(100, RECORD_BYTES), [100, RECORD_BYTES]);
  });

  it("are refused if one is longer than a record", () => {
    assert.throws(() => recordsOf(RECORD_BYTES + 1), /a row of 1024001 bytes is longer than a record/);
  });
});
