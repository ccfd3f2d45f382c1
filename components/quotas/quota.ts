/** The unit of a limit. */
export type Counted =
  | "characters"
  | "bytes"
  | "items"
  | "value"
  | "widgets"
  | "metrics"
  | "metrics of a widget"
  /** Characters of all policies of one role together, without white space. */
  | "characters together"
  /** Bytes of all permissions of one function, as statements of its policy. */
  | "statements together";

/** A limit of AWS on a property of a resource. */
export interface Quota {
  /** The resource's type. */
  type: string;
  /** Path of the property: `[]` is each item of a list, `{}` each value of a map, `{key}` each key. */
  property: string;
  counted: Counted;
  least: number;
  most: number;
  /** Source of the limit: a call and its member in the API's model, or a page. */
  source: string;
}

/** The limits of a type. */
export const of = (type: string, ...limits: [string, Counted, number, number, string][]): Quota[] =>
  limits.map(([property, counted, least, most, source]) => ({
    type,
    property,
    counted,
    least,
    most,
    source,
  }));
