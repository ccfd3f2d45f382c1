/** What CloudWatch Logs hands to a subscribed function: `data` is base64 of a gzipped envelope. */
export interface SubscriptionEvent {
  awslogs: { data: string };
}

/**
 * Factory of the first step: subscription event → the envelope, as bytes (`unzip`; `inflate` for what is gzip alone);
 * an envelope → the log group that it comes from (`logGroup`), and the messages of its log events (`messages`), in
 * order, which are none for a CONTROL_MESSAGE: with it CloudWatch Logs tests whether the function can be reached.
 * @throws Error that names what is wrong with the event: nothing of it was read, so a retry or a replay loses nothing.
 */
export const makeDecode = () => {
  const { gunzipSync } = require("node:zlib") as typeof import("node:zlib");
  const B = Buffer;
  const { parse, stringify } = JSON;
  const { isArray } = Array;
  const { max, min } = Math;
  const LARGEST_CHUNK = 16 * 1024 * 1024;
  const EVENTS = '"logEvents":[';

  const broken = (what: string) => new Error(`not a CloudWatch Logs subscription event: ${what}`);
  const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));

  const inflate = (zipped: Buffer): Buffer => {
    // A gzip file ends with its content's length: with room for all of it, nothing has to be put together.
    const length = zipped.length < 4 ? 0 : zipped.readUInt32LE(zipped.length - 4);
    return gunzipSync(zipped, { chunkSize: min(max(length + 1, 1024), LARGEST_CHUNK) });
  };

  const unzip = (event: SubscriptionEvent): Buffer => {
    const data = event?.awslogs?.data;
    if (typeof data !== "string") throw broken("it has no awslogs.data");
    const zipped = B.from(data, "base64");
    // What is not base64 is passed over, so there is less than there should be.
    const padding = data.endsWith("==") ? 2 : data.endsWith("=") ? 1 : 0;
    if (data.length % 4 !== 0 || zipped.length !== (data.length / 4) * 3 - padding) {
      throw broken("awslogs.data is not base64");
    }
    try {
      return inflate(zipped);
    } catch (error) {
      throw broken(`awslogs.data is not gzip (${reason(error)})`);
    }
  };

  const parsed = (text: string) => {
    try {
      return parse(text);
    } catch (error) {
      throw broken(`its envelope is not JSON (${reason(error)})`);
    }
  };

  const messages = (bytes: Buffer): string[] => {
    const envelope = parsed(bytes.toString("utf8"));
    const type = envelope?.messageType;
    if (type === "CONTROL_MESSAGE") return [];
    if (type !== "DATA_MESSAGE") {
      throw broken(`messageType is ${stringify(type)}, neither DATA_MESSAGE nor CONTROL_MESSAGE`);
    }
    if (!isArray(envelope.logEvents)) throw broken("its envelope has no list of logEvents");
    return envelope.logEvents.map((logEvent: { message?: unknown } | null, n: number) => {
      if (typeof logEvent?.message !== "string") throw broken(`logEvents[${n}] has no message`);
      return logEvent.message;
    });
  };

  /** Envelopes say it before their events; what is no envelope comes from nowhere, and is refused later. */
  const logGroup = (bytes: Buffer): string => {
    const events = bytes.indexOf(EVENTS);
    try {
      const head =
        events < 0 ? bytes.toString("utf8") : `${bytes.toString("utf8", 0, events + EVENTS.length)}]}`;
      return parse(head).logGroup ?? parse(bytes.toString("utf8")).logGroup ?? "";
    } catch {
      return "";
    }
  };

  return { unzip, inflate, messages, logGroup };
};
