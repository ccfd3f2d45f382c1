import { makeEvents as importedEvents } from "./events";

const makeEvents = importedEvents;

/** Event of a CloudWatch Logs subscription: `data` is base64 of a gzipped envelope. */
export interface SubscriptionEvent {
  awslogs: { data: string };
}

/**
 * Makes the first step. `unzip` turns a subscription event into its envelope, as bytes; `inflate` does so for gzip
 * without base64. `logGroup` reads an envelope's log group. `messages` reads the messages of its log events, in order;
 * a CONTROL_MESSAGE, with which CloudWatch Logs tests the function, has none.
 * @throws Error that says what is wrong with the event. No line was read then, so a retry or a replay loses nothing.
 */
export const makeDecode = () => {
  const { gunzipSync } = require("node:zlib") as typeof import("node:zlib");
  const B = Buffer;
  const { parse, stringify } = JSON;
  const { isArray } = Array;
  const { max, min } = Math;
  const LARGEST_CHUNK = 16 * 1024 * 1024;
  /**
   * Maximum inflated size of an event or a record. A compressed event has at most 1 MB, and one of flow logs inflates to a few
   * MB. The function's 512 MB are enough for any content of this size.
   */
  const LONGEST = 64 * 1024 * 1024;
  /** Maximum length of JSON that is parsed at once. */
  const LONGEST_PARSED = 1024 * 1024;
  /**
   * Maximum length of a log event as JSON: a message has up to 1 MiB (CloudWatch Logs quota), and escapes lengthen it.
   */
  const LONGEST_EVENT = 4 * LONGEST_PARSED;
  const EVENTS = '"logEvents":[';

  const broken = (what: string) => new Error(`not a CloudWatch Logs subscription event: ${what}`);
  const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));

  const eventsOf = makeEvents();

  const inflate = (zipped: Buffer, most = LONGEST): Buffer => {
    // Gzip ends with its content's length: an output buffer of that size avoids joining chunks.
    const length = zipped.length < 4 ? 0 : zipped.readUInt32LE(zipped.length - 4);
    try {
      return gunzipSync(zipped, {
        chunkSize: min(max(length + 1, 1024), LARGEST_CHUNK),
        maxOutputLength: most,
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ERR_BUFFER_TOO_LARGE") throw error;
      throw new Error(`it inflates to more than ${most} bytes`);
    }
  };

  const unzip = (event: SubscriptionEvent): Buffer => {
    const data = event?.awslogs?.data;
    if (typeof data !== "string") throw broken("it has no awslogs.data");
    const zipped = B.from(data, "base64");
    // Node skips characters that are not base64, so the result is shorter than expected.
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

  const messageOf = (logEvent: { message?: unknown } | null, n: number): string => {
    if (typeof logEvent?.message !== "string") throw broken(`logEvents[${n}] has no message`);
    return logEvent.message;
  };

  /**
   * Parses an envelope. For a long one it parses all but the events, and returns the places of the events in the bytes.
   */
  const opened = (bytes: Buffer) => {
    const cut = bytes.length > LONGEST_PARSED ? eventsOf(bytes) : undefined;
    const rest = cut?.rest ?? bytes;
    if (rest.length > LONGEST_PARSED) throw broken(`it has ${rest.length} bytes beside its events`);
    return { envelope: parsed(rest.toString("utf8")), spans: cut?.spans };
  };

  const messages = (bytes: Buffer): string[] => {
    const { envelope, spans } = opened(bytes);
    const type = envelope?.messageType;
    if (type === "CONTROL_MESSAGE") return [];
    if (type !== "DATA_MESSAGE") {
      throw broken(`messageType is ${stringify(type)}, neither DATA_MESSAGE nor CONTROL_MESSAGE`);
    }
    if (!isArray(envelope.logEvents)) throw broken("its envelope has no list of logEvents");
    if (!spans) return envelope.logEvents.map(messageOf);
    return spans.map(([from, to], n) => {
      if (to - from > LONGEST_EVENT) throw broken(`logEvents[${n}] has ${to - from} bytes`);
      return messageOf(parsed(bytes.toString("utf8", from, to)), n);
    });
  };

  /**
   * Returns the log group's name from the JSON before the events; "" for bytes that are no envelope, which a later step
   * refuses.
   */
  const logGroup = (bytes: Buffer): string => {
    const events = bytes.indexOf(EVENTS);
    const isHead = events >= 0 && events < LONGEST_PARSED;
    try {
      const head = isHead
        ? parse(`${bytes.toString("utf8", 0, events + EVENTS.length)}]}`).logGroup
        : undefined;
      return head ?? (bytes.length > LONGEST_PARSED ? "" : (parse(bytes.toString("utf8")).logGroup ?? ""));
    } catch {
      return "";
    }
  };

  return { unzip, inflate, messages, logGroup };
};
