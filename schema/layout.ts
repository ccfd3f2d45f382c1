import {
  FIELD_BY_NAME,
  FIELDS,
  type Field,
  type FieldType,
  LABELS,
  type Label,
  PRESETS,
  UNPARSED,
} from "./fields";
import { bare, fieldNamed } from "./names";
import { suggestion } from "./nearest";
import { TRANSIT_FIELD_BY_NAME, TRANSIT_FIELDS } from "./transit";

/** A column of the table. `type` is its type in Parquet, Glue and Athena. */
export interface Column {
  name: string;
  type: FieldType;
  comment: string;
  /** Key that carries the column in the JSON between the ETL and Firehose. */
  key: string;
}

/** The fields of a line, in order: the one value that configures flow log, ETL and table. */
export interface Layout {
  fields: readonly Field[];
  /** The columns that the ETL adds, none unless networks are named. */
  labels: readonly Label[];
  /** The format as EC2 takes it: `${version} ${account-id} …`. */
  format: string;
  /** The table's columns: the fields in order, the labels, then `unparsed`. */
  columns: readonly Column[];
}

/** Error for an invalid list of fields. `problems` has one sentence for each mistake. */
export class FormatError extends Error {
  constructor(
    readonly problems: readonly { position: number; message: string }[],
    what = "format",
  ) {
    super(`${what}: ${problems.map((p) => p.message).join("; ")}`);
    this.name = "FormatError";
  }
}

const layoutWith = (fields: readonly Field[], labels: readonly Label[] = []): Layout => ({
  fields,
  labels,
  format: fields.map((f) => `\${${f.name}}`).join(" "),
  columns: [
    ...fields.map((f) => ({ name: f.column, type: f.type, comment: f.meaning, key: f.key })),
    ...[...labels, UNPARSED].map((c) => ({ name: c.column, type: c.type, comment: c.meaning, key: c.key })),
  ],
});

/** The fields that a flow log of a kind may have, and the names that stand for several of them. */
export interface Catalog {
  fields: ReadonlyMap<string, Field>;
  presets: Readonly<Record<string, readonly string[]>>;
}

/** Flow logs of VPCs, subnets, network interfaces and NAT gateways. */
export const VPC_CATALOG: Catalog = { fields: FIELD_BY_NAME, presets: PRESETS };

/** Flow logs of transit gateways: AWS's default format is every field. */
export const TRANSIT_CATALOG: Catalog = {
  fields: TRANSIT_FIELD_BY_NAME,
  presets: { default: TRANSIT_FIELDS.map((f) => f.name), all: TRANSIT_FIELDS.map((f) => f.name) },
};

/** Returns the catalog of transit gateways if a name is in that one only; otherwise the VPC's. */
export const catalogOf = (names: readonly string[]): Catalog =>
  names.some((name) => TRANSIT_FIELD_BY_NAME.has(name) && !FIELD_BY_NAME.has(name))
    ? TRANSIT_CATALOG
    : VPC_CATALOG;

/** Returns the error for fields that are named twice, by name or by a preset that contains them. */
const repetition = (name: string, [first, ...others]: string[]): string => {
  if (name === first) return `field "${name}" is there twice; name it once`;
  const which = others.length > 0 ? ` and ${others.length} more, which are` : ", which is";
  return `preset "${name}" has ${first}${which} there already; leave out one of the two`;
};

/**
 * Returns the layout of a list of field names, in that order. A preset's name stands for its fields.
 * @throws FormatError naming every unknown field (with the nearest valid name), every duplicate, or an empty list.
 */
export const layoutFrom = (names: readonly string[], { fields, presets } = VPC_CATALOG): Layout => {
  const problems: { position: number; message: string }[] = [];
  const seen = new Set<Field>();
  const unknown = (name: string) =>
    `unknown field "${name}"${suggestion(name, [...fields.keys(), ...Object.keys(presets)])}`;
  names.forEach((name, position) => {
    const named = (Object.hasOwn(presets, name) ? presets[name] : [name]).map((each) => fields.get(each));
    const again = named.flatMap((field) => (field && seen.has(field) ? [field.name] : []));
    if (named.includes(undefined)) problems.push({ position, message: unknown(name) });
    if (again.length > 0) problems.push({ position, message: repetition(name, again) });
    for (const field of named) if (field) seen.add(field);
  });
  if (names.length === 0) {
    problems.push({
      position: 0,
      message: `no field is named; use a preset (${Object.keys(presets).join(", ")}) or names such as "srcaddr dstaddr action"`,
    });
  }
  if (problems.length > 0) throw new FormatError(problems);
  return layoutWith([...seen]);
};

/**
 * Returns the layout of a format in EC2's form (`${srcaddr} ${dstaddr}`), in the form of a file's header
 * (`srcaddr dstaddr`, in any spelling of the names), or given as a preset's name.
 */
export const parseFormat = (format: string): Layout => {
  const tokens = format.split(/[\s,]+/).filter((token) => token !== "");
  const names = tokens.map((token) => fieldNamed(token) ?? bare(token));
  return layoutFrom(names, catalogOf(names));
};

/** Returns the layout with a column for the network of each of its addresses. */
export const withNetworks = ({ fields }: Layout): Layout =>
  layoutWith(
    fields,
    LABELS.filter((label) => fields.some((f) => f.name === label.of)),
  );

/** Returns a layout with all fields of the given ones, in order of first appearance: a table for all of them. */
export const union = (layouts: readonly Layout[]): Layout =>
  layoutWith(
    [...new Set(layouts.flatMap((layout) => layout.fields))],
    [...new Set(layouts.flatMap((layout) => layout.labels))],
  );

/** Returns the layout of a table with these columns. Columns that are no field, such as `unparsed`, are ignored. */
export const layoutOfColumns = (columns: readonly string[]): Layout =>
  layoutWith(
    columns.flatMap((column) => [...FIELDS, ...TRANSIT_FIELDS].find((f) => f.column === column) ?? []),
    LABELS.filter((label) => columns.includes(label.column)),
  );

/** AWS's default format. */
export const DEFAULT_LAYOUT = layoutFrom(["default"]);
