import { readFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "../package.json";
import { FIELDS } from "../schema/fields";

/** Returns the version of an installed package; null if it is not installed, as Pulumi for those who only read files. */
const versionOf = (name: string): string | null => {
  const folders = require.resolve.paths(name) ?? [];
  for (const folder of folders) {
    try {
      return JSON.parse(readFileSync(join(folder, name, "package.json"), "utf8")).version;
    } catch {}
  }
  return null;
};

/** Returns the versions that a bug report needs: `flowlogs --version --json`. */
export const versions = () => ({
  flowlogs: version,
  node: process.versions.node,
  platform: `${process.platform}-${process.arch}`,
  duckdb: versionOf("@duckdb/node-api"),
  pulumi: versionOf("@pulumi/pulumi"),
  aws: versionOf("@pulumi/aws"),
  /** Newest version of flow logs whose fields are known. */
  flowLogs: Math.max(...FIELDS.map(({ since }) => since)),
  fields: FIELDS.length,
});
