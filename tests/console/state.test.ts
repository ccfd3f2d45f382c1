import assert from "node:assert/strict";
import { filterOf } from "../../console/lake/filters";
import { levelOf } from "../../console/lake/groups";
import { ceilingOf, ticksOf } from "../../console/parts/chart";
import { share, si } from "../../console/parts/numbers";
import { filtered, pageIn, stateOf, unfiltered } from "../../console/state";

const NEWEST = Date.parse("2026-01-15T23:59:57Z") / 1000;
const DAY = Date.parse("2026-01-15T00:00:00Z") / 1000;
const read = (query: string) => stateOf(new URLSearchParams(query), NEWEST);

describe("the address of a console's page", () => {
  it("means the day before the newest flow, to the end of its five minutes, unless it says otherwise", () => {
    assert.deepEqual(read("").span, { from: DAY, to: DAY + 86_400 });
    assert.deepEqual(read("last=1h").span, { from: DAY + 82_800, to: DAY + 86_400 });
    assert.deepEqual(read("from=2026-01-15T10:02&to=2026-01-15T10:58:30").span, {
      from: DAY + 36_000,
      to: DAY + 39_600,
    });
    assert.deepEqual(read(`from=${DAY}`).span, { from: DAY, to: DAY + 86_400 });
  });

  it("is read as it was written, with any window and filters", () => {
    for (const query of [
      "",
      "last=7d",
      `from=${DAY}&to=${DAY + 300}`,
      "is=port:443&not=source:10.0.0.0/16&is=address:2600:1f18::1",
    ]) {
      const state = read(query);
      assert.deepEqual(stateOf(new URL(pageIn("/", state), "http://x").searchParams, NEWEST), state);
    }
  });

  it("has a filter once, as what was said last", () => {
    const only = filterOf("port:443", false);
    const state = read("is=port:443");
    assert.equal(filtered("/", state, only), "/?is=port%3A443");
    assert.equal(filtered("/", state, { ...only, excludes: true }), "/?not=port%3A443");
    assert.equal(unfiltered("/", state, state.filters[0]), "/");
  });

  it("reads a block of addresses by its length, IPv4 and IPv6", () => {
    assert.deepEqual(
      ["10.0.1.0/24", "10.0.0.0/16", "2600:1f18:1:2::/64", "2600:1f18:1::/48", "10.0.0.1", "::1"].map(
        levelOf,
      ),
      ["subnet", "range", "subnet", "range", undefined, undefined],
    );
  });
});

describe("numbers on the console's pages", () => {
  it("have three digits, an SI prefix and a unit", () => {
    assert.deepEqual(
      [0, 0.05, 0.000556, 7, 331_000, 1_000_000, 36e9].map((value) => si(value, "bit/s")),
      ["0 bit/s", "0.05 bit/s", "0.000556 bit/s", "7 bit/s", "331 kbit/s", "1 Mbit/s", "36 Gbit/s"],
    );
  });

  it("never show a share of what is there as nothing, nor one of nothing", () => {
    assert.deepEqual(
      [share(1, 1e6), share(0, 10), share(5, 10), share(1, 0)],
      ["<0.1 %", "0.0 %", "50 %", ""],
    );
  });

  it("stand on an axis that ends at or above the greatest, at round values", () => {
    assert.deepEqual(
      [0, 1, 1.01, 3, 4.1, 6, 99, 100, 0.02].map(ceilingOf),
      [1, 1, 2, 4, 5, 10, 100, 100, 0.02],
    );
  });

  it("have whole hours or days below them, seven at most", () => {
    for (const hours of [1, 6, 24, 168, 2400]) {
      const ticks = ticksOf({ from: DAY, to: DAY + hours * 3600 });
      assert.ok(ticks.length >= 2 && ticks.length <= 7, `${hours} hours: ${ticks.length}`);
      assert.ok(ticks.every((at) => at % 300 === 0));
    }
  });
});
