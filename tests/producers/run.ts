import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalAthena } from "../../local/athena";
import { MissingTool } from "../python";
import { Report } from "../trino/report";
import { Local } from "./local";
import { NOT_HAD, PRODUCERS, type Producer } from "./producers";

// Runs real AWS clients that put lines into the stack on this machine, as docs/producers.md says.

/** In milliseconds. */
const TIMEOUT = 120_000;

/** The network interface that the lines of a producer name. */
const markOf = (producer: Producer) => `eni-${PRODUCERS.indexOf(producer)}`;

const linesOf = (producer: Producer) =>
  Array.from(
    { length: producer.lines },
    (_, n) =>
      `2 123456789010 ${markOf(producer)} 10.0.1.5 10.0.${n >> 8}.${n & 255} 39812 443 6 11 8341 1732244410 1732244469 ACCEPT OK\n`,
  ).join("");

type Started = ReturnType<Producer["prepare"]>;

const produce = (producer: Producer, { command, args }: Started, local: Local, folder: string) => {
  const env = { ...process.env, ...local.settings };
  const input = linesOf(producer);
  const run = { cwd: folder, env, input, timeout: TIMEOUT, encoding: "utf8" } as const;
  const { status, stderr, error } = spawnSync(command, args, run);
  assert.equal(status, 0, `${error ?? ""}${(stderr ?? "").trim().split("\n").slice(-5).join("\n")}`);
  return `${producer.lines} lines`;
};

/** Each line once, with each of its values; a client that lost an answer would send some again. */
const arrived = async (athena: LocalAthena, producer: Producer) => {
  const { rows } = await athena.ask(
    `SELECT count(*), count(DISTINCT dstaddr), count(unparsed), sum(bytes) FROM flow_logs WHERE interface_id = '${markOf(producer)}'`,
  );
  const { lines } = producer;
  assert.deepEqual(rows[0].map(Number), [lines, lines, 0, lines * 8341]);
  return `${lines} rows`;
};

/** Runs the available producers one after another, and names the missing ones. */
const produceAll = async (local: Local, folder: string, report: Report): Promise<Producer[]> => {
  const begun: Producer[] = [];
  for (const producer of PRODUCERS) {
    const place = join(folder, markOf(producer));
    mkdirSync(place);
    try {
      const started = producer.prepare({ folder: place, stream: local.stream, log: console.log });
      await report.claim(`${producer.name} puts its lines`, async () =>
        produce(producer, started, local, place),
      );
      begun.push(producer);
    } catch (error) {
      if (!(error instanceof MissingTool)) throw error;
      console.log(`passed over  ${producer.name}: ${error.message}`);
    }
  }
  for (const [name, reason] of Object.entries(NOT_HAD)) console.log(`passed over  ${name}: ${reason}`);
  return begun;
};

const main = async () => {
  const began = performance.now();
  const folder = mkdtempSync(join(tmpdir(), "flowlogs-producers-"));
  const lake = join(folder, "lake");
  const report = new Report();
  const local = await Local.start(lake);
  const begun = await produceAll(local, folder, report);
  await local.stop();
  const athena = await LocalAthena.open(lake);
  for (const producer of begun)
    await report.claim(`${producer.name}: each line is a row`, () => arrived(athena, producer));
  athena.close();
  console.log(`${report.summary}; ${((performance.now() - began) / 1000).toFixed(0)} s`);
  if (!report.failed) return rmSync(folder, { recursive: true });
  console.error(`the lake is in ${lake}`);
  process.exitCode = 1;
};

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
