import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parseConfig } from "../../policy/config-file";
import { README, withRules } from "../../policy/readme-tables";
import { rules } from "../../policy/rules";

describe("policy/README.md", () => {
  const readme = readFileSync(README, "utf8");
  const examples = Array.from(readme.matchAll(/^```json\n(.*?)^```$/gms), ([, text]) => text);

  it("has the current rules: npm run docs -w policy brings it up to date", () =>
    assert.equal(readme, withRules(readme)));

  it("names every rule in a table, once", () => {
    for (const { name } of rules)
      assert.equal(readme.match(new RegExp(`^\\| \\[?\`${name}\``, "gm"))?.length, 1, name);
  });

  it("has examples of configuration", () => assert.ok(examples.length >= 4));

  for (const [index, example] of examples.entries())
    it(`has a valid example of configuration: ${index + 1}`, () =>
      assert.notDeepEqual(parseConfig(example, rules), {}));

  it("quotes the message for an invalid value", () => {
    const [, rule, problem] = /`the configuration of (\S+) is invalid: ([^`]+)`/.exec(readme) ?? [];
    const config = JSON.stringify({ [rule]: { maximumDays: 4000 } });
    assert.throws(
      () => parseConfig(config, rules),
      (error: Error) => error.message.includes(`${rule}: ${problem}`),
    );
  });
});
