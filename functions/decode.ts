/** What CloudWatch Logs hands to a subscribed function: `data` is base64 of a gzipped envelope. */
export interface SubscriptionEvent {
  awslogs: { data: string };
}

/** The envelope inside; only what the ETL reads. */
export interface Envelope {
  messageType: "DATA_MESSAGE" | "CONTROL_MESSAGE";
  logEvents: { message: string }[];
}

/**
 * Factory of the first step: subscription event → the messages of its log events, in order.
 * A CONTROL_MESSAGE (CloudWatch Logs tests whether the function can be reached) has none.
 * @throws Error that names what is wrong with the event: nothing of it was read, so a retry or a replay loses nothing.
 */
export const makeDecode = () => {
  const { gunzipSync } = require("node:zlib") as typeof import("node:zlib");
  const B = Buffer;
  const parse = JSON.parse;
  const stringify = JSON.stringify;
  const isArray = Array.isArray;
  const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

  const broken = (what: string) => new Error(`not a CloudWatch Logs subscription event: ${what}`);
  const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));

  const unzip = (data: string) => {
    if (data.length % 4 !== 0 || !base64.test(data)) throw broken("awslogs.data is not base64");
    try {
      return gunzipSync(B.from(data, "base64"));
    } catch (error) {
      throw broken(`awslogs.data is not gzip (${reason(error)})`);
    }
  };

  const envelopeOf = (text: string): Envelope => {
    try {
      return parse(text);
    } catch (error) {
      throw broken(`its envelope is not JSON (${reason(error)})`);
    }
  };

  return (event: SubscriptionEvent): string[] => {
    const data = event?.awslogs?.data;
    if (typeof data !== "string") throw broken("it has no awslogs.data");
    const envelope = envelopeOf(unzip(data).toString("utf8"));
    const type = envelope?.messageType;
    if (type === "CONTROL_MESSAGE") return [];
    if (type !== "DATA_MESSAGE") {
      throw broken(`messageType is ${stringify(type)}, neither DATA_MESSAGE nor CONTROL_MESSAGE`);
    }
    if (!isArray(envelope.logEvents)) throw broken("its envelope has no list of logEvents");
    return envelope.logEvents.map((logEvent, n) => {
      if (typeof logEvent?.message !== "string") throw broken(`logEvents[${n}] has no message`);
      return logEvent.message;
    });
  };
};
