import * as glue from "@pulumi/aws/glue";
import * as pulumi from "@pulumi/pulumi";
import type { View } from "../queries/view";
import { viewsOf } from "../queries/views";
import type { Lake } from "./lake";
import type { Settings } from "./settings";
import { partitionKeys, TABLE } from "./table";

/** Names of types: Hive's, which Glue uses, and Athena's. */
const ATHENA_TYPES: Record<string, string> = { int: "integer", string: "varchar" };
const HIVE_TYPES: Record<string, string> = { "timestamp(3)": "timestamp", varchar: "string" };

/** Returns a view's text as Athena stores it in Glue: JSON in base64, in a comment of SQL. */
const definition = (view: View, schema: pulumi.Input<string>) =>
  pulumi
    .jsonStringify({
      originalSql: view.sql,
      catalog: "awsdatacatalog",
      schema,
      columns: view.columns.map(({ name, type }) => ({ name, type: ATHENA_TYPES[type] ?? type })),
    })
    .apply((json) => `/* Presto View: ${Buffer.from(json).toString("base64")} */`);

/**
 * Inputs of a view's Glue table that Athena and Trino accept. Athena's guide requires partition keys, which may be empty.
 * Athena and Trino refuse a table without SerDe information. Trino runs a view as the table's owner if the definition names
 * none. Trino recognizes a view by its comment, which a description would replace.
 */
const asTable = (view: View, schema: pulumi.Input<string>) => ({
  name: view.name,
  // The owner that Athena writes into every table.
  owner: "hadoop",
  tableType: "VIRTUAL_VIEW",
  parameters: { presto_view: "true", comment: "Presto View" },
  viewOriginalText: definition(view, schema),
  viewExpandedText: "/* Presto View */",
  partitionKeys: [],
  storageDescriptor: {
    columns: view.columns.map(({ name, type, comment }) => ({
      name,
      type: HIVE_TYPES[type] ?? type,
      comment,
    })),
    serDeInfo: { name: "-", serializationLibrary: "-" },
  },
});

/** Creates the views: one for people, one for exact counts. */
export const createViews = (
  name: string,
  args: { settings: Settings; lake: Lake },
  opts: pulumi.CustomResourceOptions,
) => {
  const { settings, lake } = args;
  const columns = [...settings.layout.columns, ...partitionKeys()];
  return viewsOf(TABLE, columns).map(
    (view) =>
      new glue.CatalogTable(
        `${name}-view-${view.name.replaceAll("_", "-")}`,
        { databaseName: lake.database.name, ...asTable(view, lake.database.name) },
        { ...opts, dependsOn: lake.table },
      ),
  );
};
