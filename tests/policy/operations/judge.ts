import assert from "node:assert/strict";
import type { Policies, PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { unknownCheckingProxy } from "@pulumi/policy";
import { resource } from "../stack";

export type Config = Record<string, unknown>;
export type Rule = Policies[number];

const notApplicable = () => assert.fail();
const getConfig =
  (config: Config) =>
  <T>() =>
    ({ ...config }) as T;
export const argsOf = (of: PolicyResource, config: Config): ResourceValidationArgs => ({
  ...of,
  props: unknownCheckingProxy(of.props),
  stackTags: new Map(),
  asType: () => undefined,
  getConfig: getConfig(config),
  notApplicable,
});

/** Returns a rule's findings about these resources. */
export const judge = (rule: Rule, resources: PolicyResource[], config: Config = {}): string[] => {
  const found: string[] = [];
  const report = (message: string) => found.push(message);
  if ("validateStack" in rule) {
    for (const each of resources) each.props = unknownCheckingProxy(each.props);
    void rule.validateStack(
      { resources, stackTags: new Map(), getConfig: getConfig(config), notApplicable },
      report,
    );
    return found;
  }
  for (const each of resources)
    for (const validate of [rule.validateResource ?? []].flat()) void validate(argsOf(each, config), report);
  return found;
};

export type Case = [what: string, props: Record<string, unknown>, config?: Config];

/** The tests of a rule about one type: what it accepts, and what it rejects and why. */
export const describeRule = (rule: Rule, type: string, good: Case[], bad: [...Case, expected: RegExp][]) =>
  describe(rule.name, () => {
    for (const [what, props, config] of good)
      it(`accepts ${what}`, () => assert.deepEqual(judge(rule, [resource(type, "main", props)], config), []));
    for (const [what, props, config, expected] of bad) {
      it(`rejects ${what}`, () => {
        const found = judge(rule, [resource(type, "main", props)], config as Config);
        assert.equal(found.length, 1, found.join("\n"));
        assert.match(found[0], expected as RegExp);
        assert.match(found[0], /^[a-z ]+ "main" .+; .+\.$/);
      });
      it(`leaves alone if it is exempt: ${what}`, () => {
        const exempt = { ...(config as Config), exempt: ["ma*"] };
        assert.deepEqual(judge(rule, [resource(type, "main", props)], exempt), []);
      });
    }
    it("has nothing to say about other resources", () =>
      assert.deepEqual(judge(rule, [resource("aws:sqs/queue:Queue", "main", {})]), []));
  });
