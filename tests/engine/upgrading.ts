import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Deployment } from "@pulumi/pulumi/automation";
import { version } from "../../package.json";
import type { Engine } from "./engine";
import { assertKept } from "./keeping";
import type { Result } from "./result";

// Stacks that a release before this one deployed, as their states say: a file for each release.

type Report = (what: string, command: () => Promise<Result>) => Promise<Result>;

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

/** What has data or is known by its name. */
const LASTING =
  /:(Bucket|CatalogDatabase|CatalogTable|FirehoseDeliveryStream|Function|Key|LogGroup|Workgroup)$/;

/** This release's program goes on with the stack of another. */
export const upgrade = (release: string) => async (engine: Engine, report: Report) => {
  engine.skipTypes();
  await engine.restore(stateOf(`${release}.json.gz`));
  const result = await report(`up, the state of ${release}`, engine.up);
  assert.equal(result.failure, undefined);
  assertKept(engine.calls(), `an update from ${release}`);
  const lost = result.steps.filter(({ op, type }) => /delete|replace/.test(op) && LASTING.test(type));
  assert.deepEqual(lost, [], `an update from ${release}`);
  const { steps } = await report("up again", engine.up);
  assert.deepEqual(steps, []);
};
