import type { DeclaredResource } from "../../local/program";
import { capturing } from "./calls-capture";
import { storing } from "./calls-lake";
import { asking } from "./calls-query";

// biome-ignore lint/suspicious/noExplicitAny: inputs have the shape of each resource type's own arguments
type Inputs = Record<string, any>;

/** A call and its parameters, under names that differ from the API's in capitals alone. */
export type Call = [operation: string, parameters: Inputs];

/** The calls that make a resource, by its inputs and the physical name that it gets. */
export type Calls = Record<string, (inputs: Inputs, name: string) => Call[]>;

/** Properties that only the provider reads: they are part of no call. */
const OF_THE_PROVIDER = ["forceDestroy", "region", "skipDestroy"];

/**
 * Every type that the component declares. Properties without a row are passed on, and refused if the API has no such
 * name.
 */
const CALLS: Calls = { ...storing, ...capturing, ...asking };

/** The calls that make a resource, in order. */
export const callsOf = ({ type, name, inputs, state }: DeclaredResource): Call[] => {
  const calls = CALLS[type];
  if (!calls) throw new Error(`no call is known to make ${name}, a ${type}: add its row to tests/models/`);
  const given = Object.fromEntries(Object.entries(inputs).filter(([key]) => !OF_THE_PROVIDER.includes(key)));
  return calls(given, String(state.bucket ?? state.name));
};
