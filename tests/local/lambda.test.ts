import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LakeFolder } from "../../local/folder";
import { LocalFunction } from "../../local/lambda";
import type { DeclaredResource } from "../../local/program";
import { pulumiArchive } from "./archive";

/** A declared function with this code, and its declared retries. */
const declare = (code: string, timeout = 5): [DeclaredResource, DeclaredResource] => {
  const resource = { urn: "", parent: "", type: "", name: "etl" };
  const inputs = {
    code: pulumiArchive({ "__index.js": code }),
    handler: "__index.handler",
    memorySize: 128,
    timeout,
    environment: { variables: { DELIVERY_STREAM_NAME: "stream" } },
  };
  const state = { name: "etl-1234567", arn: "arn:aws:lambda:us-east-1:123456789012:function:etl-1234567" };
  return [
    { ...resource, inputs, state },
    { ...resource, inputs: { maximumRetryAttempts: 2 }, state: {} },
  ];
};

describe("etl: the local function", () => {
  const dir = mkdtempSync(join(tmpdir(), "lake-"));
  let fn: LocalFunction | undefined;
  afterEach(() => fn?.stop());
  after(() => rmSync(dir, { recursive: true, force: true }));

  /** Invokes code once; gives the result and what is in the lake then. */
  const invoke = async (code: string, timeout?: number) => {
    const lake = new LakeFolder(dir, false);
    const where = { endpoint: "http://127.0.0.1:9", region: "eu-west-1", lake };
    fn = await LocalFunction.create(...declare(code, timeout), where);
    const result: unknown = await fn.invoke({ value: 7 });
    lake.commit();
    const files = readdirSync(join(dir), { recursive: true }).map(String);
    const kept = files.filter((file) =>
      /^aws\/lambda\/async\/etl-1234567\/\d{4}\/\d\d\/\d\d\/[^/]+$/.test(file),
    );
    const failed = kept.map((file) => JSON.parse(readFileSync(join(dir, file), "utf8")));
    rmSync(join(dir, "aws"), { recursive: true, force: true });
    return { result, failed, fn };
  };

  it("has the declared environment, what Lambda adds, and nothing of this process", async () => {
    process.env.FLOWLOGS_TEST_SECRET = "leaks";
    const { result } = await invoke("exports.handler = async () => process.env;");
    delete process.env.FLOWLOGS_TEST_SECRET;
    const names = Object.keys(result as object).filter(
      (name) => name !== "NODE_CHANNEL_FD" && !name.startsWith("NODE_"),
    );
    assert.deepEqual(names.sort(), [
      "AWS_ACCESS_KEY_ID",
      "AWS_ENDPOINT_URL_FIREHOSE",
      "AWS_LAMBDA_FUNCTION_NAME",
      "AWS_REGION",
      "AWS_SECRET_ACCESS_KEY",
      "DELIVERY_STREAM_NAME",
    ]);
  });

  it("is loaded once and called again and again", async () => {
    const { fn } = await invoke("let n = 0; exports.handler = async () => ++n;");
    assert.equal(await fn.invoke({}), 2);
    assert.equal(fn.invocations, 2);
  });

  it("is tried three times, and the event that still fails is kept as Lambda keeps it", async () => {
    const { result, failed, fn } = await invoke(
      "exports.handler = async () => { throw new TypeError('no'); };",
    );
    assert.equal(result, undefined);
    assert.deepEqual([fn.invocations, fn.failedEvents], [3, 1]);
    assert.equal(failed.length, 1);
    assert.deepEqual(failed[0].requestPayload, { value: 7 });
    assert.deepEqual(failed[0].responsePayload, { errorType: "TypeError", errorMessage: "no" });
    assert.equal(failed[0].requestContext.condition, "RetriesExhausted");
    assert.equal(failed[0].requestContext.approximateInvokeCount, 3);
  });

  it("is done with an event that goes through at the second try", async () => {
    const { result, failed } = await invoke(
      "let n = 0; exports.handler = async () => { if (n++ === 0) throw new Error('first'); return n; };",
    );
    assert.deepEqual([result, failed], [2, []]);
  });

  it("is ended at its declared timeout", async () => {
    const { failed } = await invoke(
      "exports.handler = () => new Promise(() => setTimeout(() => {}, 1e6));",
      0.2,
    );
    assert.deepEqual(failed[0].responsePayload, {
      errorType: "Sandbox.Timedout",
      errorMessage: "Task timed out after 0.2 seconds",
    });
  });

  it("fails when its process ends, and starts again for the next event", async () => {
    const { failed, fn } = await invoke("exports.handler = async () => process.exit(3);");
    assert.equal(failed[0].responsePayload.errorType, "Runtime.ExitError");
    assert.equal(fn.invocations, 3);
  });

  it("does not start with code that does not load, and says why", async () => {
    await assert.rejects(
      invoke("require('no-such-module')"),
      /the function does not start: .*MODULE_NOT_FOUND/s,
    );
  });
});
