import assert from "node:assert/strict";
import { logGroupPrefix } from "../../components/settings/formats";
import { makeDecode } from "../../functions/decode";
import { makeFormats } from "../../functions/formats";
import { layoutFrom } from "../../schema/layout";
import { wirePlan } from "../../schema/plan";

const plans = {
  byDigest: { f1111111: wirePlan(layoutFrom(["srcaddr"])), f2222222: wirePlan(layoutFrom(["dstaddr"])) },
  others: "f1111111",
};
const formats = makeFormats(plans, makeDecode().messages);
const [others, second] = ["/vpc/flow-logs", "flows-flow-logs-f2222222-6e60caa-0123abc"].map(
  formats.ofLogGroup,
);

/** Names of log groups of others, each with a part that looks like a digest. */
const STRANGERS = [
  "vpc-flow-logs-f3a91c02",
  "prod-flow-logs-feedface",
  "flows-flow-logs-f2222222",
  "flows-flow-logs-f2222222-",
  "flows-flow-logs-f2222222-0123abc",
  "flows-flow-logs-f2222222-0123abc-0123abc",
  "other-flow-logs-f2222222-6e60caa-0123abc",
  "flows-flow-logs-f22222226e60caa-0123abc",
  "/aws/vpc/flows-flow-logs-f2222222-6e60caa-0123abc",
  "flows-stream-f2222222-0123abc",
  "x-flow-logs-f2222222-flow-logs-f2222222-6e60caa-0123abc",
];

describe("the format of lines", () => {
  it("is in the name of a log group that a component made", () => {
    assert.notEqual(second, others);
    for (const name of ["flows", "Edge_2", "my-flow-logs-f2222222"])
      assert.equal(formats.ofLogGroup(`${logGroupPrefix(name, "f2222222")}20261128130000`), second, name);
  });

  for (const name of STRANGERS)
    it(`is the stack's in the existing log group ${name}`, () =>
      assert.equal(formats.ofLogGroup(name), others));

  it("is refused in a log group that a component made for a format that the stack does not have", () => {
    assert.throws(() => formats.ofLogGroup(`${logGroupPrefix("flows", "f3333333")}1`), /previousFields/);
  });

  it("is in the name of a stream of DIRECT, and of no other stream", () => {
    assert.equal(formats.ofStream("flows-stream-f2222222-0123abc"), second);
    for (const name of ["flows-stream-0123abc", "flows-envelope-stream-0123abc", "flows-stream-f222222"])
      assert.equal(formats.ofStream(name), others, name);
  });
});
