import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { INSIDE_BLOCKS } from "../../queries/flow-table";
import { blocksOf } from "../../queries/prefixes";
import type { GlueColumn } from "../firehose/convert";
import { TABLE_KEY } from "../lake/folder";
import type { DeclaredResource } from "../program";

/** The table of a lake as Glue has it: what Athena needs to read the files. */
export interface TableDefinition {
  name: string;
  columns: GlueColumn[];
  partitionKeys: GlueColumn[];
  /** Where a partition's files are, below the lake: `flow-logs/year=${year}/…`. */
  template: string;
  /** CIDR blocks that are inside, beside private ones; none, if absent. */
  inside?: string[];
}

export const definitionOf = ({ inputs, state }: DeclaredResource): TableDefinition => ({
  name: state.name,
  columns: inputs.storageDescriptor.columns.map(({ name, type }: GlueColumn) => ({ name, type })),
  partitionKeys: inputs.partitionKeys.map(({ name, type }: GlueColumn) => ({ name, type })),
  template: inputs.parameters["storage.location.template"].replace(/^s3:\/\/[^/]+\//, ""),
  ...(inputs.parameters[INSIDE_BLOCKS] ? { inside: blocksOf(inputs.parameters[INSIDE_BLOCKS]) } : {}),
});

/** The definition that a lake has, if it is one. */
export const readDefinition = (lake: string): TableDefinition | undefined => {
  const file = join(lake, TABLE_KEY);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
};

/** The view on the files of a table, for who asks for it. */
export const filesOf = ({ name }: TableDefinition) => `${name}$files`;
