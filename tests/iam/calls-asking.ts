import { CATALOG, HOUR, MULTIPART, RESULT, RESULTS, ROWS, type Row, TABLE, THROUGH_S3 } from "./call-rows";

/** Calls with which Athena reads a view, for each view of the stack. */
const VIEWS = ["compat", "distinct", "readable"].map((name) => [
  CATALOG,
  "{flows-database}",
  `{flows-view-flow-logs-${name}?}`,
]);

const SAVED =
  "athena:BatchGetNamedQuery athena:BatchGetPreparedStatement athena:GetNamedQuery athena:GetPreparedStatement athena:ListNamedQueries athena:ListPreparedStatements";
const RUN =
  "athena:BatchGetQueryExecution athena:GetQueryExecution athena:GetQueryResults athena:GetQueryResultsStream athena:GetQueryRuntimeStatistics athena:GetWorkGroup athena:ListQueryExecutions athena:ListTagsForResource athena:StartQueryExecution athena:StopQueryExecution";
const BROWSE =
  "athena:GetDataCatalog athena:GetDatabase athena:GetTableMetadata athena:ListDatabases athena:ListTableMetadata";
/** Calls with which tools list data catalogs, engine versions and workgroups. */
const LIST = "athena:ListDataCatalogs athena:ListEngineVersions athena:ListWorkGroups";
const SEE =
  "glue:BatchGetPartition glue:GetPartition glue:GetPartitions glue:GetTable glue:GetTableVersion glue:GetTableVersions glue:GetTables";
const GLUE_DATABASES = "arn:aws:glue:us-east-1:123456789012:database";

/**
 * Permissions that AWS and the makers of tools publish (published.ts), except for NOT_GIVEN;
 * athena/latest/ug/s3-permissions.html.
 */
// biome-ignore format: a table, one row a line
export const ASKING: Row[] = [
  [SAVED, "{flows-workgroup}", "finds what others ask"],
  [RUN, "{flows-workgroup}", "asks, and reads the answers"],
  [BROWSE, "arn:aws:athena:us-east-1:123456789012:datacatalog/AwsDataCatalog", "shows what there is to ask"],
  [LIST, "*", "offers what there is to choose from"],
  ["glue:GetCatalog glue:GetCatalogs", CATALOG, "finds the catalog"],
  ["glue:GetDatabases", [CATALOG, `${GLUE_DATABASES}/others`], "lists the databases, which goes for all or none"],
  ["glue:GetDatabase", [CATALOG, "{flows-database}"], "finds the database"],
  ["glue:GetDatabase", [CATALOG, `${GLUE_DATABASES}/default`], "finds the default database, as Athena does in any case"],
  [SEE, TABLE, "reads the columns"],
  ...VIEWS.map((view): Row => ["glue:GetTable", view, "reads what a view means"]),
  ["s3:GetBucketLocation s3:ListBucketMultipartUploads", "{flows-lake}", "finds the bucket, and uploads that were not finished"],
  ["s3:ListBucket", "{flows-lake}", "finds the rows of an hour", HOUR],
  ["s3:ListBucket", "{flows-lake}", "finds results", RESULTS],
  ["s3:GetObject", ROWS, "reads rows"],
  [`${MULTIPART} s3:GetObject s3:PutObject`, RESULT, "writes and reads results"],
  ["kms:Decrypt kms:GenerateDataKey", "{flows-key}", "decrypts and encrypts, as S3 asks in its name", THROUGH_S3],
];
