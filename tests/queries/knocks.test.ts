import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { load, open } from "../../bench/detections/measure";
import { type ParameterValue, savedQueries, tableOf } from "../../queries";
import { layoutFrom } from "../../schema/layout";

const LAYOUT = layoutFrom(["recommended"]);
const START = Date.UTC(2026, 0, 15, 12) / 1000;
const WINDOW = { from: START - 3600, to: START + 7200 };
const [SYN, ANSWER, RESET] = [2, 18, 4];

type Line = Record<string, string | number>;

describe("query: scans and answered calls", () => {
  const folder = mkdtempSync(join(tmpdir(), "knocks-"));
  let db: DuckDBConnection;
  before(async () => {
    db = await open();
  });
  after(() => {
    db.closeSync();
    rmSync(folder, { recursive: true });
  });

  const USUAL = { protocol: 6, action: "ACCEPT", start: START, end: START + 40, "log-status": "OK" };
  const seen = async (lines: Line[]) => {
    const texts = lines.map((line) => {
      const all: Line = { ...USUAL, "interface-id": "eni-1", ...line };
      const packet = { "pkt-srcaddr": all.srcaddr, "pkt-dstaddr": all.dstaddr };
      return LAYOUT.fields.map(({ name }) => ({ ...packet, ...all })[name] ?? "-").join(" ");
    });
    await load({ db, folder, again: 1_000_000 }, "flow_logs", texts);
  };
  const ask = async (name: string, values: Record<string, ParameterValue> = {}) => {
    const query = savedQueries(tableOf(LAYOUT)).find((each) => each.name === name) ?? assert.fail();
    return (await db.runAndReadAll(query.withValues({ ...WINDOW, ...values }))).getRowObjects();
  };

  /** A retransmitted SYN, as its interface logs it. */
  const knock = (n: number, packets: number, port = 23): Line => ({
    srcaddr: "10.0.0.5",
    dstaddr: `10.0.1.${n}`,
    srcport: 40_000 + n,
    dstport: port,
    packets,
    bytes: packets * 60,
    "tcp-flags": SYN,
    "flow-direction": "egress",
  });
  const answer = (n: number, flags: number, port = 23): Line => ({
    ...knock(n, 1, port),
    srcaddr: `10.0.1.${n}`,
    dstaddr: "10.0.0.5",
    srcport: port,
    dstport: 40_000 + n,
    "tcp-flags": flags,
    "flow-direction": "ingress",
  });
  const many = <T>(count: number, make: (n: number) => T) =>
    Array.from({ length: count }, (_, n) => make(n + 1));

  for (const packets of [1, 3, 5, 7])
    it(`shows a host that knocks at 50 addresses for telnet, with ${packets} packets each`, async () => {
      await seen(many(50, (n) => knock(n, packets)));
      const [row] = await ask("horizontal-scan");
      assert.deepEqual([Number(row.targets), Number(row.targets_that_answer)], [50, 0]);
    });

  it("shows it also if closed ports answer with RST", async () => {
    await seen(many(50, (n) => [knock(n, 1), answer(n, RESET)]).flat());
    assert.equal(Number((await ask("horizontal-scan"))[0].targets), 50);
  });

  it("does not show a client of many servers as a scan, though it sends few bytes", async () => {
    const lines = many(63, (n) => (n > 59 ? [knock(n, 3)] : [knock(n, 3), answer(n, ANSWER)])).flat();
    await seen(lines);
    assert.deepEqual(await ask("horizontal-scan"), []);
    const [row] = await ask("horizontal-scan", { targets: 4 });
    assert.deepEqual([Number(row.targets), Number(row.targets_that_answer)], [4, 59]);
  });

  it("shows many ports of one host, unless they answer", async () => {
    const ports = many(40, (n): Line => ({ ...knock(1, 5, 1000 + n), srcport: 40_000 + n }));
    await seen(ports);
    assert.equal(Number((await ask("vertical-scan"))[0].ports), 40);
    const answers = ports.map(
      (line): Line => ({ ...answer(1, ANSWER, Number(line.dstport)), dstport: line.srcport }),
    );
    await seen([...ports, ...answers]);
    assert.deepEqual(await ask("vertical-scan"), []);
  });

  it("does not show a scanner as a new talker", async () => {
    const past = { ...knock(9, 40, 443), bytes: 40_000, start: START - 86_400, end: START - 86_300 };
    const inside = (line: Line): Line[] => [
      line,
      { ...line, "interface-id": "eni-2", "flow-direction": "ingress" },
    ];
    await seen([past, knock(1, 7)].flatMap(inside));
    assert.deepEqual(await ask("new-talkers", { days: 7, late: 48 }), []);
    await seen([past, { ...knock(1, 20), bytes: 4000 }].flatMap(inside));
    assert.equal((await ask("new-talkers", { days: 7, late: 48 })).length, 1);
  });

  /** Calls to an address outside every 23 s, each repeated from its port 9 s later, in another window or not. */
  const unanswered = (calls: number, port: (n: number) => number) =>
    many(calls, (n) =>
      [0, 9].map((later) => ({
        ...knock(1, later === 0 ? 2 : 1, 1177),
        dstaddr: "203.0.113.9",
        srcport: port(n),
        start: START + n * 23 + later,
        end: START + n * 23 + later,
      })),
    ).flat();

  it("counts a SYN that is retransmitted from the same port as the same call home", async () => {
    await seen(unanswered(25, (n) => 40_000 + n));
    const [row] = await ask("beaconing");
    assert.deepEqual([Number(row.calls), row.seconds_between, row.spread], [25, 23, 0]);
    // From other ports they are calls of their own, in a less regular rhythm.
    await seen(unanswered(25, (n) => 40_000 + n).map((line, n) => ({ ...line, srcport: 40_000 + n })));
    const [other] = await ask("beaconing");
    assert.deepEqual([Number(other.calls), other.seconds_between], [50, 11.4]);
    assert.ok(Number(other.spread) > 0.2);
  });

  /** Connections to a port, each a login that fails. */
  const tries = (port: number) =>
    many(30, (n) => ({ ...knock(1, 15, port), srcport: 40_000 + n, bytes: 2000, "tcp-flags": 3 }));

  it("finds guessed passwords, logins, mining and plain text at the ports that a site names", async () => {
    await seen(tries(2222));
    assert.deepEqual(await ask("brute-force"), []);
    assert.equal((await ask("brute-force", { ports: "22, 2222" }))[0].dstport, 2222);
    assert.equal((await ask("plain-text-protocols", { ports: "2222" }))[0].dstport, 2222);
    await seen(tries(2222).map((line) => ({ ...line, srcaddr: "203.0.113.9", "flow-direction": "ingress" })));
    assert.deepEqual(await ask("remote-access-attempts"), []);
    assert.equal((await ask("remote-access-attempts", { ports: "2222" }))[0].dstport, 2222);
    await seen(tries(2222).map((line, n) => ({ ...line, dstaddr: "203.0.113.9", start: START + n })));
    assert.deepEqual(await ask("crypto-mining"), []);
    assert.equal((await ask("crypto-mining", { ports: "2222" }))[0].dstport, 2222);
  });
});
