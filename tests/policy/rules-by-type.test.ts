import assert from "node:assert/strict";
import type { Policies, ResourceValidationArgs } from "@pulumi/policy";
import { rules } from "../../policy/rules";
import { rulesByType, type TypedRule } from "../../policy/rules-by-type";

/** A rule about these types, or about all, that records its calls. */
const rule = (name: string, types: string[] | undefined, said: string[]): TypedRule => ({
  name,
  description: name,
  validateResource: () => {
    said.push(name);
  },
  ...(types && { isAbout: (type: string) => types.includes(type) }),
});

/** Goes through the rules as the server of @pulumi/policy does. */
function asking() {
  const said: string[] = [];
  class Request {
    constructor(readonly type: string) {}
    getType() {
      return this.type;
    }
  }
  const list = rulesByType(
    [rule("of buckets", ["bucket"], said), rule("of keys", ["key"], said), rule("of all", undefined, said)],
    Request,
  );
  const judge = (type: string) => {
    said.length = 0;
    const request = new Request(type);
    request.getType();
    for (const each of list)
      for (const validate of [(each as TypedRule).validateResource ?? []].flat())
        validate({} as ResourceValidationArgs, () => {});
    return [...said];
  };
  return { list, judge };
}

describe("the rules that the pack calls", () => {
  it("are all rules for the first resource, so that each checks its configuration, and those of a resource's type later", () => {
    const { judge } = asking();
    assert.deepEqual(judge("bucket"), ["of buckets", "of keys", "of all"]);
    assert.deepEqual(judge("bucket"), ["of buckets", "of all"]);
    assert.deepEqual(judge("key"), ["of keys", "of all"]);
    assert.deepEqual(judge("queue"), ["of all"]);
  });

  it("are all rules if no type was read just before", () => {
    const { list, judge } = asking();
    judge("bucket");
    judge("bucket");
    const names = (policies: Policies) => Array.from(policies, ({ name }) => name);
    assert.deepEqual(names(list), ["of buckets", "of keys", "of all"]);
    assert.deepEqual(
      list.map(({ name }) => name),
      ["of buckets", "of keys", "of all"],
    );
  });

  it("are called by @pulumi/policy's server right after it reads the type", () => {
    const server = require("node:fs").readFileSync(require.resolve("@pulumi/policy/server"), "utf8");
    const between =
      /function makeAnalyzeRpcFun[\s\S]*?req\.getType\(\);([\s\S]*?)for \(const p of policies\)/.exec(server);
    assert.ok(between);
    assert.doesNotMatch(between[1], /yield|for \(/);
  });

  it("skip most types", () => {
    const typed = rules.filter((each) => (each as TypedRule).isAbout);
    assert.ok(typed.length > 30, String(typed.length));
    const about = (type: string) => typed.filter((each) => (each as TypedRule).isAbout?.(type)).length;
    assert.equal(about("aws:ec2/vpc:Vpc"), 0);
    assert.ok(about("aws:iam/rolePolicy:RolePolicy") > 5);
  });
});
