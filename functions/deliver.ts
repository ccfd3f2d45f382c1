/** What AWS tells a running function about its limits; the part that delivery needs. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number;
}

/** What delivery did. */
export interface Delivered {
  records: number;
  /** Bytes of data, before the request's base64. */
  sentBytes: number;
  /** Records that had to be sent again, counted each time. */
  retried: number;
}

/**
 * Factory of the third step: rows → records → PutRecordBatch.
 *
 * Firehose bills every record rounded up to 5 KB, so rows are gathered into records of up to 1,000 KiB; a call takes
 * at most 500 records and 4 MiB (Firehose quotas). Entries that fail are sent again, alone, after a pause that doubles
 * and is drawn at random (full jitter), as long as the invocation has time.
 * @throws Error saying how many rows were not accepted: Lambda then retries the event. A permanent refusal (no access,
 * no such stream, not valid) fails at once.
 */
export const makeDeliver = () => {
  const { FirehoseClient, PutRecordBatchCommand } =
    require("@aws-sdk/client-firehose") as typeof import("@aws-sdk/client-firehose");
  const env = process.env;
  const B = Buffer;
  const { min, random } = Math;
  const RECORD_BYTES = 1_024_000;
  const BATCH_RECORDS = 500;
  const BATCH_BYTES = 4 * 1024 * 1024;
  const LONGEST_PAUSE = 5_000;
  /** Kept back for the answer and the error, milliseconds. */
  const RESERVE = 1_500;
  // The SDK's own retry resends whole batches; the one here knows which entries failed and how much time is left.
  const client = new FirehoseClient({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 15_000 },
  });

  interface FirehoseRecord {
    data: Buffer;
    rows: number;
  }

  const pack = (rows: string[]): FirehoseRecord[] => {
    const records: FirehoseRecord[] = [];
    let first = 0;
    let bytes = 0;
    const close = (end: number) => {
      if (end > first) records.push({ data: B.from(rows.slice(first, end).join("")), rows: end - first });
      first = end;
      bytes = 0;
    };
    for (let i = 0; i < rows.length; i++) {
      const size = B.byteLength(rows[i]);
      if (bytes + size > RECORD_BYTES) close(i);
      bytes += size;
    }
    close(rows.length);
    return records;
  };

  const batches = (records: FirehoseRecord[]): FirehoseRecord[][] => {
    const all: FirehoseRecord[][] = [];
    let bytes = 0;
    for (const record of records) {
      const open = all.at(-1);
      if (open && open.length < BATCH_RECORDS && bytes + record.data.length <= BATCH_BYTES) {
        open.push(record);
        bytes += record.data.length;
      } else {
        all.push([record]);
        bytes = record.data.length;
      }
    }
    return all;
  };

  const isPermanent = (error: unknown) => {
    const { $fault, name, $metadata } = error as {
      $fault?: string;
      name?: string;
      $metadata?: { httpStatusCode?: number };
    };
    const busy = /throttl|limitexceeded|toomanyrequests|requesttimeout|serviceunavailable/i;
    return $fault === "client" && $metadata?.httpStatusCode !== 429 && !busy.test(name ?? "");
  };

  const describe = (error: unknown) => {
    const { name, message } = error as { name?: string; message?: string };
    return `${name ?? "Error"}: ${message || "no message"}`;
  };

  /** One call. Gives the records that were not accepted and why. */
  const put = async (stream: string | undefined, batch: FirehoseRecord[]) => {
    try {
      const answer = await client.send(
        new PutRecordBatchCommand({
          DeliveryStreamName: stream,
          Records: batch.map(({ data }) => ({ Data: data })),
        }),
      );
      if (!answer.FailedPutCount) return { failed: [], why: "", permanent: false };
      const entries = answer.RequestResponses ?? [];
      const failed = entries.length === batch.length ? batch.filter((_, i) => entries[i].ErrorCode) : batch;
      const entry = entries.find((e) => e.ErrorCode);
      return { failed, why: `${entry?.ErrorCode}: ${entry?.ErrorMessage}`, permanent: false };
    } catch (error) {
      return { failed: batch, why: describe(error), permanent: isPermanent(error) };
    }
  };

  return async (rows: string[], context: InvocationContext): Promise<Delivered> => {
    const stream = env.DELIVERY_STREAM_NAME;
    if (!stream)
      throw new Error("DELIVERY_STREAM_NAME is not set: the function does not know where to deliver");
    const records = pack(rows);
    let delivered = 0;
    let retried = 0;
    for (const batch of batches(records)) {
      let pending = batch;
      for (let attempt = 1; pending.length > 0; attempt++) {
        const { failed, why, permanent } = await put(stream, pending);
        for (const record of pending) if (!failed.includes(record)) delivered += record.rows;
        pending = failed;
        if (pending.length === 0) break;
        const pause = random() * min(LONGEST_PAUSE, 100 * 2 ** attempt);
        if (permanent || context.getRemainingTimeInMillis() - pause < RESERVE) {
          const times = attempt === 1 ? "once" : `${attempt} times`;
          throw new Error(
            `${rows.length - delivered} of ${rows.length} rows were not accepted by ${stream}, asked ${times}: ${why}`,
          );
        }
        retried += pending.length;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
    return {
      records: records.length,
      sentBytes: records.reduce((sum, { data }) => sum + data.length, 0),
      retried,
    };
  };
};
