import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Figures, figures } from "../../bench/detections/judge";
import { DETECTIONS, type Measured, measure } from "../../bench/detections/measure";
import { page } from "../../bench/detections/page";

describe("query: detections, measured over ten seeds", () => {
  let measured: Measured[];
  let all: Figures[];
  before(async function () {
    this.timeout(180_000);
    measured = await measure();
    all = figures(measured);
  });

  for (const { name } of DETECTIONS) {
    const found = () => all.find(({ query }) => query.name === name) as Figures;

    it(`${name}: finds nine in ten attacks that were planted for it`, () => {
      assert.ok(found().attacks.length >= 10);
      assert.ok(found().recall >= 0.9, `${found().recall}`);
    });

    it(`${name}: shows planted attacks in nine of ten rows`, () => {
      assert.ok(found().precision >= 0.9, `${found().precision}`);
    });

    it(`${name}: shows less than one row a day without planted attacks`, () => {
      assert.ok(found().falseAlarms < measured.length, `${found().falseAlarms}`);
    });
  }

  it("are the same if every second line or every fiftieth arrives twice", async () => {
    const [often] = await measure([1], 2);
    assert.deepEqual(often.answers, measured[0].answers);
  });

  it("are on the page: npm run docs:detections brings it up to date", () => {
    assert.equal(readFileSync(join(__dirname, "../../docs/detections.md"), "utf8"), page(measured));
  });
});
