import type { PutRecordBatchResponseEntry } from "@aws-sdk/client-firehose";
import { makeBody as importedBody } from "./body";
import type { FirehoseRecord } from "./rows";

const makeBody = importedBody;

/** Lambda's context object; only the part that delivery needs. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number;
}

/** Figures of a delivery. */
export interface Delivered {
  records: number;
  /** Bytes of data, before the request's base64. */
  sentBytes: number;
  /** Bytes that Firehose bills: each record rounded up to 5 KB. */
  billedBytes: number;
  /** Entries that had to be sent again, counted each time. */
  retries: number;
}

/**
 * Makes the last step: records → PutRecordBatch, at most 500 records and 4 MiB a call (Firehose quotas).
 *
 * Entries that fail are sent again, alone, after a pause that doubles and is drawn at random (full jitter), as long
 * as the invocation has time. A call without an answer is sent again too, so a row may arrive twice but none is lost.
 * @throws Error saying how many rows were not accepted: Lambda then retries the event. A permanent refusal (no access,
 * no such stream, not valid) fails at once. Either way no call is left running.
 */
export const makeDeliver = () => {
  const { FirehoseClient, PutRecordBatchCommand } =
    require("@aws-sdk/client-firehose") as typeof import("@aws-sdk/client-firehose");
  const { setTimeout: wait } = require("node:timers/promises") as typeof import("node:timers/promises");
  const env = process.env;
  const { ceil, max, min, random } = Math;
  const Abort = AbortController;
  const { setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;
  const BATCH_RECORDS = 500;
  const BATCH_BYTES = 4 * 1024 * 1024;
  const BILLED_UNIT = 5 * 1024;
  /**
   * A full call holds its 4 MiB as base64, JSON and request body too: four take some 60 of the function's 512 MB
   * (measured). More would not be faster: these are already 3 s of a stream's default 5 MiB/s.
   */
  const CALLS_IN_FLIGHT = 4;
  const FIRST_PAUSE = 100;
  const LONGEST_PAUSE = 5_000;
  const LONGEST_CALL = 15_000;
  /**
   * Minimum time to start a call, in milliseconds. Firehose may have accepted a call that is cut off, and its rows then
   * arrive twice.
   */
  const SHORTEST_CALL = 500;
  /**
   * Firehose answers InvalidKMSResourceException for a key that is forbidden, disabled, changing its state or throttled
   * (Firehose API). A few tries, in six seconds at most, outlast the temporary causes. With more tries, a permanently
   * unusable key would keep every invocation busy until its timeout, and use up the account's concurrency.
   */
  const KEY_TRIES = 6;
  /** Milliseconds reserved for the answer and the error. */
  const RESERVE = 1_000;
  // The SDK's own retry resends whole batches; the one here knows which entries failed and how much time is left.
  // The SDK's `requestTimeout` only warns, so each call has an abort signal.
  const client = new FirehoseClient({ maxAttempts: 1, requestHandler: { connectionTimeout: 3_000 } });
  const requestOf = makeBody(client);

  /** Result of one call: the records that Firehose did not confirm, and the reason. */
  interface Outcome {
    refused: FirehoseRecord[];
    why: string;
    /** Maximum tries for this error; if absent, as many as the time allows. */
    mostTries?: number;
  }

  interface ServiceError extends Error {
    code?: string;
    $metadata?: { httpStatusCode?: number };
  }

  const batchesOf = (records: FirehoseRecord[]): FirehoseRecord[][] => {
    const batches: FirehoseRecord[][] = [];
    let bytes = 0;
    for (const record of records) {
      const open = batches.at(-1);
      bytes += record.data.length;
      if (open && open.length < BATCH_RECORDS && bytes <= BATCH_BYTES) open.push(record);
      else {
        batches.push([record]);
        bytes = record.data.length;
      }
    }
    return batches;
  };

  const rowsOf = (records: FirehoseRecord[]) => records.reduce((sum, { rows }) => sum + rows, 0);

  /**
   * Returns the maximum tries for an error. Only client errors are permanent; others (5xx, network, unreadable answers) may
   * end.
   */
  const mostTriesAfter = (error: unknown): number | undefined => {
    const { name, $metadata } = error as ServiceError;
    const status = $metadata?.httpStatusCode ?? 0;
    const busy = /throttl|limitexceeded|toomanyrequests|requesttimeout|serviceunavailable|slowdown/i;
    if (status < 400 || status >= 500 || status === 408 || status === 429 || busy.test(name))
      return undefined;
    return name === "InvalidKMSResourceException" ? KEY_TRIES : 1;
  };

  const describe = (error: unknown) => {
    const { name, message, code, $metadata } = error as ServiceError;
    // A proxy or load balancer answered, not Firehose, so only the status is meaningful.
    const foreign = $metadata && (name === "Unknown" || name === "SyntaxError");
    const [says] = (message || code || "no message").split("\n"); // the SDK adds advice on further lines
    return foreign ? `HTTP ${$metadata.httpStatusCode}, which is not Firehose's answer` : `${name}: ${says}`;
  };

  /**
   * Returns the entries that failed: a call succeeds even if all its entries fail, and an accepted entry has a
   * RecordId.
   */
  const outcomeOf = (batch: FirehoseRecord[], entries: PutRecordBatchResponseEntry[]): Outcome => {
    if (entries.length !== batch.length)
      return { refused: batch, why: `the answer has ${entries.length} entries for ${batch.length} records` };
    const isRefused = ({ RecordId, ErrorCode }: PutRecordBatchResponseEntry) => !RecordId || ErrorCode;
    const first = entries.find(isRefused);
    const why = `${first?.ErrorCode ?? "Error"}: ${first?.ErrorMessage ?? "no message"}`;
    return { refused: batch.filter((_, i) => isRefused(entries[i])), why };
  };

  /** Makes one call, and aborts it before the invocation's time ends. */
  const put = async (stream: string, batch: FirehoseRecord[], timeLeft: number): Promise<Outcome> => {
    const ms = max(SHORTEST_CALL, min(LONGEST_CALL, timeLeft - RESERVE));
    const call = new Abort();
    // AbortSignal.timeout would keep its timer after the call.
    const timer = startTimer(() => call.abort(), ms);
    try {
      const command = new PutRecordBatchCommand(requestOf(stream, batch));
      const { RequestResponses } = await client.send(command, { abortSignal: call.signal });
      return outcomeOf(batch, RequestResponses ?? []);
    } catch (error) {
      if (call.signal.aborted) return { refused: batch, why: `TimeoutError: no answer in ${ms} ms` };
      return { refused: batch, why: describe(error), mostTries: mostTriesAfter(error) };
    } finally {
      stopTimer(timer);
    }
  };

  const reportOf = (records: FirehoseRecord[], retries: number): Delivered => {
    const sizes = records.map(({ data }) => data.length);
    return {
      records: records.length,
      sentBytes: sizes.reduce((sum, size) => sum + size, 0),
      billedBytes: sizes.reduce((sum, size) => sum + ceil(size / BILLED_UNIT) * BILLED_UNIT, 0),
      retries,
    };
  };

  return async (records: FirehoseRecord[], context: InvocationContext): Promise<Delivered> => {
    const stream = env.DELIVERY_STREAM_NAME;
    if (!stream)
      throw new Error("DELIVERY_STREAM_NAME is not set: the function does not know where to deliver");
    const queue = batchesOf(records);
    const stop = new Abort();
    let acceptedRows = 0;
    let retries = 0;
    let failure: string | undefined;

    const timeLeft = () => context.getRemainingTimeInMillis();
    const hasTimeAfter = (pause: number) => timeLeft() - pause >= RESERVE + SHORTEST_CALL;

    /**
     * Ends all batches when the first fails: Lambda repeats the whole event, so rows that are sent now would arrive
     * twice.
     */
    const giveUp = (tries: number, why: string) => {
      failure ??= `asked ${tries === 1 ? "once" : `${tries} times`}: ${why}`;
      stop.abort();
    };

    /** Sends a batch, unless another batch has failed. */
    const send = async (batch: FirehoseRecord[]) => {
      let pending = batch;
      for (let tries = 1; !stop.signal.aborted; tries++) {
        if (tries > 1) retries += pending.length;
        const { refused, why, mostTries = tries + 1 } = await put(stream, pending, timeLeft());
        acceptedRows += rowsOf(pending) - rowsOf(refused);
        pending = refused;
        if (pending.length === 0) return;
        const pause = random() * min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** tries);
        if (tries >= mostTries || !hasTimeAfter(pause)) return giveUp(tries, why);
        await wait(pause, undefined, { signal: stop.signal }).catch(() => {});
      }
    };

    const sendFromQueue = async () => {
      while (queue.length > 0) {
        if (!hasTimeAfter(0)) return giveUp(0, "the invocation has no time left");
        await send(queue.shift() as FirehoseRecord[]);
      }
    };

    await Promise.all(Array.from({ length: CALLS_IN_FLIGHT }, sendFromQueue));
    if (failure) {
      const rows = rowsOf(records);
      throw new Error(`${rows - acceptedRows} of ${rows} rows were not accepted by ${stream}, ${failure}`);
    }
    return reportOf(records, retries);
  };
};
