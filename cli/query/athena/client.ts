import type * as Sdk from "@aws-sdk/client-athena";
import { QueryError } from "../../../local/athena";
import type { AthenaTarget } from "./target";

const PACKAGE = "@aws-sdk/client-athena";

/** Loads the AWS SDK only for Athena, since it is an optional package. */
const load = async (): Promise<typeof Sdk> => {
  // Silences the SDK's warning about this version of Node.js.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  try {
    return await import("@aws-sdk/client-athena");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    throw new QueryError(`--engine athena needs the AWS SDK: npm install --save-dev ${PACKAGE}`);
  }
};

const HINTS: Record<string, string> = {
  CredentialsProviderError: "there are no AWS credentials; set AWS_PROFILE, or log in (aws sso login)",
  ECONNREFUSED: "nothing answers at Athena's address",
  ENOTFOUND: "Athena's address does not exist; is the region right?",
};

/** Turns an error of the SDK into one sentence. */
const sentence = (error: unknown): QueryError => {
  const { name, message, code } = error as NodeJS.ErrnoException;
  if (/region is missing/i.test(message)) return new QueryError("no region is named: give --region");
  const hint = HINTS[code ?? ""] ?? HINTS[name];
  return new QueryError(hint ?? `Athena refuses: ${message.split("\n")[0]} (${name})`);
};

/** Maximum tries of throttled and failed calls, with the SDK's growing pauses. */
const ATTEMPTS = 8;

/** One page of results. */
export interface Page {
  set: Sdk.ResultSet;
  next?: string;
}

/** The API calls that a query needs. Each error is one sentence. */
export class AthenaApi {
  private constructor(
    private readonly sdk: typeof Sdk,
    private readonly client: Sdk.AthenaClient,
    private readonly place: AthenaTarget,
  ) {}

  static async open(place: AthenaTarget): Promise<AthenaApi> {
    const sdk = await load();
    const region = place.region && { region: place.region };
    return new AthenaApi(sdk, new sdk.AthenaClient({ maxAttempts: ATTEMPTS, ...region }), place);
  }

  private async calling<T>(call: Promise<T>): Promise<T> {
    try {
      return await call;
    } catch (error) {
      throw sentence(error);
    }
  }

  /** Starts a query, and returns its id. The token prevents a second query when the SDK repeats the call. */
  async start(sql: string, token: string): Promise<string> {
    const { workgroup, database } = this.place;
    const command = new this.sdk.StartQueryExecutionCommand({
      QueryString: sql,
      ClientRequestToken: token,
      WorkGroup: workgroup,
      QueryExecutionContext: { Catalog: "AwsDataCatalog", Database: database },
    });
    const { QueryExecutionId } = await this.calling(this.client.send(command));
    return QueryExecutionId ?? "";
  }

  async execution(QueryExecutionId: string): Promise<Sdk.QueryExecution> {
    const command = new this.sdk.GetQueryExecutionCommand({ QueryExecutionId });
    return (await this.calling(this.client.send(command))).QueryExecution ?? {};
  }

  async page(QueryExecutionId: string, NextToken?: string): Promise<Page> {
    const command = new this.sdk.GetQueryResultsCommand({ QueryExecutionId, NextToken, MaxResults: 1000 });
    const { ResultSet, NextToken: next } = await this.calling(this.client.send(command));
    return { set: ResultSet ?? {}, next };
  }

  /** Returns a table's columns and parameters. */
  async metadata(TableName: string): Promise<{ columns: string[]; parameters: Record<string, string> }> {
    const { database: DatabaseName } = this.place;
    const command = new this.sdk.GetTableMetadataCommand({
      CatalogName: "AwsDataCatalog",
      DatabaseName,
      TableName,
    });
    const { TableMetadata: table } = await this.calling(this.client.send(command));
    const columns = (table?.Columns ?? []).flatMap(({ Name }) => Name ?? []);
    return { columns, parameters: table?.Parameters ?? {} };
  }

  async stop(QueryExecutionId: string): Promise<void> {
    await this.calling(this.client.send(new this.sdk.StopQueryExecutionCommand({ QueryExecutionId })));
  }

  close(): void {
    this.client.destroy();
  }
}
