import assert from "node:assert/strict";
import type { Engine } from "./engine";
import { assertKept } from "./keeping";
import { difference, operations, planOf } from "./plans";
import type { Report } from "./report";

// A stack that changes its ingestion.

/** A sequence with every change from one ingestion to another. */
const WAYS = ["LAMBDA", "SUBSCRIPTION", "DIRECT", "LAMBDA", "DIRECT", "SUBSCRIPTION", "LAMBDA"];

/** Checks that the engine performs the difference of the two plans, and that resources with data stay. */
export const move = async (engine: Engine, report: Report) => {
  engine.skipTypes();
  const plan = (way: string) => planOf("prod", { ingestion: way });
  const { failure } = await report(`up, ${WAYS[0]}`, engine.up);
  assert.equal(failure, undefined);
  for (const [place, way] of WAYS.slice(1).entries()) {
    await engine.configure("ingestion", way);
    engine.calls();
    const result = await report(`up, ${way}`, engine.up);
    assert.equal(result.failure, undefined, `${WAYS[place]} to ${way}: ${result.failure}`);
    assert.deepEqual(
      operations(result.steps),
      difference(await plan(WAYS[place]), await plan(way)),
      `${WAYS[place]} to ${way}`,
    );
    assertKept(engine.calls(), `${WAYS[place]} to ${way}`);
  }
};
