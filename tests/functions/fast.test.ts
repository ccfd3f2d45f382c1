import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { makeDecode } from "../../functions/decode";
import { makeFast } from "../../functions/fast";
import { makeLine } from "../../functions/line";
import { makeNetworks } from "../../functions/networks";
import { makeTransform } from "../../functions/transform";
import { compile, MODULE_FILE } from "../../functions/wasm/compile";
import { traffic } from "../../local/traffic";
import { DEFAULT_LAYOUT, layoutFrom, parseFormat, withNetworks } from "../../schema/layout";
import { packNetworks } from "../../schema/networks";
import { columnPlan, type Plan, wirePlan } from "../../schema/plan";
import { envelopeOf, LINE } from "./envelope";
import { nestedBlocks, networksOf, textOf } from "./networks-naive";

const transformed = (plan: Plan, messages: string[]) => {
  const transform = makeTransform(plan, makeDecode().messages);
  const { records, ...counts } = transform.envelope(Buffer.from(JSON.stringify(envelopeOf(messages))));
  return { rows: records.map(({ data }) => Buffer.from(data).toString()).join(""), ...counts };
};
const byRule = (plan: Plan, messages: string[]) =>
  messages
    .map(makeLine(plan))
    .map(({ row }) => row)
    .join("");

/** Returns how many of these messages, from the first on, the module converts by itself. */
const doneAlone = (plan: Plan, messages: string[]): number => {
  const fast = makeFast(plan, plan.networks && makeNetworks(plan.networks)) ?? assert.fail();
  const envelope = Buffer.from(JSON.stringify(envelopeOf(messages)));
  fast.load(envelope.subarray(envelope.indexOf('{"id"')));
  return fast.walk(0).lines;
};

describe("etl: the WebAssembly module", () => {
  it("is what `npm run wasm` compiles now, and a few kB", () => {
    const text = readFileSync(MODULE_FILE, "utf8");
    assert.equal(compile(), text);
    assert.ok(text.length < 6_000, `${text.length}`);
  });

  for (const preset of ["default", "recommended", "all"]) {
    it(`converts every line of a day's traffic by itself, with the fields of ${preset}`, () => {
      const layout = withNetworks(layoutFrom([preset]));
      const lines = [...traffic({ lines: 90, seed: 3, from: 1_768_435_200, days: 1, layout })];
      const networks = packNetworks({ shop: ["10.0.0.0/8", "2001:db8::/32"] });
      for (const plan of [wirePlan(layout), columnPlan(layout, { networks })]) {
        assert.equal(doneAlone(plan, lines), 90);
        assert.equal(transformed(plan, lines).rows, byRule(plan, lines));
      }
    });
  }

  it("stops before a line that is not plain", () => {
    for (const odd of ["odd", `${LINE} `, LINE.replace(" 443 ", " 2147483648 "), LINE.replace("OK", "Ö")]) {
      assert.equal(doneAlone(wirePlan(DEFAULT_LAYOUT), [LINE, LINE, odd, LINE]), 2);
    }
  });

  it("neither loses nor doubles a line at the edge of a window, however long lines are", () => {
    const plan = wirePlan(parseFormat("interface-id dstport"));
    const length = fc.oneof(
      { weight: 9, arbitrary: fc.nat(300) },
      { weight: 4, arbitrary: fc.nat(40_000) },
      { weight: 1, arbitrary: fc.integer({ min: 60_000, max: 140_000 }) },
    );
    const message = fc.tuple(length, fc.constantFrom(" 1", " 1", " 65535", " -", " odd", "é 1", "\\ 1"));
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 60 }), (drawn) => {
        const messages = drawn.map(([n, end], i) => `${i}${"x".repeat(n)}${end}`);
        const { rows, lines, rawBytes } = transformed(plan, messages);
        assert.ok(rows === byRule(plan, messages));
        assert.equal(lines, messages.length);
        assert.equal(rawBytes, Buffer.byteLength(messages.join("")));
      }),
      { numRuns: 60 },
    );
  });

  it("names the network of any address as the rule does", () => {
    const text = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.string({ unit: fc.constantFrom(..."0011259..:f"), maxLength: 18 }),
    );
    fc.assert(
      fc.property(nestedBlocks(32), fc.array(text, { maxLength: 40 }), (blocks, texts) => {
        const edges = blocks.flatMap(({ first }) => [first - 1n, first, first + 255n, first + 256n]);
        const inside = edges.filter((a) => a >= 0n && a < 1n << 32n).map((a) => textOf(a, 32));
        const plan = wirePlan(withNetworks(parseFormat("dstaddr")), {
          networks: packNetworks(networksOf(blocks, 32)),
        });
        const messages = [...inside, ...texts];
        assert.equal(transformed(plan, messages).rows, byRule(plan, messages));
      }),
      { numRuns: 300 },
    );
  });
});
