import assert from "node:assert/strict";
import { makeDeliver } from "../../functions/deliver";
import type { FirehoseRecord } from "../../functions/rows";
import { DeliveryEndpoint, type Fault } from "./deliver-endpoint";

export const THROTTLED: Fault = { status: 400, type: "ThrottlingException" };
export const DENIED: Fault = { status: 400, type: "AccessDeniedException" };
export const MINUTE = { getRemainingTimeInMillis: () => 60_000 };

/** Records of these sizes, each beginning with its own number; the n-th has n % 3 + 1 rows. */
export const recordsOf = (sizes: number[]): FirehoseRecord[] =>
  sizes.map((size, n) => ({ data: Buffer.from(`${n} `.padEnd(size, "x")), rows: (n % 3) + 1 }));
export const small = (n: number) => recordsOf(Array<number>(n).fill(8));
export const rowsOf = (records: FirehoseRecord[]) => records.reduce((sum, { rows }) => sum + rows, 0);
export const bytesOf = (records: FirehoseRecord[]) => records.reduce((sum, { data }) => sum + data.length, 0);

/** Makes the delivery with the real SDK, and a Firehose whose failures a test chooses. */
export const useDelivery = () => {
  const endpoint = new DeliveryEndpoint();
  const environment = { ...process.env };
  let deliver: ReturnType<typeof makeDeliver>;
  before(async () => {
    await endpoint.start();
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_FIREHOSE: endpoint.url,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "key",
      AWS_SECRET_ACCESS_KEY: "secret",
      DELIVERY_STREAM_NAME: "stream",
    });
    const { random } = Math;
    Math.random = () => delivery.draw();
    deliver = makeDeliver();
    Math.random = random;
  });
  beforeEach(() => {
    delivery.draw = () => 0;
    endpoint.reset([]);
  });
  after(() => {
    endpoint.stop();
    for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
    Object.assign(process.env, environment);
  });

  const run = (records: FirehoseRecord[], schedule: Fault[] = [], context = MINUTE) => {
    endpoint.reset(schedule);
    return deliver(records, context).finally(() => assert.deepEqual(endpoint.broken, []));
  };
  const failure = async (records: FirehoseRecord[], schedule: Fault[], context = MINUTE): Promise<string> =>
    run(records, schedule, context).then(
      () => assert.fail("delivered"),
      (error) => error.message,
    );
  /** Checks that every record was confirmed once, besides records in calls without an answer. */
  const assertDelivered = (records: FirehoseRecord[]) => {
    assert.equal(endpoint.confirmed.size, records.length);
    for (const [id, times] of endpoint.confirmed) assert.equal(times, 1, `record ${id}`);
  };
  const confirmedRows = (records: FirehoseRecord[]) =>
    rowsOf(records.filter((_, n) => endpoint.confirmed.has(String(n))));
  const sortedCalls = () => [...endpoint.calls].sort((a, b) => b - a);

  const delivery = {
    endpoint,
    run,
    failure,
    assertDelivered,
    confirmedRows,
    sortedCalls,
    /** The random part of each pause, as a share of the longest one that the try allows. */
    draw: () => 0,
  };
  return delivery;
};
