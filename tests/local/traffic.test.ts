import assert from "node:assert/strict";
import { traffic } from "../../local/traffic";
import type { FieldName } from "../../schema/fields";
import { parseFormat } from "../../schema/layout";

const FROM = Date.UTC(2026, 0, 15) / 1000;
const DAY = 86_400;
const COUNT = 60_000;

const generate = (lines: number, format = "recommended", seed = 1, days = 1) => [
  ...traffic({ lines, seed, from: FROM, days, layout: parseFormat(format) }),
];

/** The values of one field, line by line. */
const column = (name: FieldName, lines: readonly string[], format: string) => {
  const at = parseFormat(format).fields.findIndex((field) => field.name === name);
  return lines.map((line) => line.split(" ")[at]);
};

describe("traffic", () => {
  for (const count of [0, 1, 2, 7, 50, 1_439, 20_001]) {
    it(`makes exactly ${count} lines when asked for ${count}`, () => {
      assert.equal(generate(count).length, count);
      assert.equal(generate(count, "default", 7, 3).length, count);
    });
  }

  it("makes the same lines from the same options", () => {
    assert.deepEqual(generate(5_000), generate(5_000));
  });

  it("has the same flows in every layout", () => {
    const ends = (format: string) => column("end", generate(2_000, format), format);
    assert.deepEqual(ends("default"), ends("all"));
  });

  it("makes other lines from another seed", () => {
    const first = new Set(generate(5_000));
    const shared = generate(5_000, "recommended", 2).filter((line) => first.has(line));
    assert.ok(shared.length < 5, `${shared.length} lines are in both`);
  });

  it("orders lines by their end, inside the days asked for", () => {
    const ends = column("end", generate(20_000, "default", 1, 3), "default").map(Number);
    assert.deepEqual(
      ends,
      [...ends].sort((a, b) => a - b),
    );
    assert.ok(ends[0] >= FROM);
    assert.ok(ends[ends.length - 1] < FROM + 3 * DAY);
    assert.ok(ends[ends.length - 1] > FROM + 3 * DAY - 300);
  });

  it("is at least three times as busy in the afternoon as at night", () => {
    const hours = generate(COUNT, "end").map((end) => Math.floor((Number(end) - FROM) / 3600));
    const between = (first: number, last: number) =>
      hours.filter((hour) => hour >= first && hour < last).length;
    assert.ok(between(13, 17) > 3 * between(1, 5), `${between(13, 17)} against ${between(1, 5)}`);
  });

  for (const format of ["default", "recommended", "all"]) {
    it(`gives a line of the ${format} format as many tokens as the format has fields`, () => {
      const { fields } = parseFormat(format);
      for (const line of generate(20_000, format)) assert.equal(line.split(" ").length, fields.length, line);
    });
  }

  it("has the version of the format's newest field", () => {
    const version = (format: string) => column("version", generate(1, format), format)[0];
    assert.deepEqual(["default", "recommended", "all", "version region"].map(version), ["2", "5", "11", "4"]);
  });

  it("has no window longer than 60 s and none that ends before it starts", () => {
    for (const line of generate(COUNT, "start end")) {
      const [start, end] = line.split(" ").map(Number);
      assert.ok(end >= start && end <= start + 60, line);
    }
  });

  it("writes a window without traffic as AWS does", () => {
    const form = /^2 123456789010 eni-[0-9a-f]{17} - - - - - - - \d{10} \d{10} - NODATA$/;
    const silent = generate(COUNT, "default").filter((line) => line.endsWith(" NODATA"));
    for (const line of silent) assert.match(line, form);
    const share = silent.length / COUNT;
    assert.ok(share > 0.003 && share < 0.007, `${share} of the lines`);
  });

  it("loses records very rarely, but does", () => {
    const lost = generate(200_000, "log-status").filter((line) => line === "SKIPDATA").length;
    assert.ok(lost >= 1 && lost <= 20, `${lost} lines`);
  });
});
