import assert from "node:assert/strict";
import { FlowLogAnalytics } from "../../components";
import { type EmbeddedResource, embedded } from "./embedded";
import { child } from "./graph";
import { VPCS } from "./settings";

describe("the order in which resources are made", () => {
  let resources: EmbeddedResource[];

  before(async () => {
    ({ resources } = await embedded("eu-west-1", () => {
      new FlowLogAnalytics("edge", { vpcs: VPCS });
      return {};
    }));
  });

  for (const [later, earlier, why] of [
    ["edge-flow-log-main", "edge-subscription", "a line before the subscription would be lost"],
    ["edge-flow-log-main", "edge-flow-logs-policy", "EC2 could not write with a role without permissions"],
    ["edge-subscription", "edge-subscription-permission", "CloudWatch Logs tries the function at once"],
    ["edge-subscription", "edge-etl-failures", "an event that failed before would have nowhere to go"],
    ["edge-etl", "edge-etl-policy", "a role without its policy could not deliver"],
    ["edge-stream", "edge-stream-policy", "Firehose checks its access when it is made"],
    ["edge-stream", "edge-table", "Firehose converts by the table's columns"],
    ["edge-lake-policy", "edge-lake-access", "S3 refuses to change both at once"],
    ["edge-stream-logs", "edge-key", "the group is encrypted from its first line"],
  ]) {
    it(`has ${earlier} before ${later}: ${why}`, () => {
      // Names of resources that read a log group end with its format's digest.
      const withoutDigest = (name: string) => name.replace(/-f[0-9a-f]{7}$/, "");
      const plain = resources.map((resource) => ({ ...resource, name: withoutDigest(resource.name) }));
      const waitsFor = child({ resources: plain }, later).waitsFor.map(withoutDigest);
      assert.ok(waitsFor.includes(earlier), `${later} waits for ${waitsFor.join(", ")}`);
    });
  }
});
