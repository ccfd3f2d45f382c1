import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import fc from "fast-check";
import type { FirehoseRecord } from "../../functions/rows";
import type { Fault } from "./deliver-endpoint";
import { bytesOf, DENIED, recordsOf, rowsOf, THROTTLED, useDelivery } from "./delivery";

describe("deliver: whatever the faults and their order", () => {
  const delivery = useDelivery();
  const { endpoint, run, assertDelivered, confirmedRows } = delivery;

  const arbRecords = fc
    .record({
      light: fc.oneof(fc.nat(5), fc.nat(3_000)),
      heavy: fc.array(fc.integer({ min: 500_000, max: 1_024_000 }), { maxLength: 5 }),
    })
    .map(({ light, heavy }) => recordsOf([...Array<number>(light).fill(8), ...heavy]));
  const arbPassing: fc.Arbitrary<Fault> = fc.oneof(
    fc.record({ refuse: fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }) }),
    fc.record({ cut: fc.constant("reset" as const), takes: fc.boolean(), half: fc.boolean() }),
    fc.constantFrom<Fault>(
      "none",
      "slow",
      "misaligned",
      THROTTLED,
      { status: 500, type: "InternalFailure" },
      { status: 429 },
    ),
  );
  const arbSchedule = (fault: fc.Arbitrary<Fault>) => fc.array(fault, { maxLength: 16 });
  const resent = (records: FirehoseRecord[]) =>
    endpoint.calls.reduce((sum, n) => sum + n, 0) - records.length;

  it("loses nothing, and repeats only records whose answer was lost", () =>
    fc.assert(
      fc.asyncProperty(arbRecords, arbSchedule(arbPassing), async (records, schedule) => {
        delivery.draw = () => 0;
        const { billedBytes, ...delivered } = await run(records, schedule);
        assertDelivered(records);
        assert.deepEqual(delivered, {
          records: records.length,
          sentBytes: bytesOf(records),
          retries: resent(records),
        });
        assert.ok(billedBytes >= delivered.sentBytes);
      }),
      { numRuns: 40 },
    ));

  const arbFault = fc.oneof(
    { weight: 9, arbitrary: arbPassing },
    { weight: 1, arbitrary: fc.constant(DENIED) },
  );
  it("reports exactly the unconfirmed records, and leaves no call running", () =>
    fc.assert(
      fc.asyncProperty(arbRecords, arbSchedule(arbFault), fc.nat(20), async (records, schedule, patience) => {
        let draws = 0;
        delivery.draw = () => (draws++ < patience ? 0 : 1_000_000);
        const outcome = await run(records, schedule).catch((error: Error) => error.message);
        assert.equal(endpoint.open, 0);
        for (const [id, times] of endpoint.confirmed) assert.equal(times, 1, `record ${id}`);
        const rows = rowsOf(records);
        const missing = rows - confirmedRows(records);
        if (typeof outcome !== "string") return assert.equal(missing, 0);
        assert.ok(missing > 0);
        assert.match(outcome, new RegExp(`^${missing} of ${rows} rows were not accepted by stream, asked `));
        const calls = endpoint.calls.length;
        await wait(5);
        assert.equal(endpoint.calls.length, calls);
      }),
      { numRuns: 60 },
    ));
});
