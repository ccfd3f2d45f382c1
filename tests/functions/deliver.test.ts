import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { makeDeliver } from "../../functions/deliver";
import type { Fault } from "./deliver-endpoint";
import { DENIED, recordsOf, rowsOf, small, THROTTLED, useDelivery } from "./delivery";

describe("deliver: records to a Firehose that may fail", () => {
  const delivery = useDelivery();
  const { endpoint, run, failure, assertDelivered, confirmedRows, sortedCalls } = delivery;

  describe("calls", () => {
    it("sends nothing for nothing", async () => {
      assert.deepEqual(await run([]), { records: 0, sentBytes: 0, billedBytes: 0, retries: 0 });
      assert.deepEqual(endpoint.calls, []);
    });

    it("puts at most 500 records into a call", async () => {
      const records = small(1_201);
      await run(records);
      assert.deepEqual(sortedCalls(), [500, 500, 201]);
      assertDelivered(records);
    });

    it("fills a call to 4 MiB exactly, and not by a byte more", async () => {
      const full = [1_024_000, 1_024_000, 1_024_000, 1_024_000, 98_304];
      await run(recordsOf(full));
      assert.deepEqual(endpoint.calls, [5]);
      await run(recordsOf([...full.slice(0, 4), 98_305, 8]));
      assert.deepEqual(sortedCalls(), [4, 2]);
    });

    it("bills each record rounded up to 5 KB", async () => {
      const delivered = await run(recordsOf([8, 5_120, 5_121]));
      assert.deepEqual(delivered, { records: 3, sentBytes: 10_249, billedBytes: 20_480, retries: 0 });
    });

    it("has four calls in flight and never a fifth", async () => {
      const running = run(small(4_500), Array<Fault>(9).fill("held"));
      await endpoint.opened(4);
      await wait(50);
      endpoint.release();
      await running;
      assert.equal(endpoint.mostOpen, 4);
      assert.equal(endpoint.calls.length, 9);
    });

    it("fails without DELIVERY_STREAM_NAME and says so", async () => {
      delete process.env.DELIVERY_STREAM_NAME;
      const message = await failure(small(1), []);
      process.env.DELIVERY_STREAM_NAME = "stream";
      assert.equal(message, "DELIVERY_STREAM_NAME is not set: the function does not know where to deliver");
      assert.deepEqual(endpoint.calls, []);
    });
  });

  describe("a transient failure", () => {
    it("sends the failed entries again, and only those", async () => {
      const records = small(4);
      const { retries } = await run(records, [{ refuse: [false, true] }, { refuse: [true, false] }]);
      assert.deepEqual(endpoint.calls, [4, 2, 1]);
      assert.equal(retries, 3);
      assertDelivered(records);
    });

    const passing: Record<string, Fault> = {
      "a throttled call": THROTTLED,
      "too many requests": { status: 400, type: "TooManyRequestsException" },
      "too many requests by status": { status: 429 },
      "an exceeded limit": { status: 400, type: "LimitExceededException" },
      "a service that is unavailable": { status: 503, type: "ServiceUnavailableException" },
      "an internal failure": { status: 500, type: "InternalFailure" },
      "an error of a proxy": { status: 502 },
      "a request that took too long to arrive": { status: 408 },
      "a reset": { cut: "reset", takes: false },
      "a reset after the records were taken": { cut: "reset", takes: true },
      "a reset in the middle of the answer": { cut: "reset", takes: true, half: true },
      "an answer with an entry too few": "misaligned",
    };
    for (const [what, fault] of Object.entries(passing)) {
      it(`is ${what}: all is sent again`, async () => {
        const records = small(2);
        const { retries } = await run(records, [fault, fault]);
        assert.deepEqual(endpoint.calls, [2, 2, 2]);
        assert.equal(retries, 4);
        assertDelivered(records);
      });
    }

    it("ends in an error that says how many rows, after how many tries, and why", async () => {
      const draws = [0, 0, 1_000];
      delivery.draw = () => draws.shift() ?? 0;
      const message = await failure(small(6), [{ refuse: [false, true] }, THROTTLED, { refuse: [true] }]);
      assert.equal(
        message,
        "6 of 12 rows were not accepted by stream, asked 3 times: ServiceUnavailableException: Slow down.",
      );
    });

    const reasons: [Fault, string][] = [
      ["misaligned", "the answer has 1 entries for 2 records"],
      [{ status: 502 }, "HTTP 502, which is not Firehose's answer"],
      [{ cut: "reset", takes: true, half: true }, "Error: aborted"],
    ];
    for (const [fault, why] of reasons) {
      it(`gives "${why}" as the reason`, async () => {
        delivery.draw = () => 1_000;
        const message = await failure(small(2), [fault]);
        assert.equal(message, `3 of 3 rows were not accepted by stream, asked once: ${why}`);
      });
    }

    it("may be a refused connection", async () => {
      process.env.AWS_ENDPOINT_URL_FIREHOSE = "http://127.0.0.1:9";
      const remaining = [2_000, 2_000, 60_000, 60_000, 0];
      const context = { getRemainingTimeInMillis: () => remaining.shift() ?? 0 };
      const message = await makeDeliver()(small(1), context).catch((error) => error.message);
      process.env.AWS_ENDPOINT_URL_FIREHOSE = endpoint.url;
      assert.equal(
        message,
        "1 of 1 rows were not accepted by stream, asked 2 times: Error: connect ECONNREFUSED 127.0.0.1:9",
      );
    });

    it("is followed by pauses that double up to a limit", async () => {
      // With half a second to spare, the pause after try 8 fits only if it is drawn from 5 s and not from 25.6 s.
      const draws = [0, 0, 0, 0, 0, 0, 0, 0.05, 1];
      delivery.draw = () => draws.shift() ?? 0;
      const context = { getRemainingTimeInMillis: () => 2_000 };
      assert.match(await failure(small(1), Array<Fault>(20).fill(THROTTLED), context), /asked 9 times/);
      draws.push(0, 0, 1);
      assert.match(await failure(small(1), Array<Fault>(20).fill(THROTTLED), context), /asked 3 times/);
    });
  });

  describe("a permanent failure", () => {
    const permanent = [
      "AccessDeniedException",
      "ResourceNotFoundException",
      "InvalidArgumentException",
      "ValidationException",
      "ExpiredTokenException",
    ];
    for (const type of permanent) {
      it(`is ${type}: it is not retried`, async () => {
        const message = await failure(small(2), [{ status: 400, type }]);
        assert.deepEqual(endpoint.calls, [2]);
        assert.equal(message, `3 of 3 rows were not accepted by stream, asked once: ${type}: said the test`);
      });
    }

    it("is an error of the key only after six tries", async () => {
      delivery.draw = () => 0;
      const trouble: Fault = { status: 400, type: "InvalidKMSResourceException" };
      const message = await failure(small(2), Array<Fault>(20).fill(trouble));
      assert.deepEqual(endpoint.calls, Array(6).fill(2));
      assert.equal(
        message,
        "3 of 3 rows were not accepted by stream, asked 6 times: InvalidKMSResourceException: said the test",
      );
    });

    it("launches no other call, sends nothing again, and waits for the calls in flight", async () => {
      const records = small(4_000);
      const later = (type: string): Fault => ({ status: 400, type, held: true });
      let settled = false;
      const message = failure(records, [
        "held",
        later("ResourceNotFoundException"),
        later("ThrottlingException"),
        DENIED,
      ]).finally(() => {
        settled = true;
      });
      await endpoint.opened(3);
      while (endpoint.calls.length < 4) await wait(2);
      await wait(50);
      assert.equal(settled, false);
      endpoint.release();
      const rows = rowsOf(records);
      assert.equal(
        await message,
        `${rows - confirmedRows(records)} of ${rows} rows were not accepted by stream, asked once: AccessDeniedException: said the test`,
      );
      assert.equal(endpoint.confirmed.size, 500);
      await wait(50);
      assert.deepEqual(endpoint.calls, [500, 500, 500, 500]);
    });

    it("ends the pauses of other batches", async () => {
      delivery.draw = () => 100; // 20 s
      const started = Date.now();
      await failure(small(1_000), [THROTTLED, DENIED]);
      assert.ok(Date.now() - started < 10_000);
    });
  });

  describe("time", () => {
    it("is too short for any call", async () => {
      const message = await failure(small(1), [], { getRemainingTimeInMillis: () => 1_400 });
      assert.equal(
        message,
        "1 of 1 rows were not accepted by stream, asked 0 times: the invocation has no time left",
      );
      assert.deepEqual(endpoint.calls, []);
    });

    it("runs out while the endpoint is silent, before its answer or in the middle of it", async () => {
      const end = Date.now() + 2_500;
      const context = { getRemainingTimeInMillis: () => end - Date.now() };
      const silent = (half: boolean): Fault => ({ cut: "silent", takes: false, half });
      const message = await failure(small(1_000), [silent(false), silent(true)], context);
      assert.ok(Date.now() < end, "the error comes before Lambda's kill");
      assert.match(
        message,
        /^1999 of 1999 rows were not accepted by stream, asked once: TimeoutError: no answer in \d+ ms$/,
      );
    });

    it("remains after a call without an answer: its records are sent again", async () => {
      const remaining = [60_000, 2_000];
      const context = { getRemainingTimeInMillis: () => remaining.shift() ?? 60_000 };
      const records = small(2);
      const { retries } = await run(records, [{ cut: "silent", takes: true }], context);
      assert.equal(retries, 2);
      assertDelivered(records);
      assert.equal(endpoint.unconfirmed.size, 2);
    });
  });
});
