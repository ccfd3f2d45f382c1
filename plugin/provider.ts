import type { ComponentResourceOptions, Inputs } from "@pulumi/pulumi";
import { main } from "@pulumi/pulumi/provider";
import { FlowLogAnalytics, type FlowLogAnalyticsArgs } from "../components";
import schema from "../schema.json";

const TYPE = "flow-log-analytics:index:FlowLogAnalytics";

/** Makes the component for a program in any language. Its outputs are those of the schema. */
const construct = async (name: string, type: string, inputs: Inputs, opts: ComponentResourceOptions) => {
  if (type !== TYPE) throw new Error(`this package has ${TYPE} only; got ${type}`);
  const flows = new FlowLogAnalytics(name, inputs as FlowLogAnalyticsArgs, opts);
  const outputs = Object.keys(schema.resources[TYPE].properties) as (keyof FlowLogAnalytics)[];
  return { urn: flows.urn, state: Object.fromEntries(outputs.map((output) => [output, flows[output]])) };
};

/** Serves the component to Pulumi's engine, whose address is the first argument. */
export const serve = () =>
  main({ version: schema.version, schema: JSON.stringify(schema), construct }, process.argv.slice(2));
