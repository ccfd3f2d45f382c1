import type { DeclaredResource } from "../../local/program";
import { callsOf } from "./calls";
import { READS } from "./reads";
import { inputShape, named } from "./shape";
import { declaredBy } from "./stacks";

/** A call, and how what it made is read back, for the judge. */
export interface JudgedCall {
  resource: string;
  operation: string;
  region: string;
  // biome-ignore lint/suspicious/noExplicitAny: each call has its own parameters
  parameters: Record<string, any>;
  /** Names in the stack of resources that AWS names, and the place of AWS's name in the answer. */
  names: Record<string, string>;
  read?: { operation: string; parameters: object; pairs: Record<string, string> };
}

/** Path in a response of the name that AWS generates. */
const MADE_UP: Record<string, string> = { "kms.CreateKey": "KeyMetadata.KeyId" };

const callsFor = (resource: DeclaredResource, region: string, botocore: string): JudgedCall[] =>
  callsOf(resource).map(([operation, given]) => {
    const parameters = named(given, inputShape(botocore, operation)) as JudgedCall["parameters"];
    const id = String(resource.state.id);
    const read = READS[operation];
    return {
      resource: resource.name,
      operation,
      region: resource.inputs.region ?? region,
      parameters,
      names: operation in MADE_UP ? { [id]: MADE_UP[operation] } : {},
      ...(read && {
        read: { operation: read.operation, parameters: read.with(parameters, id), pairs: read.pairs },
      }),
    };
  });

/** The calls that make a stack, and the region that it is in. */
export const stackCalls = async (choice: string, botocore: string) => {
  const { resources, region } = await declaredBy(choice);
  const calls = resources
    .filter(({ type }) => type.startsWith("aws:"))
    .flatMap((resource) => callsFor(resource, region, botocore));
  return { region, calls };
};
