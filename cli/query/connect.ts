import { UsageError } from "../usage";
import type { AthenaTarget } from "./athena/target";

const CATALOG = "AwsDataCatalog";

/** Returns the ODBC connection string. The driver requires the results' location, although the workgroup sets it. */
const odbcString = ({ workgroup, database, region, results }: AthenaTarget) =>
  results &&
  `Driver={Amazon Athena ODBC (x64)};AwsRegion=${region};Workgroup=${workgroup};Catalog=${CATALOG};Schema=${database};S3OutputLocation=${results};AuthenticationType=Default Credentials;`;

/** Connection settings for each kind of client, in the client's own terms. */
export const connectionsOf = (place: AthenaTarget) => {
  const { workgroup, database, region, table, results } = place;
  if (!region) throw new UsageError("no region is named: give --region, or --stack-outputs FILE");
  return {
    region,
    workgroup,
    database,
    results: results ?? "as the workgroup says",
    jdbc: `jdbc:athena://Region=${region};WorkGroup=${workgroup};Catalog=${CATALOG};Database=${database};CredentialsProvider=DefaultChain;`,
    odbc: odbcString(place),
    grafana: {
      name: "Flow logs",
      type: "grafana-athena-datasource",
      jsonData: { authType: "default", defaultRegion: region, catalog: CATALOG, database, workgroup },
    },
    quicksight: {
      Name: "Flow logs",
      Type: "ATHENA",
      DataSourceParameters: { AthenaParameters: { WorkGroup: workgroup } },
      RelationalTable: { Catalog: CATALOG, Schema: database, Name: table },
    },
  };
};

/** Returns the settings as text for people. */
export const connectionText = (place: AthenaTarget): string => {
  const { jdbc, odbc, grafana, quicksight, ...where } = connectionsOf(place);
  const { Catalog, Schema, Name } = quicksight.RelationalTable;
  const { jsonData } = grafana;
  return [
    ...Object.entries(where).map(([name, value]) => `${name.padEnd(10)} ${value}`),
    "",
    `JDBC (Athena driver 3)\n  ${jdbc}`,
    `ODBC (Athena driver 2)\n  ${odbc ?? "give --stack-outputs FILE: the driver has to name the bucket of the results"}`,
    `Grafana (plugin ${grafana.type})`,
    ...Object.entries(jsonData).map(([name, value]) => `  ${name}: ${value}`),
    "  the output location stays empty: the workgroup has one",
    "QuickSight (new dataset, from Athena)",
    `  workgroup: ${workgroupOf(quicksight)}`,
    `  catalog: ${Catalog}\n  database: ${Schema}\n  table: ${Name}`,
    "  its role needs the stack's readerPolicy, like every reader's",
    "",
  ].join("\n");
};

const workgroupOf = (source: ReturnType<typeof connectionsOf>["quicksight"]) =>
  source.DataSourceParameters.AthenaParameters.WorkGroup;
