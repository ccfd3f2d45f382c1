import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { FirehoseClient, PutRecordBatchCommand } from "@aws-sdk/client-firehose";
import fc from "fast-check";
import { makeBody } from "../../functions/body";

interface Request {
  headers: Record<string, string>;
  body: string | Buffer;
}

/** A client that records its request instead of sending it. A `contentType` stands for a client with another protocol. */
const clientThatShows = (contentType?: string) => {
  const shown: Request[] = [];
  const handle = async ({ headers, body }: Request) => {
    shown.push({ headers, body: new TextDecoder().decode(body as Buffer) });
    const answer = { statusCode: 200, headers: {}, body: Readable.from([Buffer.from("{}")]) };
    return { response: answer };
  };
  const client = new FirehoseClient({
    region: "us-east-1",
    credentials: { accessKeyId: "key", secretAccessKey: "secret" },
    requestHandler: { handle } as never,
  });
  if (contentType)
    client.middlewareStack.add(
      (next) => (args) => {
        (args.request as Request).headers["content-type"] = contentType;
        return next(args);
      },
      { step: "build", priority: "high", name: "another protocol" },
    );
  return { client, shown };
};

const batch = fc.array(
  fc.uint8Array({ maxLength: 40_000, size: "max" }).map((data) => ({ data, rows: 1 })),
  {
    minLength: 1,
    maxLength: 4,
  },
);

describe("the body of PutRecordBatch", () => {
  it("equals the body that the client would write, whatever the records hold", async () => {
    const [own, theirs] = [clientThatShows(), clientThatShows()];
    const requestOf = makeBody(own.client);
    await fc.assert(
      fc.asyncProperty(batch, async (records) => {
        const stream = "stream";
        await own.client.send(new PutRecordBatchCommand(requestOf(stream, records)));
        const Records = records.map(({ data }) => ({ Data: data }));
        await theirs.client.send(new PutRecordBatchCommand({ DeliveryStreamName: stream, Records }));
        const [mine, other] = [own.shown.pop() as Request, theirs.shown.pop() as Request];
        assert.deepEqual(JSON.parse(mine.body as string), JSON.parse(other.body as string));
        assert.equal(mine.headers["content-length"], other.headers["content-length"]);
        assert.deepEqual(Object.keys(mine.headers).sort(), Object.keys(other.headers).sort());
      }),
      { numRuns: 50 },
    );
  });

  it("is signed as it is sent", async () => {
    const { client, shown } = clientThatShows();
    const requestOf = makeBody(client);
    const records = [{ data: Buffer.from("{}\n"), rows: 1 }];
    await client.send(new PutRecordBatchCommand(requestOf("stream", records)));
    const hash = createHash("sha256").update(shown[0].body).digest("hex");
    assert.equal(shown[0].headers["x-amz-content-sha256"], hash);
  });

  it("is left to a client with another protocol, after one failed call", async () => {
    const { client, shown } = clientThatShows("application/cbor");
    const requestOf = makeBody(client);
    const records = [{ data: Buffer.from("{}\n"), rows: 1 }];
    const send = () => client.send(new PutRecordBatchCommand(requestOf("stream", records)));
    await assert.rejects(send, /the client speaks application\/cbor, not application\/x-amz-json-1\.1/);
    await send();
    assert.deepEqual(JSON.parse(shown[0].body as string), {
      DeliveryStreamName: "stream",
      Records: [{ Data: "e30K" }],
    });
  });
});
