// biome-ignore lint/suspicious/noExplicitAny: each type has its own properties
export type Properties = Record<string, any>;

/**
 * A CloudFormation resource type, and a call's parameters as its properties. Calls that make one resource together have
 * an `id`: the parameter that names it.
 */
export type Row = [type: string, properties: (parameters: Properties) => Properties, id?: string];

export const parsed = (document: string) => JSON.parse(document);
