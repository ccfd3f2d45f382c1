import assert from "node:assert/strict";
import { size } from "../../cli/output/people";
import { toTable } from "../../cli/output/table";
import { cutTo, widthOf } from "../../cli/output/width";
import { wrapped } from "../../cli/output/wrap";

const PEOPLE = { people: true, width: 60 };
const PIPE = { people: false };

const answer = (columns: string[], types: string[], ...rows: unknown[][]) => ({ columns, types, rows });

describe("a table", () => {
  const talkers = answer(
    ["srcaddr", "dstport", "protocol", "bytes", "flows"],
    ["VARCHAR", "INTEGER", "INTEGER", "BIGINT", "BIGINT"],
    ["10.0.0.1", 443, 6, 1234567n, 12345n],
    ["10.0.0.2", 40000, 253, null, 7n],
  );

  it("has units, names and grouped digits for people, and NULL where there is no value", () => {
    assert.equal(
      toTable(talkers, PEOPLE),
      [
        "srcaddr   dstport    protocol   bytes   flows",
        "--------  ---------  --------  ------  ------",
        "10.0.0.1  443 HTTPS  6 TCP     1.2 MB  12,345",
        "10.0.0.2  40000      253         NULL       7",
        "",
      ].join("\n"),
    );
  });

  it("has the engine's values in a pipe, however long, without cutting any", () => {
    const long = "x".repeat(500);
    const text = toTable(answer(["line", "bytes"], ["VARCHAR", "BIGINT"], [long, 1234567n]), PIPE);
    assert.match(text, new RegExp(`${long}  1234567\n`));
  });

  it("cuts its widest texts to the terminal's width, and no number", () => {
    const wide = answer(
      ["a", "b", "n"],
      ["VARCHAR", "VARCHAR", "BIGINT"],
      ["x".repeat(90), "short", 10n ** 15n],
    );
    const lines = toTable(wide, PEOPLE).trimEnd().split("\n");
    for (const line of lines) assert.ok(widthOf(line) <= 60, line);
    assert.match(lines[2], /^x+… +short {2}1,000,000,000,000,000$/);
  });

  it("becomes a line for each value if its columns do not fit", () => {
    const columns = Array.from({ length: 12 }, (_, n) => `column_${n}`);
    const text = toTable(
      answer(
        columns,
        columns.map(() => "BIGINT"),
        columns.map((_, n) => n * 1000),
      ),
      PEOPLE,
    );
    assert.match(text, /^- row 1\ncolumn_0 {2}\| 0\ncolumn_1 {2}\| 1,000\n/);
  });

  it("shows epoch seconds as a time, and does not group the digits of numbers that are not counts", () => {
    const columns = ["start", "tcp_flags", "hour", "percent_of_bytes"];
    const text = toTable(
      answer(columns, ["BIGINT", "INTEGER", "BIGINT", "DOUBLE"], [1768435200n, 1018, 2026n, 12.5]),
      PEOPLE,
    );
    assert.match(text, /2026-01-15 00:00:00 +1018 +2026 +12.5\n/);
  });

  it("aligns characters that a terminal shows two cells wide", () => {
    const rows = toTable(
      answer(["name", "n"], ["VARCHAR", "BIGINT"], ["東京", 1n], ["abcd", 2n]),
      PIPE,
    ).split("\n");
    assert.deepEqual(rows.slice(2, 4), ["東京  1", "abcd  2"]);
    assert.equal(widthOf("e\u0301"), 1);
    assert.equal(cutTo("東京都", 5), "東京…");
  });

  it("escapes the control characters of a hostile value", () => {
    assert.match(toTable(answer(["line"], ["VARCHAR"], ["a\u001b[2Jb"]), PIPE), /a\ufffd\[2Jb/);
  });
});

describe("sizes and sentences for people", () => {
  for (const [bytes, text] of [
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [999_960, "1.0 MB"],
    [1_234_567_890, "1.2 GB"],
    [5e15, "5.0 PB"],
    [5e19, "50000.0 PB"],
  ] as const)
    it(`${bytes} bytes are ${text}`, () => assert.equal(size(bytes), text));

  it("wraps at spaces, and keeps a longer word whole", () => {
    assert.equal(wrapped("one two three", 8), "one two\nthree");
    assert.equal(wrapped("a very-long-word b", 6), "a\nvery-long-word\nb");
  });
});
