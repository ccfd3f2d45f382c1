import assert from "node:assert/strict";
import { customMetrics } from "../../docs/generate/bill";
import { DeployedFunction, type Fault, FaultyFirehose } from "./deployed";
import { envelopeOf, eventOf, LINE } from "./envelope";

/** Rows of 90 kB, eleven to a record: `n` records' worth, told apart by their first word. */
const records = (n: number) => Array.from({ length: 11 * n }, (_, i) => `${i} ${"x".repeat(90_000)}`);
const EVERY = { entries: () => true };
const THROTTLED = { status: 400, type: "ThrottlingException" };

describe("etl: the function as deployed, alone in a process with an empty environment", () => {
  const firehose = new FaultyFirehose();
  let fn: DeployedFunction;

  before(async () => {
    await firehose.start();
    fn = await DeployedFunction.start(firehose.url, {
      DELIVERY_STREAM_NAME: "stream",
      AWS_LAMBDA_FUNCTION_NAME: "etl",
    });
  });
  after(() => {
    fn.stop();
    firehose.stop();
  });

  const invoke = (messages: string[], schedule: Fault[] = [], timeout?: number) => {
    firehose.reset(schedule);
    return fn.invoke(eventOf(envelopeOf(messages)), timeout);
  };
  /** Checks that the n-th message is in the n-th row, each once. */
  const assertDelivered = (messages: string[]) => {
    const got = firehose.rows().map((row) => String(row.zz));
    assert.deepEqual(got.sort(), [...messages].sort());
  };

  it("delivers a row a line and reports what it did", async () => {
    const { result } = await invoke([LINE, "odd", LINE]);
    assert.deepEqual(
      firehose.rows().map((row) => row.d ?? row.zz),
      ["10.0.1.5", "odd", "10.0.1.5"],
    );
    const sentBytes = Buffer.byteLength(firehose.taken[0]);
    const rawBytes = 2 * LINE.length + 3;
    const { decodeMilliseconds, transformMilliseconds, deliverMilliseconds, ...counts } =
      result ?? assert.fail();
    for (const time of [decodeMilliseconds, transformMilliseconds, deliverMilliseconds]) assert.ok(time > 0);
    const [dropped, shortened, retries, billedBytes] = [0, 0, 0, 5120];
    assert.deepEqual(counts, {
      ...{ lines: 3, rows: 3, dropped, unparsed: 1, shortened, rawBytes },
      ...{ records: 1, sentBytes, billedBytes, retries },
    });
  });

  it("logs one line with its figures as CloudWatch metrics, and none for a flow", async () => {
    fn.printed = "";
    await invoke([LINE, "odd"]);
    await invoke(["again"]);
    await fn.invoke(eventOf(envelopeOf([])));
    const logged = fn.printed
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      logged.map(({ lines, unparsed }) => [lines, unparsed]),
      [
        [2, 1],
        [1, 1],
      ],
    );
    const { _aws, ...values } = logged[0];
    const [{ Namespace, Dimensions, Metrics }] = _aws.CloudWatchMetrics;
    assert.equal(Namespace, "FlowLogAnalytics");
    assert.deepEqual(Dimensions, [["FunctionName"]]);
    assert.ok(Number.isInteger(_aws.Timestamp));
    const units = Object.fromEntries(Metrics.map(({ Name, Unit }: Record<string, string>) => [Name, Unit]));
    assert.deepEqual(Object.keys(values), ["FunctionName", ...Object.keys(units)]);
    assert.equal(values.FunctionName, "etl");
    assert.equal(Metrics.length, customMetrics(), "the month's bill counts other custom metrics");
    assert.deepEqual(
      Object.entries(units).filter(([, unit]) => unit !== "Count"),
      [
        ["rawBytes", "Bytes"],
        ["sentBytes", "Bytes"],
        ["billedBytes", "Bytes"],
        ["decodeMilliseconds", "Milliseconds"],
        ["transformMilliseconds", "Milliseconds"],
        ["deliverMilliseconds", "Milliseconds"],
      ],
    );
  });

  it("sends nothing for a control message or an empty envelope", async () => {
    firehose.reset([]);
    for (const envelope of [{ ...envelopeOf([]), messageType: "CONTROL_MESSAGE" }, envelopeOf([])]) {
      const { result } = await fn.invoke(eventOf(envelope));
      assert.equal(result?.lines, 0);
    }
    assert.deepEqual(firehose.calls, []);
  });

  it("names what is wrong with a broken event", async () => {
    const { error } = await fn.invoke({ awslogs: { data: "?" } });
    assert.equal(error?.errorMessage, "not a CloudWatch Logs subscription event: awslogs.data is not base64");
  });

  it("fills records to near 1,000 KiB and never past it", async () => {
    const { result } = await invoke(records(3));
    assert.equal(result?.records, 3);
    for (const record of firehose.taken) assert.ok(record.length <= 1_024_000 && record.length > 980_000);
  });

  it("puts at most 4 MiB into a call", async () => {
    const messages = records(9);
    const { result } = await invoke(messages);
    assert.equal(result?.records, 9);
    assert.deepEqual(firehose.calls.sort(), [1, 4, 4]);
    assertDelivered(messages);
  });

  it("sends the failed entries again, and only those", async () => {
    const messages = records(4);
    const { result } = await invoke(messages, [
      { entries: (n) => n === 1 || n === 3 },
      { entries: (n) => n === 1 },
    ]);
    assert.deepEqual(firehose.calls, [4, 2, 1]);
    assert.equal(result?.retries, 3);
    assertDelivered(messages);
  });

  const passing: Record<string, Fault> = {
    "a throttled call": THROTTLED,
    "an exceeded limit": { status: 400, type: "LimitExceededException" },
    "a service that is unavailable": { status: 503, type: "ServiceUnavailableException" },
    "an internal failure": { status: 500, type: "InternalFailure" },
    "a connection that is reset": "reset",
  };
  for (const [what, fault] of Object.entries(passing)) {
    it(`tries again after ${what}`, async () => {
      const { result, error } = await invoke(["a", "b"], [fault, fault]);
      assert.equal(error, undefined);
      assert.equal(result?.retries, 2);
      assertDelivered(["a", "b"]);
    });
  }

  const permanent = ["ResourceNotFoundException", "AccessDeniedException", "InvalidArgumentException"];
  for (const type of permanent) {
    it(`gives up at once on ${type}, which no retry can fix`, async () => {
      const { error } = await invoke(["a", "b"], [{ status: 400, type }]);
      assert.deepEqual(firehose.calls, [1]);
      assert.equal(
        error?.errorMessage,
        `2 of 2 rows were not accepted by stream, asked once: ${type}: said the test`,
      );
    });
  }

  it("stops before its timeout and says how many rows were not delivered", async () => {
    const { error } = await invoke(records(6), [{ entries: (n) => n > 0 }, ...Array(100).fill(EVERY)], 2_500);
    assert.match(
      error?.errorMessage ?? "",
      /^55 of 66 rows were not accepted by stream, asked \d+ times: ServiceUnavailableException: Slow down\.$/,
    );
  });

  it("gives the same rows from one event to the next", async () => {
    await invoke([LINE]);
    const [first] = firehose.taken;
    await invoke([LINE]);
    assert.deepEqual(firehose.taken, [first]);
  });
});

describe("etl: a function without DELIVERY_STREAM_NAME", () => {
  it("fails and says so", async () => {
    const fn = await DeployedFunction.start("http://127.0.0.1:9", {});
    const { error } = await fn.invoke(eventOf(envelopeOf([LINE])));
    fn.stop();
    assert.equal(
      error?.errorMessage,
      "DELIVERY_STREAM_NAME is not set: the function does not know where to deliver",
    );
  });
});

describe("etl: a function whose Node.js has no WebAssembly", () => {
  it("delivers the same rows and reports the same figures", async () => {
    const odd = ["odd", "\ud83d", `${LINE} `, LINE.replace("10.0.1.5", "-"), "été", "x".repeat(100_000)];
    const messages = Array.from({ length: 6000 }, (_, n) => odd[n % 500] ?? LINE.replace(" 11 ", ` ${n} `));
    const firehose = new FaultyFirehose();
    await firehose.start();
    const of = async (flags: string[]) => {
      const fn = await DeployedFunction.start(firehose.url, { DELIVERY_STREAM_NAME: "stream" }, flags);
      firehose.reset([]);
      const { result } = await fn.invoke(eventOf(envelopeOf(messages)));
      fn.stop();
      const counts = Object.entries(result ?? assert.fail()).filter(
        ([name]) => !name.endsWith("Milliseconds"),
      );
      return { taken: [...firehose.taken], counts };
    };
    const [fast, slow] = [
      await of([]),
      await of(["--import", "data:text/javascript,delete globalThis.WebAssembly"]),
    ];
    firehose.stop();
    assert.equal(fast.taken.length, 3);
    assert.deepEqual(slow, fast);
  });
});
