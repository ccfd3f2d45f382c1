import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Batch } from "../../local/replay";
import { Replay, WAITING_BYTES } from "../../local/replay";
import { DEFAULT_LAYOUT, parseFormat } from "../../schema/layout";

const NOW = Date.UTC(2026, 0, 1, 12, 30);
const line = (end: number | string) =>
  `2 123456789010 eni-1 10.0.0.1 10.0.0.2 1 2 6 1 40 ${Number(end) - 10 || "-"} ${end} ACCEPT OK`;
const at = (text: string) => Date.parse(text) / 1000;
const all = (texts: string[], layout = DEFAULT_LAYOUT): Batch[] => {
  const replay = new Replay(NOW);
  return [...texts.flatMap((text) => replay.add({ text, layout })), ...replay.rest()];
};
const hours = (batches: Batch[]) => batches.map((b) => [b.hour.toISOString().slice(0, 13), b.events.length]);

describe("local: replay", () => {
  it("lets a line arrive in the hour in which its window ends, in any order", () => {
    const texts = ["2024-05-01T10:59:59Z", "2024-05-01T11:00:00Z", "2024-05-01T10:00:00Z"].map((t) =>
      line(at(t)),
    );
    assert.deepEqual(hours(all(texts)), [
      ["2024-05-01T10", 2],
      ["2024-05-01T11", 1],
    ]);
  });

  it("lets a line without a time arrive with the one before it", () => {
    assert.deepEqual(hours(all([line(at("2024-05-01T10:00:00Z")), "odd", line("-"), line("99999999999")])), [
      ["2024-05-01T10", 4],
    ]);
  });

  it("lets lines without any time arrive now", () => {
    assert.deepEqual(hours(all(["odd"])), [["2026-01-01T12", 1]]);
    assert.deepEqual(hours(all(["10.0.0.1 1732244410"], parseFormat("srcaddr bytes"))), [
      ["2026-01-01T12", 1],
    ]);
  });

  it("prefers the time of an export, and uses start if there is no end", () => {
    const replay = new Replay(NOW);
    replay.add({
      text: line(at("2024-05-01T10:00:00Z")),
      layout: DEFAULT_LAYOUT,
      time: Date.UTC(2025, 0, 1),
    });
    replay.add({ text: `10.0.0.1 ${at("2023-01-01T00:00:00Z")}`, layout: parseFormat("srcaddr start") });
    assert.deepEqual(hours(replay.rest()), [
      ["2023-01-01T00", 1],
      ["2025-01-01T00", 1],
    ]);
  });

  it("keeps lines of different formats apart", () => {
    const replay = new Replay(NOW);
    replay.add({ text: "1", layout: parseFormat("srcaddr") });
    replay.add({ text: "1", layout: parseFormat("dstaddr") });
    assert.equal(replay.rest().length, 2);
  });

  it("makes a batch of at most 10,000 events and 1 MiB, and loses none", () => {
    const short = all(Array(25_000).fill("odd"));
    assert.deepEqual(
      short.map((b) => b.events.length),
      [10_000, 10_000, 5_000],
    );
    const long = all(Array(50).fill("x".repeat(100_000)));
    assert.deepEqual(
      long.map((b) => b.events.length),
      [10, 10, 10, 10, 10],
    );
    const huge = all(["x".repeat(2_000_000), "y"]);
    assert.deepEqual(
      huge.map((b) => b.events.length),
      [1, 1],
    );
  });

  it("fills a batch to its last byte, with 26 bytes for each event beside its text", () => {
    const sizes = (...bytes: number[]) =>
      all(bytes.map((n) => "x".repeat(n - 26))).map(({ events }) => events.length);
    assert.deepEqual(sizes(1024 * 1024 - 100, 100), [2]);
    assert.deepEqual(sizes(1024 * 1024 - 100, 101), [1, 1]);
  });

  it("holds no more lines than its limit, over any number of hours", () => {
    const replay = new Replay(NOW);
    const from = at("2024-05-01T00:00:00Z");
    const long = "x".repeat(10_000);
    let waiting = 0;
    let most = 0;
    for (let n = 0; n < 8000; n++) {
      const text = `${line(from + n * 3600)} ${long}`;
      waiting += text.length;
      for (const { events } of replay.add({ text, layout: DEFAULT_LAYOUT }))
        waiting -= events.reduce((sum, { message }) => sum + message.length, 0);
      most = Math.max(most, waiting);
    }
    assert.ok(most > WAITING_BYTES / 2 && most <= WAITING_BYTES, `${most} bytes waited`);
  });

  it("sends the largest batch beyond its limit, and keeps the batch that the line belongs to", () => {
    const replay = new Replay(NOW);
    const hour = (n: number) => line(at("2024-05-01T00:00:00Z") + n * 3600);
    const add = (n: number, bytes: number) =>
      replay.add({ text: `${hour(n)} ${"x".repeat(bytes)}`, layout: DEFAULT_LAYOUT });
    const nearlyFull = 900_000;
    for (let n = 0; n < 9; n++) assert.deepEqual(add(n, n === 3 ? nearlyFull + 50_000 : nearlyFull), []);
    assert.deepEqual(hours(add(3, 10)), []);
    const [sent, ...more] = hours(add(9, 990_000));
    assert.deepEqual([sent, more], [["2024-05-01T03", 2], []]);
  });

  it("does not keep a chunk of a file in memory for a waiting line", () => {
    setFlagsFromString("--expose-gc");
    const collect: () => void = runInNewContext("gc");
    const replay = new Replay(NOW);
    const pieces = 100;
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let n = 0; n < pieces; n++) {
      const piece = `${line(at("2024-05-01T00:00:00Z") + n * 3600)}\n${"x".repeat(1_000_000)}`.toLowerCase();
      replay.add({ text: piece.slice(0, piece.indexOf("\n")), layout: DEFAULT_LAYOUT });
    }
    collect();
    const kept = process.memoryUsage().heapUsed - before;
    assert.ok(kept < 10_000_000, `${kept} bytes are kept for ${replay.rest().length} lines`);
  });
});
