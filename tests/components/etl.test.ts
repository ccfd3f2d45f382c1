import assert from "node:assert/strict";
import { type Program, runProgram } from "../../local/program";
import { archiveOf, child, graph } from "./graph";

describe("the function", () => {
  let dev: Program;

  before(async () => {
    dev = await graph("dev");
  });

  it("has exactly this runtime, memory, timeout, role, key, log group and environment", () => {
    const { code, ...inputs } = child(dev, "flows-etl").inputs;
    assert.match(inputs.name, /^flows-etl-[0-9a-f]{7}$/);
    assert.deepEqual(inputs, {
      name: inputs.name,
      description: "VPC flow logs: CloudWatch Logs subscription to Firehose",
      handler: "__index.handler",
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      memorySize: 512,
      timeout: 60,
      role: child(dev, "flows-etl-role").state.arn,
      kmsKeyArn: child(dev, "flows-key").state.arn,
      environment: { variables: { DELIVERY_STREAM_NAME: child(dev, "flows-stream").state.name } },
      loggingConfig: { logFormat: "JSON", logGroup: child(dev, "flows-etl-logs").state.name },
    });
  });

  it("tries a failed event twice more within six hours, then keeps it in the lake's bucket", () => {
    assert.deepEqual(child(dev, "flows-etl-failures").inputs, {
      functionName: child(dev, "flows-etl").state.name,
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: 21_600,
      destinationConfig: { onFailure: { destination: child(dev, "flows-lake").state.arn } },
    });
  });

  describe("as it is uploaded", () => {
    let archive: Record<string, string>;

    before(async () => {
      archive = await archiveOf(child(dev, "flows-etl").inputs);
    });

    it("is one file, __index.js, of less than 80 kB", () => {
      assert.deepEqual(Object.keys(archive), ["__index.js"]);
      const bytes = Buffer.byteLength(archive["__index.js"]);
      assert.ok(bytes > 1_000 && bytes < 80_000, `${bytes} bytes`);
    });

    it("is the same, byte for byte, when the program runs again", async () => {
      const again = await runProgram("dev");
      assert.notEqual(again, dev);
      assert.deepEqual(await archiveOf(child(again, "flows-etl").inputs), archive);
    });

    it("differs for another format", async () => {
      const other = await graph("dev", { fields: ["dstaddr", "srcaddr"] });
      assert.notDeepEqual(await archiveOf(child(other, "flows-etl").inputs), archive);
    });

    it("has no trace of the machine that packed it", () => {
      for (const path of [process.cwd(), "node_modules", "file://"]) {
        assert.equal(archive["__index.js"].includes(path), false, path);
      }
    });

    it("requires only Node.js and the Firehose client of Lambda's runtime", () => {
      const required = archive["__index.js"].matchAll(/\brequire\(([^)]*)\)/g);
      assert.deepEqual(
        new Set(Array.from(required, ([, what]) => what)),
        new Set([
          '"node:buffer"',
          '"node:crypto"',
          '"node:timers/promises"',
          '"node:zlib"',
          '"@aws-sdk/client-firehose"',
        ]),
      );
    });
  });
});
