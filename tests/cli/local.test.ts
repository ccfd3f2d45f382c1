import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { LocalAthena } from "../../local/athena";
import { BIN, flowlogs, workFolder } from "./flowlogs";

const LINE =
  "2 123456789010 eni-0a1b2c3d4e5f60718 10.0.1.5 10.0.0.220 39812 443 6 11 8341 1732244410 1732244469 ACCEPT OK";

describe("flowlogs local", () => {
  const dir = workFolder();
  const DIRECT = ["-c", "ingestion=DIRECT", "-c", "fields=default"];

  it("prints its address for clients, takes their lines, and has written them into the lake when it ends", async () => {
    const args = ["local", ...DIRECT, "--port", "0", "--lake", "lines", "--json"];
    const child = spawn(process.execPath, [BIN, ...args], { cwd: dir });
    const said = createInterface(child.stdout)[Symbol.asyncIterator]();
    const { endpoint, region, streams } = JSON.parse((await said.next()).value);
    assert.equal(region, "us-east-1");
    const empty = await LocalAthena.open(join(dir, "lines"));
    assert.deepEqual((await empty.ask("SELECT count(*) FROM flow_logs")).rows, [[0n]]);
    empty.close();
    const answer = await fetch(endpoint, {
      method: "POST",
      headers: { "x-amz-target": "Firehose_20150804.PutRecord" },
      body: JSON.stringify({ DeliveryStreamName: streams[0].name, Record: { Data: btoa(`${LINE}\nodd\n`) } }),
    });
    assert.equal(answer.status, 200);
    const ended = once(child, "exit");
    child.kill("SIGINT");
    const figures = JSON.parse((await said.next()).value);
    assert.deepEqual(await ended, [0, null]);
    assert.deepEqual([figures.lines, figures.rows, figures.unparsed, figures.records], [2, 2, 1, 1]);
    const athena = await LocalAthena.open(join(dir, "lines"));
    const { rows } = await athena.ask("SELECT srcaddr, unparsed FROM flow_logs ORDER BY ALL");
    athena.close();
    assert.deepEqual(rows, [
      ["10.0.1.5", null],
      [null, "odd"],
    ]);
  });

  it("ends with 2 for a stack whose stream takes no lines, and names the ingestion that does", async () => {
    const { code, stderr } = await flowlogs(dir, ["local", "--port", "0", "--lake", "none"]);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^flowlogs: flows-stream-\w+ takes the rows .* flowlogs local -c ingestion=DIRECT\n$/,
    );
  });

  it("ends with 1 and a sentence for a port that is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    const { code, stderr } = await flowlogs(dir, [
      "local",
      ...DIRECT,
      "--port",
      String(port),
      "--lake",
      "taken",
    ]);
    other.close();
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^flowlogs: cannot listen on port \d+: something else listens there; choose another/,
    );
  });
});
