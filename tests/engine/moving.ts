import assert from "node:assert/strict";
import type { Engine } from "./engine";
import { assertKept } from "./keeping";
import { difference, operations, planOf } from "./plans";
import type { Result } from "./result";

// A stack that goes from one way in to another.

type Report = (what: string, command: () => Promise<Result>) => Promise<Result>;

/** Each way in after each other. */
const WAYS = ["LAMBDA", "SUBSCRIPTION", "DIRECT", "LAMBDA", "DIRECT", "SUBSCRIPTION", "LAMBDA"];

/** What is done is what the two plans differ in, and what has data stays. */
export const move = async (engine: Engine, report: Report) => {
  engine.skipTypes();
  const plans = new Map([...new Set(WAYS)].map((way) => [way, planOf("prod", { ingestion: way })]));
  const plan = (way: string) => plans.get(way) ?? assert.fail();
  const { failure } = await report(`up, ${WAYS[0]}`, engine.up);
  assert.equal(failure, undefined);
  for (const [place, way] of WAYS.slice(1).entries()) {
    await engine.configure("ingestion", way);
    engine.calls();
    const result = await report(`up, ${way}`, engine.up);
    assert.equal(result.failure, undefined, `${WAYS[place]} to ${way}: ${result.failure}`);
    assert.deepEqual(
      operations(result.steps),
      difference(plan(WAYS[place]), plan(way)),
      `${WAYS[place]} to ${way}`,
    );
    assertKept(engine.calls(), `${WAYS[place]} to ${way}`);
  }
};
