import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { GetQueryResultsInput, StartQueryExecutionInput } from "@aws-sdk/client-athena";

/** A request to Athena. */
export interface Call {
  operation: string;
  /** Members of any operation's input. */
  input: {
    [K in keyof StartQueryExecutionInput]-?: NonNullable<StartQueryExecutionInput[K]>;
  } & GetQueryResultsInput;
}

/** Athena's response to a call: a body, or an error's type and message. */
type Reply = { body: object } | { error: string; message: string };

const CODE = { ok: 200, error: 400 };

/** A stand-in for Athena's API (AWS JSON 1.1) on this machine, which returns a test's prepared responses. */
export class AthenaStub {
  readonly calls: Call[] = [];
  private server: Server | undefined;

  /** @param reply gets a call, and the number of earlier calls of its operation */
  constructor(private readonly reply: (call: Call, before: number) => Reply) {}

  /** Starts the server. Returns environment variables that point an SDK to it. */
  async listen(): Promise<Record<string, string>> {
    this.server = createServer(async (request, response) => {
      const operation = String(request.headers["x-amz-target"]).replace("AmazonAthena.", "");
      const call = { operation, input: (await json(request)) as Call["input"] };
      const before = this.of(operation).length;
      this.calls.push(call);
      const reply = this.reply(call, before);
      const [status, body] =
        "error" in reply
          ? [CODE.error, { __type: reply.error, message: reply.message, Message: reply.message }]
          : [CODE.ok, reply.body];
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
      response.end(JSON.stringify(body));
    }).listen(0, "127.0.0.1");
    await once(this.server, "listening");
    const { port } = this.server.address() as AddressInfo;
    return {
      AWS_ENDPOINT_URL_ATHENA: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: "eu-west-1",
      FLOWLOGS_WORKGROUP: "flows-workgroup",
      FLOWLOGS_DATABASE: "flows_dev",
    };
  }

  of(operation: string): Call[] {
    return this.calls.filter((call) => call.operation === operation);
  }

  close(): void {
    this.server?.closeAllConnections();
    this.server?.close();
  }
}

export const COLUMNS = [
  { Name: "srcaddr", Type: "varchar" },
  { Name: "bytes", Type: "bigint" },
  { Name: "share", Type: "double" },
];

/** A page of results. A null has no value, as in Athena's responses. */
export const page = (rows: (string | null)[][], NextToken?: string) => ({
  body: {
    ResultSet: {
      ResultSetMetadata: { ColumnInfo: COLUMNS },
      Rows: rows.map((row) => ({ Data: row.map((text) => (text === null ? {} : { VarCharValue: text })) })),
    },
    NextToken,
  },
});

/** The description of a query in this state. */
export const execution = (State: string, more: object = {}) => ({
  body: {
    QueryExecution: {
      QueryExecutionId: "q-1",
      StatementType: "DML",
      Status: { State, ...more },
      Statistics: { DataScannedInBytes: 2_500_000_000, TotalExecutionTimeInMillis: 1500 },
    },
  },
});
