import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Deployment } from "@pulumi/pulumi/automation";
import { version } from "../../package.json";
import type { Engine } from "./engine";
import { assertKept } from "./keeping";
import type { Report } from "./report";

// Stacks that earlier releases deployed, from their states: a file for each release.

const STATES = join(__dirname, "states");

/** Keeps the state of this release's stack, for the releases after it. */
export const keepState = async (engine: Engine, report: Report) => {
  engine.skipTypes();
  assert.equal((await report("up", engine.up)).failure, undefined);
  const text = JSON.stringify(await engine.state()).replaceAll(engine.folder, "/stack");
  writeFileSync(join(STATES, `${version}.json.gz`), gzipSync(text, { level: 9 }));
};

const stateOf = (file: string): Deployment =>
  JSON.parse(gunzipSync(readFileSync(join(STATES, file))).toString("utf8"));

/** Every release whose state is kept. */
export const RELEASES = readdirSync(STATES)
  .filter((file) => file.endsWith(".json.gz"))
  .map((file) => file.replace(".json.gz", ""));

/** Resources that have data, or that data goes through, by their names; the log group of the flow logs has a digest in its name. */
const LASTING = [
  /^flows-(key|lake|database|table|view-.+|workgroup|stream|etl)$/,
  /^flows-(flow-logs-[0-9a-f]{8}|stream-logs|etl-logs)$/,
];
/** How many of them a stack has at the least. */
const COUNT = 12;

const isLasting = ({ urn }: { urn: string }) =>
  LASTING.some((pattern) => pattern.test(urn.slice(urn.lastIndexOf("::") + 2)));

/** This release's program goes on with the stack of another. */
export const upgrade = (release: string) => async (engine: Engine, report: Report) => {
  engine.skipTypes();
  await engine.restore(stateOf(`${release}.json.gz`));
  const lasting = (await engine.resources()).filter(isLasting);
  assert.ok(lasting.length >= COUNT, `the state of ${release} has ${lasting.map(({ urn }) => urn)}`);
  const result = await report(`up, the state of ${release}`, engine.up);
  assert.equal(result.failure, undefined);
  assertKept(engine.calls(), `an update from ${release}`);
  const before = new Set(lasting.map(({ urn }) => urn));
  const touched = result.steps.filter(({ op, urn }) => op !== "update" && before.has(urn));
  assert.deepEqual(touched, [], `an update from ${release}`);
  const after = new Map((await engine.resources()).map(({ urn, id }) => [urn, id]));
  for (const { urn, type, id = "" } of lasting) {
    assert.equal(after.get(urn), id, `${urn} is another one after an update from ${release}`);
    assert.ok(engine.cloud.get(type, id), `${urn} is gone after an update from ${release}`);
  }
  const { steps } = await report("up again", engine.up);
  assert.deepEqual(steps, []);
};
