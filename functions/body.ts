import type { FirehoseClient, PutRecordBatchCommandInput } from "@aws-sdk/client-firehose";
import type { FirehoseRecord } from "./rows";

/**
 * Makes PutRecordBatch requests. It writes their bodies as bytes, because the SDK's client would make a base64 string,
 * a JSON string around it and a byte array, each in new memory. The client still does all else: headers, signature,
 * connection and answer.
 */
export const makeBody = (client: FirehoseClient) => {
  const B = Buffer;
  const { stringify } = JSON;
  const { ceil } = Math;
  const BETWEEN = '"},{"Data":"';
  const CLOSE = '"}]}';
  /** Bytes to encode as base64 at a time: a multiple of three, small enough for a cheap string. */
  const PIECE = 12_288;
  /** Content type of these bodies. If a later client uses another, it writes its own bodies from the second call on. */
  const PROTOCOL = "application/x-amz-json-1.1";
  let isSpoken = true;
  const batches = new WeakMap<object, FirehoseRecord[]>();
  /** Buffers of answered requests, for reuse: as many as there are calls in flight. */
  const spare: Buffer[] = [];

  const roomFor = (bytes: number): Buffer => {
    const kept = spare.pop();
    return kept && kept.length >= bytes ? kept : B.allocUnsafeSlow(bytes);
  };

  const write = (stream: string, batch: FirehoseRecord[]) => {
    const open = `{"DeliveryStreamName":${stringify(stream)},"Records":[{"Data":"`;
    const around = B.byteLength(open) + CLOSE.length;
    const room = batch.reduce((sum, { data }) => sum + ceil(data.length / 3) * 4 + BETWEEN.length, around);
    const bytes = roomFor(room);
    let end = bytes.write(open);
    batch.forEach(({ data }, i) => {
      if (i > 0) end += bytes.write(BETWEEN, end);
      const source = B.from(data.buffer, data.byteOffset, data.length);
      for (let at = 0; at < data.length; at += PIECE)
        end += bytes.write(source.toString("base64", at, at + PIECE), end, "latin1");
    });
    end += bytes.write(CLOSE, end);
    return { bytes, body: bytes.subarray(0, end) };
  };

  client.middlewareStack.add(
    (next) => async (args) => {
      const batch = batches.get(args.input);
      if (!batch) return next(args);
      const request = args.request as { headers: Record<string, string>; body: unknown };
      isSpoken = request.headers["content-type"] === PROTOCOL;
      if (!isSpoken) throw new Error(`the client speaks ${request.headers["content-type"]}, not ${PROTOCOL}`);
      const { DeliveryStreamName } = args.input as PutRecordBatchCommandInput;
      const { bytes, body } = write(DeliveryStreamName as string, batch);
      request.body = body;
      request.headers["content-length"] = String(body.length);
      const answer = await next(args);
      // Reuses the buffer only after the answer: a request without one may still be read.
      spare.push(bytes);
      return answer;
    },
    { step: "build", name: "recordsAsBytes" },
  );

  return (DeliveryStreamName: string, batch: FirehoseRecord[]): PutRecordBatchCommandInput => {
    if (!isSpoken) return { DeliveryStreamName, Records: batch.map(({ data }) => ({ Data: data })) };
    const input = { DeliveryStreamName, Records: [] };
    batches.set(input, batch);
    return input;
  };
};
