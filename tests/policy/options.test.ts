import assert from "node:assert/strict";
import fc from "fast-check";
import { configProblems } from "../../policy/config";
import { EXEMPT_SCHEMA, isExempt, type Options, optionSchemas } from "../../policy/options";
import { rules } from "../../policy/rules";
import { isKnownKeyword, schemaProblems } from "../../policy/schema";

const NAME = "flows-lake";
const URN = `urn:pulumi:dev::acme::flow-log-analytics:index:FlowLogAnalytics$aws:s3/bucket:Bucket::${NAME}`;

const exempts = (...exempt: string[]) =>
  isExempt({ name: NAME, urn: URN, getConfig: <T>() => ({ exempt }) as T });

describe("exempt", () => {
  it("exempts no resource unless it is configured", () => {
    assert.equal(isExempt({ name: NAME, urn: URN, getConfig: <T>() => ({}) as T }), false);
    assert.equal(exempts(), false);
  });

  for (const pattern of [
    NAME,
    URN,
    "flows-*",
    "*-lake",
    "*",
    "f*s-*ke",
    "flows-lake*",
    "urn:pulumi:dev::*",
    "*::flows-lake",
  ])
    it(`leaves ${NAME} alone for ${pattern}`, () => assert.equal(exempts("other", pattern), true));

  for (const pattern of [
    "flows",
    "lake",
    "flows-lake-",
    "Flows-Lake",
    "flows-.*",
    "*lake-*",
    "flows-lake*flows-lake",
  ])
    it(`does not leave ${NAME} alone for ${pattern}`, () => assert.equal(exempts(pattern), false));

  it("matches every character except * literally", () => {
    const literal = (text: string) => text.replaceAll(/[.+?^${}()|[\]\\/]/g, "\\$&");
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (name, pattern) => {
        const expected = new RegExp(`^${literal(pattern).replaceAll("*", ".*")}$`, "su").test(name);
        const getConfig = <T>() => ({ exempt: [pattern] }) as T;
        assert.equal(isExempt({ name, urn: name, getConfig }), expected);
      }),
    );
  });

  it("matches at once, however many stars a pattern has", () => {
    const name = "a".repeat(2000);
    const began = Date.now();
    isExempt({ name, urn: URN, getConfig: <T>() => ({ exempt: [`${"*a".repeat(1000)}b`] }) as T });
    assert.ok(Date.now() - began < 500);
  });
});

describe("the options of rules", () => {
  for (const rule of rules)
    it(`begin with exempt, and have descriptions and bounds: ${rule.name}`, () => {
      const options = optionSchemas(rule);
      assert.deepEqual(Object.keys(options)[0], "exempt");
      for (const [name, schema] of Object.entries(options)) {
        assert.ok(schema.description, name);
        assert.ok(schema.type, name);
        assertKnown(schema);
        if (schema.default !== undefined) assert.deepEqual(schemaProblems(schema, schema.default, name), []);
        if (schema.type === "array") assert.ok(schema.maxItems, `${name} may be of any length`);
        if (schema.type === "integer" || schema.type === "number")
          assert.ok(schema.maximum !== undefined && schema.minimum !== undefined, `${name} has no bounds`);
      }
    });

  const options: Options = {
    ...EXEMPT_SCHEMA,
    days: { type: "integer", minimum: 1, maximum: 30 },
    mode: { enum: ["on", "off"], type: "string" },
    values: { type: "object", additionalProperties: { type: "string", maxLength: 3 } },
  };
  const accepted = [
    {},
    { days: 1 },
    { days: 30, mode: "off" },
    { exempt: ["a", "*"] },
    { values: { a: "abc" } },
  ];
  for (const config of accepted)
    it(`accept ${JSON.stringify(config)}`, () => assert.deepEqual(configProblems(options, config), []));

  const refused: [Record<string, unknown>, string][] = [
    [{ days: 0 }, "days must be 1 or more, not 0"],
    [{ days: 31 }, "days must be 30 or less, not 31"],
    [{ days: 1.5 }, "days must be an integer, not 1.5"],
    [{ days: "7" }, 'days must be an integer, not "7"'],
    [{ days: null }, "days must be an integer, not null"],
    [{ mode: "maybe" }, 'mode must be one of on, off, not "maybe"'],
    [{ exempt: "a" }, 'exempt must be an array, not "a"'],
    [{ exempt: ["a", "a"] }, "exempt must not name anything twice, not a list of 2"],
    [{ exempt: [""] }, 'exempt[0] must have 1 characters or more, not ""'],
    [{ values: { a: "abcd" } }, 'values.a must have 3 characters or fewer, not "abcd"'],
    [{ values: ["a"] }, "values must be an object, not a list of 1"],
    [{ day: 7 }, 'there is no option "day"; did you mean days? it has exempt, days, mode, values'],
    [{ constructor: 7 }, 'there is no option "constructor"; it has exempt, days, mode, values'],
  ];
  for (const [config, problem] of refused)
    it(`refuse ${JSON.stringify(config)}`, () =>
      assert.deepEqual(configProblems(options, config), [problem]));
});

function assertKnown(schema: object) {
  for (const keyword of Object.keys(schema))
    assert.ok(isKnownKeyword(keyword), `the check ignores ${keyword}`);
  const { items, additionalProperties } = schema as Record<string, object | undefined>;
  for (const inside of [items, additionalProperties]) if (inside) assertKnown(inside);
}
