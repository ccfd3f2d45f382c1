import assert from "node:assert/strict";
import { setAllConfig } from "@pulumi/pulumi/runtime/config";
import { setMocks } from "@pulumi/pulumi/runtime/mocks";
import { dashboardName, databaseName, physicalName } from "../../components/names";

type Stack = [project: string, stack: string, component: string];

/** A name as a component of this stack would have it. */
const inStack = async ([project, stack, component]: Stack, nameOf: (name: string) => string) => {
  setAllConfig({});
  await setMocks(
    { call: async () => ({}), newResource: async () => ({ id: "", state: {} }) },
    project,
    stack,
  );
  return nameOf(component);
};

/** In each group, one text comes of joining the three and replacing what SQL does not allow. */
const ALIKE: Stack[][] = [
  [
    ["logs", "dev.1", "flows"],
    ["logs", "dev-1", "flows"],
    ["logs", "Dev_1", "flows"],
    ["logs", "dev_1", "flows"],
    ["logs-dev", "1", "flows"],
    ["logs_dev", "1", "flows"],
    ["Logs-dev", "1", "flows"],
    ["logs.dev", "1", "flows"],
  ],
  [
    ["a", "b-c", "flows"],
    ["a-b", "c", "flows"],
    ["a", "b", "c-flows"],
    ["a_b", "c", "flows"],
    ["a", "b_c", "flows"],
  ],
  [
    ["1a", "b", "flows"],
    ["flows-1a", "b", "flows"],
    ["flows_1a", "b", "flows"],
  ],
];

describe("names in AWS", () => {
  for (const stacks of ALIKE)
    it(`differ between ${stacks.map((stack) => stack.join("/")).join(", ")}`, async () => {
      // Glue keeps databases in small letters.
      const database = (name: string) => databaseName(name).toLowerCase();
      for (const nameOf of [database, dashboardName, (name: string) => physicalName(name, "etl")]) {
        const names: string[] = [];
        for (const stack of stacks) names.push(await inStack(stack, nameOf));
        assert.equal(new Set(names).size, stacks.length, names.join(" "));
      }
    });

  it("need no quotes in SQL as a database", async () => {
    for (const stack of ALIKE.flat())
      assert.match(await inStack(stack, databaseName), /^[a-z][a-z0-9_]*$/, stack.join("/"));
  });

  it("are legal as a dashboard", async () => {
    for (const stack of ALIKE.flat())
      assert.match(await inStack(stack, dashboardName), /^[A-Za-z0-9_-]+$/, stack.join("/"));
  });

  it("are the three words alone where nothing had to be replaced, and for a project with hyphens", async () => {
    assert.equal(await inStack(["logs", "dev", "flows"], databaseName), "logs_dev_flows");
    assert.equal(
      await inStack(["flow-log-analytics", "dev", "flows"], databaseName),
      "flow_log_analytics_dev_flows",
    );
    assert.equal(
      await inStack(["flow-log-analytics", "dev", "flows"], dashboardName),
      "flow-log-analytics-dev-flows",
    );
  });
});
