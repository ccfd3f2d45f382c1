import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { INSIDE_BLOCKS } from "../../queries/flow-table";
import { blocksOf } from "../../queries/prefixes";
import type { GlueColumn } from "../firehose/convert";
import { TABLE_KEY } from "../lake/folder";
import type { DeclaredResource } from "../program";

/** Definition of a lake's table in Glue's terms, with which Athena reads the files. */
export interface TableDefinition {
  name: string;
  columns: GlueColumn[];
  partitionKeys: GlueColumn[];
  /** Location of a partition below the lake: `flow-logs/year=${year}/…`. */
  template: string;
  /** CIDR blocks that count as inside, beside private ones; none, if absent. */
  inside?: string[];
}

export const definitionOf = ({ inputs, state }: DeclaredResource): TableDefinition => ({
  name: state.name,
  columns: inputs.storageDescriptor.columns.map(({ name, type }: GlueColumn) => ({ name, type })),
  partitionKeys: inputs.partitionKeys.map(({ name, type }: GlueColumn) => ({ name, type })),
  template: inputs.parameters["storage.location.template"].replace(/^s3:\/\/[^/]+\//, ""),
  ...(inputs.parameters[INSIDE_BLOCKS] ? { inside: blocksOf(inputs.parameters[INSIDE_BLOCKS]) } : {}),
});

/** Reads the definition of a lake; undefined if the folder is no lake. */
export const readDefinition = (lake: string): TableDefinition | undefined => {
  const file = join(lake, TABLE_KEY);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
};

/** Name of the view on a table's files and their times. */
export const filesOf = ({ name }: TableDefinition) => `${name}$files`;
