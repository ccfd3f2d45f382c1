import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { graph } from "./graph";
import { EVERY_TAG, VPCS } from "./settings";

/** Stacks that together declare every type that the component has. */
const STACKS: Record<string, unknown>[] = [
  {
    fields: ["all"],
    tagFields: EVERY_TAG,
    objectLock: { mode: "GOVERNANCE", days: 1 },
    detections: { queries: ["top-talkers"], topic: "arn:aws:sns:us-east-1:123456789012:alerts" },
  },
  { ingestion: "SUBSCRIPTION", producerAccounts: ["111122223333"] },
  { ingestion: "DIRECT" },
];

/** Returns the required properties of a resource type, from the code of the AWS provider's SDK. */
const requiredOf = (type: string): string[] => {
  const [, path] = /^aws:([\w-]+\/\w+):\w+$/.exec(type) ?? [];
  const source = readFileSync(require.resolve(`@pulumi/aws/${path}.js`), "utf8");
  return [...source.matchAll(/Missing required property '(\w+)'/g)].map(([, name]) => name);
};

describe("a declared resource", () => {
  for (const stack of STACKS)
    it(`has a value for each property that its type requires: ${stack.ingestion ?? "LAMBDA"}`, async () => {
      const { resources } = await graph("prod", { vpcs: VPCS, ...stack });
      const missing = resources
        .filter(({ type }) => type.startsWith("aws:"))
        // The SDK checks only that an Output exists. An output without a mocked value later resolves to undefined.
        .flatMap(({ type, name, inputs }) =>
          requiredOf(type)
            .filter((property) => inputs[property] === undefined)
            .map((property) => `${name} has no ${property}`),
        );
      assert.deepEqual(missing, []);
    });
});
