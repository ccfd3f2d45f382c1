import assert from "node:assert/strict";
import { setAllConfig } from "@pulumi/pulumi/runtime/config";
import { setMocks } from "@pulumi/pulumi/runtime/mocks";
import { FlowLogAnalytics } from "../../components";
import { childName, dashboardName, databaseName, physicalName } from "../../components/names";
import { embedded } from "./embedded";
import { VPCS } from "./settings";

type Stack = [project: string, stack: string, component: string];

/** Returns the name that a component of this stack has. */
const inStack = async ([project, stack, component]: Stack, nameOf: (name: string) => string) => {
  setAllConfig({});
  await setMocks(
    { call: async () => ({}), newResource: async () => ({ id: "", state: {} }) },
    project,
    stack,
  );
  return nameOf(component);
};

/** In each group, joining the three and replacing characters that SQL does not allow gives one text. */
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

  it("need no quotes in SQL as a database's name", async () => {
    for (const stack of ALIKE.flat())
      assert.match(await inStack(stack, databaseName), /^[a-z][a-z0-9_]*$/, stack.join("/"));
  });

  it("are legal as a dashboard", async () => {
    for (const stack of ALIKE.flat())
      assert.match(await inStack(stack, dashboardName), /^[A-Za-z0-9_-]+$/, stack.join("/"));
  });

  it("are the three words alone if nothing had to be replaced, and for a project with hyphens", async () => {
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

describe("the names of a component's children", () => {
  const OTHERS = [
    "Flows",
    "flow_logs",
    "flows.main",
    "1flows",
    "-",
    "Ünï",
    "a".repeat(41),
    `${"a".repeat(41)}b`,
  ];

  it("begin with the component's name if every resource can have it", () => {
    for (const name of ["f", "flows", "edge-flows-2", "a".repeat(40)]) assert.equal(childName(name), name);
  });

  it("are legal and different for every other name", () => {
    const names = [...OTHERS, "flows", "flow-logs"].map(childName);
    for (const name of names) assert.match(name, /^[a-z][a-z0-9-]{0,39}$/);
    assert.equal(new Set(names).size, names.length);
    assert.equal(childName("Edge_Flows"), childName("Edge_Flows"));
    assert.match(childName("Edge_Flows"), /^edge-flows-[0-9a-f]{7}$/);
  });

  it("fit into AWS with a name of capitals, an underscore and 60 characters", async () => {
    const name = "Flow_Logs_of_the_whole_company_and_of_all_its_subsidiaries_2";
    const { resources } = await embedded("us-east-1", () => {
      new FlowLogAnalytics(name, { vpcs: VPCS });
      return {};
    });
    assert.ok(resources.length > 50);
    for (const { name: child } of resources) assert.ok(child.startsWith(`${childName(name)}-`), child);
  });
});
