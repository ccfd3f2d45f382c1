import assert from "node:assert/strict";
import { ConfigError, checked } from "../../policy/config";
import { parseConfig } from "../../policy/config-file";
import { EXEMPT_SCHEMA } from "../../policy/options";
import { rules } from "../../policy/rules";
import { resource } from "./stack";

describe("a rule with an invalid configuration", () => {
  const rule = checked({
    name: "sample",
    description: "",
    configSchema: { properties: EXEMPT_SCHEMA },
    validateResource: (_, report) => report("looked"),
  });
  const run = (config: Record<string, unknown>) => {
    const found: string[] = [];
    assert.ok("validateResource" in rule);
    for (const validate of [rule.validateResource ?? []].flat()) {
      const args = { ...resource("a:b:C", "c", {}), stackTags: new Map(), asType: () => undefined };
      const notApplicable = () => assert.fail();
      void validate({ ...args, getConfig: <T>() => config as T, notApplicable }, (text) => found.push(text));
    }
    return found;
  };

  it("says which option is wrong, without a stack trace", () => {
    const message = "the configuration of sample is invalid: exempt must be an array, not 7";
    assert.throws(
      () => run({ exempt: 7 }),
      (error: Error) => error instanceof ConfigError && error.stack === message,
    );
  });

  it("judges with a valid one", () => assert.deepEqual(run({ exempt: [] }), ["looked"]));
});

describe("a configuration file", () => {
  const problems = (config: unknown) => {
    try {
      parseConfig(JSON.stringify(config), rules);
      return [];
    } catch (error) {
      assert.ok(error instanceof ConfigError);
      return error.message
        .split("\n")
        .slice(1)
        .map((line) => line.trim());
    }
  };

  it("may be empty", () => assert.deepEqual(parseConfig(" ", rules), {}));

  it("gives a level alone or with options", () => {
    const text =
      '{ "all": "advisory", "bucket-tls-only": { "enforcementLevel": "disabled", "exempt": ["a"] } }';
    assert.deepEqual(parseConfig(text, rules), {
      all: { enforcementLevel: "advisory" },
      "bucket-tls-only": { enforcementLevel: "disabled", exempt: ["a"] },
    });
  });

  it("is refused with all its mistakes at once", () => {
    assert.deepEqual(
      problems({
        "bucket-tls": "advisory",
        "bucket-tls-only": "strict",
        "log-group-retention-bounded": { maximumDays: 4000, minimumDay: 1 },
        "function-traced": true,
        all: { exempt: ["a"] },
      }),
      [
        "bucket-tls: there is no such rule; did you mean bucket-tls-only?",
        'bucket-tls-only: enforcementLevel must be one of advisory, mandatory, remediate, disabled, not "strict"',
        "log-group-retention-bounded: maximumDays must be 3653 or less, not 4000",
        'log-group-retention-bounded: there is no option "minimumDay"; did you mean minimumDays? it has exempt, minimumDays, maximumDays',
        "function-traced: must be an enforcement level or an object with options",
        'all: there is no option "exempt"; it has none',
      ],
    );
  });

  it("is refused if it is not a JSON object", () => {
    assert.throws(() => parseConfig("{", rules), /^ConfigError|not JSON/);
    assert.throws(() => parseConfig("[]", rules), /is not a JSON object/);
  });
});
