import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LakeFolder } from "../../local/lake/folder";
import { LocalFunction } from "../../local/lambda";
import type { DeclaredResource } from "../../local/program";
import { LocalQueue } from "../../local/queue";
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

  /** Invokes code once, or asynchronously with an event. Returns its answer, and the kept events in the lake. */
  const invoke = async (code: string, timeout?: number) => {
    const lake = new LakeFolder(dir, false);
    const where = { endpoint: "http://127.0.0.1:9", region: "eu-west-1", lake };
    const [declared, failures] = declare(code, timeout);
    fn = await LocalFunction.create(declared, where);
    const queue = new LocalQueue(fn, failures, lake);
    const figures = await queue.invoke({ value: 7 });
    lake.commit();
    const files = readdirSync(join(dir), { recursive: true }).map(String);
    const kept = files.filter((file) =>
      /^aws\/lambda\/async\/etl-1234567\/\d{4}\/\d\d\/\d\d\/[^/]+$/.test(file),
    );
    const failed = kept.map((file) => JSON.parse(readFileSync(join(dir, file), "utf8")));
    rmSync(join(dir, "aws"), { recursive: true, force: true });
    return { figures, failed, fn, queue };
  };

  it("has the declared environment and Lambda's own variables, and none of this process", async () => {
    process.env.FLOWLOGS_TEST_SECRET = "leaks";
    const { fn } = await invoke("exports.handler = async () => process.env;");
    const { result } = await fn.call({});
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
    assert.equal((await fn.call({})).result, 2);
    assert.equal(fn.invocations, 2);
  });

  it("answers one call after another, whoever makes them", async () => {
    const { fn } = await invoke("let n = 0; exports.handler = async (event) => [event, ++n];");
    const answers = await Promise.all(["a", "b", "c"].map((event) => fn.call([event])));
    assert.deepEqual(
      answers.map(({ result }) => result),
      [
        [["a"], 2],
        [["b"], 3],
        [["c"], 4],
      ],
    );
  });

  it("reports its lines by its metric line, and by nothing else that it prints", async () => {
    const line = '{"_aws":{},"lines":3,"rows":2,"dropped":1,"unparsed":0,"rawBytes":90,"why":"because"}';
    const { figures, fn } = await invoke(
      `exports.handler = async () => console.log('{"lines":7}\\n${line}\\nmore');`,
    );
    assert.deepEqual(figures, { lines: 3, rows: 2, dropped: 1, unparsed: 0, rawBytes: 90, why: "because" });
    assert.deepEqual((await fn.call({})).figures, figures);
  });

  it("fails with an answer that is larger than 6 MiB", async () => {
    const { failed } = await invoke("exports.handler = async () => 'x'.repeat(6 * 1024 * 1024);");
    assert.equal(failed[0].responsePayload.errorType, "Function.ResponseSizeTooLarge");
  });

  it("is tried three times, and the event that still fails is kept as Lambda keeps it", async () => {
    const { figures, failed, fn, queue } = await invoke(
      "exports.handler = async () => { throw new TypeError('no'); };",
    );
    assert.equal(figures.lines, 0);
    assert.deepEqual([fn.invocations, queue.failedEvents, queue.why], [3, 1, "no"]);
    assert.equal(failed.length, 1);
    assert.deepEqual(failed[0].requestPayload, { value: 7 });
    assert.deepEqual(failed[0].responsePayload, { errorType: "TypeError", errorMessage: "no" });
    assert.equal(failed[0].requestContext.condition, "RetriesExhausted");
    assert.equal(failed[0].requestContext.approximateInvokeCount, 3);
  });

  it("keeps no event that succeeds at the second try", async () => {
    const { fn, failed } = await invoke(
      "let n = 0; exports.handler = async () => { if (n++ === 0) throw new Error('first'); return n; };",
    );
    assert.deepEqual([fn.invocations, failed], [2, []]);
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

  it("fails for code that does not load, and says why", async () => {
    await assert.rejects(
      invoke("require('no-such-module')"),
      /the function does not start: .*MODULE_NOT_FOUND/s,
    );
  });
});
