/** Permissions that a tool's publisher lists for its users, in IAM's terms. */
interface Published {
  tool: string;
  /** Where it is published, and as of when. */
  source: string;
  actions: string;
}

/**
 * Policies for those who ask Athena, as AWS and the makers of tools publish them. Statements about AWS's example buckets
 * and actions of other services than Athena, Glue, S3 and Lake Formation are left out.
 */
// biome-ignore format: a table, one policy after the other
export const PUBLISHED: Published[] = [
  {
    tool: "Athena's console",
    source: "AWS managed policy AmazonAthenaFullAccess v15, 2026-02-12; what athena:* stands for is in the next two",
    actions: "glue:CreateDatabase glue:DeleteDatabase glue:GetCatalog glue:GetCatalogs glue:GetDatabase glue:GetDatabases glue:UpdateDatabase glue:CreateTable glue:DeleteTable glue:BatchDeleteTable glue:UpdateTable glue:GetTable glue:GetTables glue:BatchCreatePartition glue:CreatePartition glue:DeletePartition glue:BatchDeletePartition glue:UpdatePartition glue:GetPartition glue:GetPartitions glue:BatchGetPartition glue:StartColumnStatisticsTaskRun glue:GetColumnStatisticsTaskRun glue:GetColumnStatisticsTaskRuns glue:GetCatalogImportStatus s3:GetBucketLocation s3:GetObject s3:ListBucket s3:ListBucketMultipartUploads s3:ListMultipartUploadParts s3:AbortMultipartUpload s3:CreateBucket s3:PutObject s3:PutBucketPublicAccessBlock s3:ListAllMyBuckets lakeformation:GetDataAccess",
  },
  {
    tool: "the console in one workgroup",
    source: "athena/latest/ug/example-policies-workgroup.html, running queries in a specified workgroup",
    actions: "athena:ListWorkGroups athena:GetExecutionEngine athena:GetExecutionEngines athena:GetNamespace athena:GetCatalogs athena:GetNamespaces athena:GetTables athena:GetTable athena:StartQueryExecution athena:GetQueryResults athena:DeleteNamedQuery athena:GetNamedQuery athena:ListQueryExecutions athena:StopQueryExecution athena:GetQueryResultsStream athena:GetQueryExecutions athena:ListNamedQueries athena:CreateNamedQuery athena:GetQueryExecution athena:BatchGetNamedQuery athena:BatchGetQueryExecution athena:GetWorkGroup",
  },
  {
    tool: "users of a workgroup with an identity of their own",
    source: "IAM Identity Center, trusted identity propagation: the actions of Athena",
    actions: "athena:BatchGetNamedQuery athena:BatchGetPreparedStatement athena:BatchGetQueryExecution athena:CreateNamedQuery athena:CreatePreparedStatement athena:DeleteNamedQuery athena:DeletePreparedStatement athena:GetNamedQuery athena:GetPreparedStatement athena:GetQueryExecution athena:GetQueryResults athena:GetQueryResultsStream athena:GetQueryRuntimeStatistics athena:GetWorkGroup athena:ListNamedQueries athena:ListPreparedStatements athena:ListQueryExecutions athena:StartQueryExecution athena:StopQueryExecution athena:UpdateNamedQuery athena:UpdatePreparedStatement athena:GetDatabase athena:GetDataCatalog athena:GetTableMetadata athena:ListDatabases athena:ListDataCatalogs athena:ListTableMetadata athena:ListWorkGroups",
  },
  {
    tool: "Athena with Glue's catalog",
    source: "athena/latest/ug/fine-grained-access-to-glue-resources.html: the default database, SHOW DATABASES, SHOW TABLES",
    actions: "glue:GetDatabase glue:CreateDatabase glue:GetDatabases glue:GetTables",
  },
  {
    tool: "QuickSight, and by AWS's guide the JDBC and ODBC drivers",
    source: "AWS managed policy AWSQuicksightAthenaAccess v13, 2026-02-12; athena/latest/ug/jdbc-v2.html",
    actions: "athena:BatchGetQueryExecution athena:CancelQueryExecution athena:GetCatalogs athena:GetExecutionEngine athena:GetExecutionEngines athena:GetNamespace athena:GetNamespaces athena:GetQueryExecution athena:GetQueryExecutions athena:GetQueryResults athena:GetQueryResultsStream athena:GetTable athena:GetTables athena:ListQueryExecutions athena:RunQuery athena:StartQueryExecution athena:StopQueryExecution athena:ListWorkGroups athena:ListEngineVersions athena:GetWorkGroup athena:GetDataCatalog athena:GetDatabase athena:GetTableMetadata athena:ListDataCatalogs athena:ListDatabases athena:ListTableMetadata glue:CreateDatabase glue:DeleteDatabase glue:GetCatalog glue:GetCatalogs glue:GetDatabase glue:GetDatabases glue:UpdateDatabase glue:CreateTable glue:DeleteTable glue:BatchDeleteTable glue:UpdateTable glue:GetTable glue:GetTables glue:BatchCreatePartition glue:CreatePartition glue:DeletePartition glue:BatchDeletePartition glue:UpdatePartition glue:GetPartition glue:GetPartitions glue:BatchGetPartition s3:GetBucketLocation s3:GetObject s3:ListBucket s3:ListBucketMultipartUploads s3:ListMultipartUploadParts s3:AbortMultipartUpload s3:CreateBucket s3:PutObject s3:PutBucketPublicAccessBlock lakeformation:GetDataAccess",
  },
  {
    tool: "Grafana",
    source: "grafana.com/docs/plugins/grafana-athena-datasource/latest/configure, 2026-02-20",
    actions: "athena:ListDatabases athena:ListDataCatalogs athena:ListWorkGroups athena:GetDatabase athena:GetDataCatalog athena:GetQueryExecution athena:GetQueryResults athena:GetTableMetadata athena:GetWorkGroup athena:ListTableMetadata athena:StartQueryExecution athena:StopQueryExecution glue:GetDatabase glue:GetDatabases glue:GetTable glue:GetTables glue:GetPartition glue:GetPartitions glue:BatchGetPartition s3:GetBucketLocation s3:GetObject s3:ListBucket s3:ListBucketMultipartUploads s3:ListMultipartUploadParts s3:AbortMultipartUpload s3:PutObject",
  },
  {
    tool: "Metabase",
    source: "metabase.com/docs/latest/databases/connections/athena, example IAM policy",
    actions: "athena:BatchGetNamedQuery athena:BatchGetQueryExecution athena:GetNamedQuery athena:GetQueryExecution athena:GetQueryResults athena:GetQueryResultsStream athena:GetWorkGroup athena:ListDatabases athena:ListDataCatalogs athena:ListNamedQueries athena:ListQueryExecutions athena:ListTagsForResource athena:ListWorkGroups athena:ListTableMetadata athena:StartQueryExecution athena:StopQueryExecution athena:CreatePreparedStatement athena:DeletePreparedStatement athena:GetPreparedStatement glue:BatchGetPartition glue:GetDatabase glue:GetDatabases glue:GetPartition glue:GetPartitions glue:GetTable glue:GetTables glue:GetTableVersion glue:GetTableVersions s3:GetObject s3:ListBucket s3:GetBucketLocation s3:PutObject s3:AbortMultipartUpload",
  },
];

/** Published actions that the reader's policy does not give, each list with the reason. */
// biome-ignore format: a table, one reason after the other
export const NOT_GIVEN: [reason: string, actions: string][] = [
  ["writes something that is not a result",
    "athena:CreateNamedQuery athena:UpdateNamedQuery athena:DeleteNamedQuery athena:CreatePreparedStatement athena:UpdatePreparedStatement athena:DeletePreparedStatement glue:CreateDatabase glue:UpdateDatabase glue:DeleteDatabase glue:CreateTable glue:UpdateTable glue:DeleteTable glue:BatchDeleteTable glue:BatchCreatePartition glue:CreatePartition glue:UpdatePartition glue:DeletePartition glue:BatchDeletePartition glue:StartColumnStatisticsTaskRun s3:CreateBucket s3:PutBucketPublicAccessBlock"],
  ["is no call of Athena's public API: deprecated or of drivers before JDBC 3 and ODBC 2, by AWS's guide",
    "athena:CancelQueryExecution athena:GetCatalogs athena:GetExecutionEngine athena:GetExecutionEngines athena:GetNamespace athena:GetNamespaces athena:GetQueryExecutions athena:GetTable athena:GetTables athena:RunQuery"],
  ["is about optional pages of the console, which work without: statistics tasks, the upgrade to Glue's catalog",
    "glue:GetColumnStatisticsTaskRun glue:GetColumnStatisticsTaskRuns glue:GetCatalogImportStatus"],
  ["lists other buckets, for the choice of a place that the workgroup has already made", "s3:ListAllMyBuckets"],
  ["is for locations that Lake Formation governs, where an administrator adds it", "lakeformation:GetDataAccess"],
];
