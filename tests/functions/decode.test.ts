import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { makeDecode, type SubscriptionEvent } from "../../functions/decode";
import { envelopeOf, eventOf, LINE } from "./envelope";

const { unzip, messages } = makeDecode();
const decode = (event: SubscriptionEvent) => messages(unzip(event));
const good = () => envelopeOf([LINE, "another"]);

describe("etl: decode", () => {
  it("gives the messages in order", () => {
    assert.deepEqual(decode(eventOf(good())), [LINE, "another"]);
  });

  it("acknowledges a control message, which has no flow in it", () => {
    const event = eventOf({ ...good(), messageType: "CONTROL_MESSAGE" });
    assert.deepEqual(decode(event), []);
  });

  const tolerated: Record<string, object> = {
    "no subscriptionFilters": { ...good(), subscriptionFilters: undefined },
    "timestamps as text": { ...good(), logEvents: [{ id: "1", timestamp: "1732244410000", message: LINE }] },
    "ids as numbers": { ...good(), logEvents: [{ id: 7, timestamp: 1, message: LINE }] },
    "extracted fields beside the message": {
      ...good(),
      logEvents: [{ extractedFields: { message: "not this", srcaddr: "10.0.1.5" }, id: "1", message: LINE }],
    },
    "an empty list of events": { ...good(), logEvents: [] },
  };
  for (const [what, envelope] of Object.entries(tolerated)) {
    it(`tolerates ${what}`, () => {
      const decoded = decode(eventOf(envelope));
      assert.ok(decoded.every((message) => message === LINE || message === "another"));
      assert.equal(decoded.length, (envelope as { logEvents: [] }).logEvents.length);
    });
  }

  it("keeps text that is not ASCII", () => {
    assert.deepEqual(decode(eventOf(envelopeOf(["été 東京 🚀"]))), ["été 東京 🚀"]);
  });

  it("reads a long envelope like a short one, whatever the order of its members", () => {
    const value = fc.jsonValue({ maxDepth: 2 });
    const message = fc.oneof(fc.string(), fc.constantFrom('"logEvents":[', "}],", '\\"', "{"));
    const event = fc.record({ id: fc.string(), extracted: value, message });
    fc.assert(
      fc.property(
        fc.array(event),
        value,
        fc.constantFrom(0, 1, 4),
        fc.boolean(),
        (logEvents, odd, indent, isFirst) => {
          const rest = { messageType: "DATA_MESSAGE", odd, "log Events": ["x"], filler: "x".repeat(900_000) };
          const envelope = isFirst ? { logEvents, ...rest } : { ...rest, logEvents };
          const filled = [...logEvents, { message: "y".repeat(200_000) }];
          const text = JSON.stringify({ ...envelope, logEvents: filled }, null, indent);
          assert.deepEqual(
            messages(Buffer.from(text)),
            filled.map((each) => each.message),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it("refuses a long envelope for the same reasons as a short one", () => {
    const long = "x".repeat(1_100_000);
    const refuse = (envelope: object, reason: RegExp) =>
      assert.throws(() => messages(Buffer.from(JSON.stringify(envelope))), reason);
    refuse({ messageType: "OTHER", logEvents: [{ message: long }] }, /messageType is "OTHER"/);
    refuse({ messageType: "DATA_MESSAGE", logEvents: [{ id: long }] }, /logEvents\[0\] has no message$/);
    refuse({ messageType: "DATA_MESSAGE", logEvents: [long] }, /it has \d+ bytes beside its events$/);
    refuse(
      { messageType: "DATA_MESSAGE", logEvents: [{ message: long.repeat(5) }] },
      /logEvents\[0\] has 5500014 bytes$/,
    );
    const cut = JSON.stringify({ messageType: "DATA_MESSAGE", logEvents: [{ message: long }] }).slice(0, -2);
    assert.throws(() => messages(Buffer.from(cut)), /bytes beside its events$/);
  });

  const json = Buffer.from(gzipSync("{")).toString("base64");
  const broken: Record<string, [event: unknown, message: RegExp]> = {
    "an event of another service": [{ Records: [] }, /it has no awslogs\.data$/],
    "no event at all": [undefined, /it has no awslogs\.data$/],
    "data that is not base64": [{ awslogs: { data: "***=" } }, /awslogs\.data is not base64$/],
    "base64 that was cut": [
      { awslogs: { data: eventOf(good()).awslogs.data.slice(0, -1) } },
      /is not base64$/,
    ],
    "data that is not gzip": [{ awslogs: { data: "aGVsbG8=" } }, /is not gzip \(incorrect header check\)$/],
    "gzip that was cut": [
      { awslogs: { data: gzipSync(JSON.stringify(good())).subarray(0, 40).toString("base64") } },
      /is not gzip \(unexpected end of file\)$/,
    ],
    "an envelope that is not JSON": [{ awslogs: { data: json } }, /its envelope is not JSON \(/],
    "an envelope that is null": [
      eventOf("null"),
      /messageType is undefined, neither DATA_MESSAGE nor CONTROL_MESSAGE$/,
    ],
    "another type of message": [
      eventOf({ ...good(), messageType: "OTHER" }),
      /messageType is "OTHER", neither/,
    ],
    "no list of events": [eventOf({ ...good(), logEvents: {} }), /its envelope has no list of logEvents$/],
    "an event without a message": [
      eventOf({ ...good(), logEvents: [{ id: "1" }] }),
      /logEvents\[0\] has no message$/,
    ],
  };
  for (const [what, [event, message]] of Object.entries(broken)) {
    it(`refuses ${what} and says so`, () => {
      assert.throws(
        () => decode(event as SubscriptionEvent),
        (error: Error) => {
          assert.match(error.message, /^not a CloudWatch Logs subscription event: /);
          assert.match(error.message, message);
          return true;
        },
      );
    });
  }
});
