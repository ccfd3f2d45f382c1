import assert from "node:assert/strict";
import { InputPropertiesError } from "@pulumi/pulumi";
import type { FlowLogAnalyticsArgs } from "../../components/arguments";
import { type Settings, settingsFrom } from "../../components/settings";

/** Arguments of the wrong types, as YAML or a language without types may pass them. */
export type Untyped = Record<string, unknown>;

export const VPCS = { main: "vpc-0123456789abcdef0" };

/** Tag entries for the tag fields among all fields. */
export const EVERY_TAG = ["instance", "network-interface", "auto-scaling-group"].map((resourceType) => ({
  resourceType,
  tagKeys: ["team", "service"],
}));

/** Valid arguments, none of them a default. Tests change one of them. */
export const GOOD = {
  vpcs: VPCS,
  fields: ["recommended", "reject-reason"],
  maxAggregationInterval: 600,
  logRetentionInDays: 14,
  bufferingInterval: 0,
  bytesScannedCutoffPerQuery: 10_000_000,
  forceDestroy: true,
};

export const check = (args: Untyped | undefined, name = "flows"): Settings =>
  settingsFrom(name, args as unknown as FlowLogAnalyticsArgs);

/** Returns the error of these arguments. */
export const errorOf = (args: Untyped | undefined, name = "flows"): InputPropertiesError => {
  try {
    check(args, name);
  } catch (error) {
    assert.ok(InputPropertiesError.isInstance(error), String(error));
    return error;
  }
  return assert.fail("nothing was thrown");
};
