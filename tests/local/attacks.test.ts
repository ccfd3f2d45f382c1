import assert from "node:assert/strict";
import { makeDecode } from "../../functions/decode";
import { makeTransform } from "../../functions/transform";
import { traffic } from "../../local/traffic";
import { ATTACK_KINDS, type Attack, plant } from "../../local/traffic/attacks";
import { savedQueries } from "../../queries";
import { parseFormat } from "../../schema/layout";
import { columnPlan } from "../../schema/plan";

const DAY = 86_400;
const FROM = Date.UTC(2026, 0, 15) / 1000;
const ALL = Object.keys(ATTACK_KINDS);

const planted = (attacks = ALL, seed = 1) => plant({ seed, from: FROM, days: 3, attacks });
const lines = (count: number, attacks?: Attack[], format = "recommended") => [
  ...traffic({ lines: count, seed: 1, from: FROM, days: 3, layout: parseFormat(format), attacks }),
];
const rows = (attacks: Attack[], ...names: string[]) =>
  lines(0, attacks, names.join(" ")).map((line) => line.split(" "));

describe("attacks", () => {
  it("are the same from the same seed, and others from another", () => {
    assert.deepEqual(planted(), planted());
    const sources = (seed: number) => planted(["exfil"], seed).map(({ truth }) => truth.bytes);
    assert.notDeepEqual(sources(1), sources(2));
  });

  it("do not depend on what else is planted", () => {
    const alone = planted(["mining"]);
    assert.deepEqual(
      alone,
      planted().filter(({ truth }) => truth.attack === "crypto-mining"),
    );
  });

  it("leave the ordinary lines as they are and add their own, all in the order of their end", () => {
    const attacks = planted();
    const own = lines(0, attacks);
    assert.deepEqual([...lines(5_000), ...own].sort(), lines(5_000, attacks).sort());
    const ends = lines(5_000, attacks, "end").map(Number);
    assert.deepEqual(
      ends,
      [...ends].sort((a, b) => a - b),
    );
  });

  it("have as many lines as the truth says", () => {
    for (const attack of planted())
      assert.equal(lines(0, [attack], "end").length, attack.truth.lines, attack.truth.attack);
  });

  it("happen on the last day, at the times in the truth", () => {
    for (const attack of planted(ALL.filter((kind) => kind !== "lookalikes"))) {
      const { attack: name, from, to } = attack.truth;
      const times = rows([attack], "start", "end").map((row) => row.map(Number));
      assert.equal(Math.min(...times.map(([start]) => start)), from, name);
      assert.equal(Math.max(...times.map(([, end]) => end)), to, name);
      assert.ok(from >= FROM + 2 * DAY && to < FROM + 3 * DAY, name);
      for (const [start, end] of times) assert.ok(end >= start && end <= start + 60, name);
    }
  });

  it("list every address and port of their lines in the truth", () => {
    for (const attack of planted()) {
      const { source, targets, via, ports } = attack.truth;
      const known = new Set([source, ...targets, via]);
      for (const [from, to, srcport, dstport] of rows([attack], "srcaddr", "dstaddr", "srcport", "dstport")) {
        assert.ok(known.has(from) && known.has(to), `${from} ${to}`);
        assert.ok(ports.includes(Number(srcport)) || ports.includes(Number(dstport)));
      }
    }
  });

  it("name existing queries", () => {
    const names = new Set(savedQueries().map(({ name }) => name));
    for (const { truth } of planted()) {
      for (const name of [truth.query, ...truth.also]) assert.ok(names.has(name), name);
    }
  });

  it("leave through the NAT gateway, whose interface logs them again, and over IPv6 without it", () => {
    const attacks = planted(["beacon"]);
    assert.equal(attacks.filter(({ truth }) => truth.source.includes(":")).length, 1);
    for (const attack of attacks) {
      const { source, via, lines: count } = attack.truth;
      const seen = rows([attack], "srcaddr", "flow-direction", "tcp-flags");
      const called = seen.filter(([, direction, flags]) => direction === "egress" && flags === "3");
      assert.deepEqual(new Set(called.map(([from]) => from)), new Set(via ? [source, via] : [source]));
      assert.equal(called.length, via ? count / 3 : count / 2);
      assert.equal(via === undefined, source.includes(":"));
    }
  });

  it("are rejected at the receiver: the sender's interface logs ACCEPT", () => {
    const inside = planted(["scan"]).filter(
      ({ truth }) => truth.interface && truth.attack === "vertical-scan",
    );
    assert.ok(inside.length > 0);
    for (const [action, direction] of rows(inside, "action", "flow-direction")) {
      assert.equal(action, direction === "egress" ? "ACCEPT" : "REJECT");
    }
  });

  it("are several of each, fast, slow and stealthy", () => {
    for (const name of new Set(planted().map(({ truth }) => truth.attack))) {
      const paces = planted()
        .filter(({ truth }) => truth.attack === name)
        .map(({ truth }) => truth.pace);
      if (paces[0] === "harmless") assert.equal(paces.length, 1);
      else
        for (const pace of ["fast", "slow", "stealthy"] as const)
          assert.ok(paces.includes(pace), `${name} ${pace}`);
    }
  });

  for (const seed of [1, 2, 3])
    it(`have lines of seed ${seed} that all fit, with every field`, () => {
      const layout = parseFormat("all");
      const transform = makeTransform(columnPlan(layout), makeDecode().messages);
      const texts = [
        ...traffic({ lines: 0, seed, from: FROM, days: 3, layout, attacks: planted(ALL, seed) }),
      ];
      const { records } = transform.lines(texts);
      const rows = records.flatMap(({ data }) => Buffer.from(data).toString().trim().split("\n"));
      assert.equal(rows.length, texts.length);
      const unparsed = rows.map((row) => JSON.parse(row).unparsed).filter((line) => line !== undefined);
      assert.deepEqual(unparsed, []);
    });
});
