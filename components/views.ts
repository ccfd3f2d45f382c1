import * as glue from "@pulumi/aws/glue";
import * as pulumi from "@pulumi/pulumi";
import type { View } from "../queries/view";
import { viewsOf } from "../queries/views";
import type { Lake } from "./lake";
import type { Settings } from "./settings";
import { partitionKeys, TABLE } from "./table";

/** Athena's name of a type that Glue writes as Hive does, and the other way round. */
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
 * A view as a catalog's readers take it. Athena's guide asks for a list of partition keys, if only an empty one; Athena
 * and Trino refuse a table without SerDe information. Trino asks as whom a view runs, which is the table's owner if the
 * definition has none, and finds no view whose comment is another; a description would become its comment.
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

/** Views for people and for counts that have to be exact, beside the table. */
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
