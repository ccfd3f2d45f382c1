import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { GetQueryResultsInput, StartQueryExecutionInput } from "@aws-sdk/client-athena";

/** A request as Athena gets it. */
export interface Call {
  operation: string;
  /** Of whichever operation it is. */
  input: {
    [K in keyof StartQueryExecutionInput]-?: NonNullable<StartQueryExecutionInput[K]>;
  } & GetQueryResultsInput;
}

/** The API's answer to a call: a body, or an error's type and message. */
type Reply = { body: object } | { error: string; message: string };

const CODE = { ok: 200, error: 400 };

/** Athena's API (AWS JSON 1.1) on this machine, which says what a test has it say. */
export class AthenaStub {
  readonly calls: Call[] = [];
  private server: Server | undefined;

  /** `reply` gets a call, and how many of its operation there were before. */
  constructor(private readonly reply: (call: Call, before: number) => Reply) {}

  /** Starts it. Gives the environment that leads an SDK to it. */
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

/** A page of results; what is null has no value, as Athena sends it. */
export const page = (rows: (string | null)[][], NextToken?: string) => ({
  body: {
    ResultSet: {
      ResultSetMetadata: { ColumnInfo: COLUMNS },
      Rows: rows.map((row) => ({ Data: row.map((text) => (text === null ? {} : { VarCharValue: text })) })),
    },
    NextToken,
  },
});

/** A query in a state. */
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
