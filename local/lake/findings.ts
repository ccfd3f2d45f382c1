import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { duckdbType, type GlueColumn, identifier, quoted } from "../firehose/convert";
import type { DeclaredResource } from "../program";
import { LakeFolder } from "./folder";

/** Object of a lake with the definition of its findings' table. */
const FINDINGS_KEY = "findings.json";

/** Definition of the findings' table in Glue's terms. */
interface FindingsDefinition {
  name: string;
  columns: GlueColumn[];
  partitionKeys: GlueColumn[];
  /** Prefix of its objects in the lake: `findings/`. */
  prefix: string;
}

/** Findings of a detection's run, a JSON object a line. */
export interface Found {
  detection: string;
  /** The hour in which the run was due, such as `2026-01-15T10`. */
  run: string;
  findings: string[];
}

export const findingsDefinitionOf = ({ inputs, state }: DeclaredResource): FindingsDefinition => ({
  name: state.name,
  columns: inputs.storageDescriptor.columns.map(({ name, type }: GlueColumn) => ({ name, type })),
  partitionKeys: inputs.partitionKeys.map(({ name, type }: GlueColumn) => ({ name, type })),
  prefix: inputs.storageDescriptor.location.replace(/^s3:\/\/[^/]+\//, ""),
});

/** Returns name and SQL of the view on a lake's findings; undefined if no detection ever ran there. */
export const findingsView = (lake: string): string | undefined => {
  const file = join(lake, FINDINGS_KEY);
  if (!existsSync(file)) return undefined;
  const { name, columns, partitionKeys, prefix }: FindingsDefinition = JSON.parse(readFileSync(file, "utf8"));
  const all = [...columns, ...partitionKeys];
  const typed = (list: GlueColumn[], quote: (name: string) => string) =>
    list.map((column) => `${quote(column.name)}: ${quoted(duckdbType(column))}`).join(", ");
  const nulls = all.map((column) => `CAST(NULL AS ${duckdbType(column)}) AS ${identifier(column.name)}`);
  if (!existsSync(join(lake, prefix))) return `${identifier(name)} AS SELECT ${nulls.join(", ")} WHERE false`;
  // Reads a line as one column: JSON never contains the delimiter.
  const format = "delim = '\u0001', quote = '', escape = '', header = false";
  const types = `columns = {${typed(columns, quoted)}}, hive_partitioning = true, hive_types = {${typed(partitionKeys, identifier)}}`;
  return `${identifier(name)} AS SELECT ${all.map((column) => identifier(column.name)).join(", ")}
    FROM read_csv(${quoted(join(lake, prefix, "**/*.json"))}, ${format}, ${types})`;
};

/** Stores findings of runs in a lake, in place of earlier findings of the same runs. */
export const storeFindings = (dir: string, table: DeclaredResource, runs: Found[]): void => {
  const definition = findingsDefinitionOf(table);
  const place = ({ detection, run }: Found) => `${definition.prefix}detection=${detection}/run=${run}/`;
  const lake = new LakeFolder(dir, false);
  try {
    const put = (key: string, text: string) => {
      const file = lake.scratch("findings");
      writeFileSync(file, text);
      lake.put(key, file);
    };
    put(FINDINGS_KEY, JSON.stringify(definition, null, 2));
    for (const run of runs.filter(({ findings }) => findings.length > 0))
      put(`${place(run)}0.json`, run.findings.map((line) => `${line}\n`).join(""));
    for (const run of runs) rmSync(join(dir, place(run)), { recursive: true, force: true });
    lake.commit();
  } finally {
    lake.close();
  }
};
