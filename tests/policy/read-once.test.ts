import assert from "node:assert/strict";
import { readOnce } from "../../policy/read-once";

const counting = () => {
  const asked: boolean[] = [];
  const conversions = {
    deserializeProperties: (_: object, keepsSecrets: boolean): object => {
      asked.push(keepsSecrets);
      return {};
    },
  };
  return { asked, conversions };
};

describe("the properties of a resource", () => {
  it("are converted from protobuf once for all rules", () => {
    const { asked, conversions } = counting();
    readOnce(conversions);
    const [one, other] = [{}, {}];
    const first = conversions.deserializeProperties(one, false);
    assert.equal(conversions.deserializeProperties(one, false), first);
    assert.notEqual(conversions.deserializeProperties(other, false), first);
    assert.deepEqual(asked, [false, false]);
  });

  it("are converted for each remediation, which may change them", () => {
    const { asked, conversions } = counting();
    readOnce(conversions);
    const message = {};
    const first = conversions.deserializeProperties(message, true);
    assert.notEqual(conversions.deserializeProperties(message, true), first);
    assert.notEqual(conversions.deserializeProperties(message, false), first);
    assert.deepEqual(asked, [true, true, false]);
  });

  it("are converted by the function that @pulumi/policy's server looks up at each call", () => {
    const server = require("node:fs").readFileSync(require.resolve("@pulumi/policy/server"), "utf8");
    assert.match(server, /deserialize_1\.deserializeProperties\(req\.getProperties\(\), false\)/);
    assert.equal(typeof require("@pulumi/policy/deserialize").deserializeProperties, "function");
  });
});
