import assert from "node:assert/strict";
import { Ingestion } from "../../components/arguments";
import { callsOf } from "./call-rows";
import { ASKING } from "./calls-asking";
import { NOT_GIVEN, PUBLISHED } from "./published";
import { mayCall, sentence, type World, worldOf } from "./world";

const wordsOf = (...texts: string[]) => [...new Set(texts.flatMap((text) => text.split(" ")))].sort();

describe("a reader's tools", () => {
  let world: World;
  const refused = wordsOf(...NOT_GIVEN.map(([, actions]) => actions));
  const asked = wordsOf(...ASKING.map(([actions]) => actions));

  before(async () => {
    world = await worldOf(Ingestion.LAMBDA);
  });

  for (const { tool, source, actions } of PUBLISHED) {
    it(`have the permissions that are published for ${tool}, except those left out with a reason (${source})`, async () => {
      const needed = wordsOf(actions).filter((action) => !refused.includes(action));
      assert.deepEqual(
        needed.filter((action) => !asked.includes(action)),
        [],
        "no call of an analyst stands for this",
      );
      const calls = callsOf(world, "analyst", ASKING).filter(({ action }) => needed.includes(action));
      const failing: string[] = [];
      for (const call of calls) if (!(await mayCall(world, call))) failing.push(sentence(call));
      assert.deepEqual(failing, []);
    });
  }

  it("have no unpublished actions, except KMS's", () => {
    const published = wordsOf(...PUBLISHED.map(({ actions }) => actions));
    const held = world.identities.analyst.Statement.flatMap(({ Action }) => [Action].flat());
    assert.deepEqual(
      held.filter((action) => !published.includes(action)),
      ["kms:Decrypt", "kms:GenerateDataKey"],
    );
  });

  it("have none of the actions that are left out with a reason, all of which are published", () => {
    const published = wordsOf(...PUBLISHED.map(({ actions }) => actions));
    assert.deepEqual(
      refused.filter((action) => !published.includes(action)),
      [],
    );
    const held = world.identities.analyst.Statement.flatMap(({ Action }) => [Action].flat());
    assert.deepEqual(
      held.filter((action) => action.includes("*") || refused.includes(action)),
      [],
    );
  });
});
