import { gzipSync } from "node:zlib";

/** A CloudWatch Logs event around an envelope, or around anything else. */
export const eventOf = (envelope: unknown) => ({
  awslogs: {
    data: gzipSync(typeof envelope === "string" ? envelope : JSON.stringify(envelope)).toString("base64"),
  },
});

/** An envelope as CloudWatch Logs sends it, with these messages. */
export const envelopeOf = (messages: string[]) => ({
  messageType: "DATA_MESSAGE",
  owner: "123456789012",
  logGroup: "flow-logs",
  logStream: "eni-0a1b2c3d4e5f60718-all",
  subscriptionFilters: ["etl"],
  logEvents: messages.map((message, n) => ({
    id: String(n).padStart(56, "0"),
    timestamp: 1732244410000 + n,
    message,
  })),
});

/** A line of the default format. */
export const LINE =
  "2 123456789010 eni-0a1b2c3d4e5f60718 10.0.1.5 10.0.0.220 39812 443 6 11 8341 1732244410 1732244469 ACCEPT OK";
