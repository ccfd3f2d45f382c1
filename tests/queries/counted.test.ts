import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { load, open } from "../../bench/detections/measure";
import { CONVERSATION_KINDS, type Conversation, createRandom } from "../../local/traffic/conversations";
import * as shop from "../../local/traffic/network";
import { type Flow, renderer, sightings, type Way } from "../../local/traffic/sightings";
import { type ParameterValue, savedQueries, tableOf } from "../../queries";
import { type Layout, layoutFrom } from "../../schema/layout";

const START = Date.UTC(2026, 0, 15, 12) / 1000;
const WINDOW = { from: START - 3600, to: START + 7200 };

/** A window of a conversation: the true packets, before interfaces log them. */
interface Heard {
  talk: Conversation;
  ways: Way[];
  start: number;
}

const heard = (
  count: number,
  seed: number,
  open: (random: ReturnType<typeof createRandom>) => Conversation,
) => {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, n): Heard => {
    const way = (forward: boolean): Way => {
      const packets = 5 + random.below(50);
      return { forward, packets, bytes: packets * (100 + random.below(900)), flags: forward ? 2 : 18 };
    };
    return { talk: open(random), ways: [way(true), way(false)], start: START + (n % 50) * 60 };
  });
};

/** True for packets from outside to a NAT gateway itself, which it drops. */
const isForNobody = ({ talk: { legs } }: Heard) =>
  !legs[0].beyond && shop.NAT_GATEWAYS.some(({ address }) => address === legs[0].server.address);

const ordinary = (seed: number) =>
  heard(1500, seed, (random) => random.pick(CONVERSATION_KINDS).open(random)).filter(
    (each) => !isForNobody(each),
  );

/** Sender and receiver of the packets of a direction. */
const endsOf = ({ legs }: Conversation, { forward }: Way) => {
  const [client, server] = [legs[0].client, legs[0].beyond ?? legs[0].server];
  return forward ? [client, server] : [server, client];
};

/** Returns the conversations' bytes by a key. */
const sumsBy = (
  all: Heard[],
  keyOf: (talk: Heard, way: Way) => string | string[],
): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const each of all)
    for (const way of each.ways)
      for (const key of [keyOf(each, way)].flat()) sums[key] = (sums[key] ?? 0) + way.bytes;
  return sums;
};

const isInside = ({ address }: shop.Peer) =>
  address.startsWith("10.") || address.startsWith("2001:db8:1234:1a");
const networkOf = (peer: shop.Peer) => (isInside(peer) ? "vpc" : "internet");

describe("query: each packet counts once", () => {
  const folder = mkdtempSync(join(tmpdir(), "counted-"));
  let db: DuckDBConnection;
  before(async () => {
    db = await open();
  });
  after(() => {
    db.closeSync();
    rmSync(folder, { recursive: true });
  });

  /** Makes the table of the interfaces' lines about these conversations. */
  const logged = async (all: Heard[], layout: Layout) => {
    const render = renderer(layout);
    const flows = all.flatMap(({ talk, ways, start }): Flow[] => sightings(talk, ways, start, start + 30));
    await load({ db, folder, again: 1_000_000 }, "flow_logs", flows.map(render), layout);
    // `load` gives the first row twice.
    await db.run("CREATE OR REPLACE TABLE flow_logs AS SELECT DISTINCT * FROM flow_logs");
    for (const [label, address] of [
      ["src_network", "srcaddr"],
      ["dst_network", "dstaddr"],
    ])
      await db.run(`ALTER TABLE flow_logs ADD COLUMN ${label} VARCHAR;
        UPDATE flow_logs SET ${label} = CASE WHEN regexp_matches(${address}, '^(10[.]|2001:db8:1234:1a)') THEN 'vpc' ELSE 'internet' END`);
  };

  /** Returns a query's bytes by a key. */
  const answered = async (
    name: string,
    layout: Layout,
    keys: string[],
    values: Record<string, ParameterValue> = {},
  ): Promise<Record<string, number>> => {
    const query = savedQueries(tableOf(layout)).find((each) => each.name === name) ?? assert.fail();
    const reader = await db.runAndReadAll(query.withValues({ ...WINDOW, rows: 1_000_000, ...values }));
    return Object.fromEntries(
      reader.getRowObjects().map((row) => [keys.map((key) => String(row[key])).join(" "), Number(row.bytes)]),
    );
  };

  const layouts: Record<string, Layout> = {
    recommended: layoutFrom(["recommended"]),
    all: layoutFrom(["all"]),
    "default (no flow_direction)": layoutFrom(["default"]),
  };
  for (const [name, layout] of Object.entries(layouts)) {
    const isPlain = name.startsWith("default");

    describe(name, () => {
      let all: Heard[];
      before(async () => {
        // Without pkt_srcaddr and pkt_dstaddr, a NAT gateway's lines are not recognizable.
        all = ordinary(7).filter(({ talk }) => !isPlain || talk.legs.length === 1);
        await logged(all, layout);
      });
      const accepted = () => all.filter(({ talk }) => talk.action === "ACCEPT");

      it("by protocol, port and minute, like the conversations", async () => {
        assert.deepEqual(
          await answered(
            "traffic-by-protocol",
            layout,
            ["protocol"],
            isPlain ? {} : { inside: "2001:db8:1234:1a00::/56" },
          ),
          sumsBy(
            all.filter(({ talk }) => talk.reason !== "BPA"),
            ({ talk }) => String(talk.protocol),
          ),
        );
        assert.deepEqual(
          await answered("traffic-by-port", layout, ["port", "protocol"]),
          sumsBy(
            accepted().filter(({ talk }) => [6, 17].includes(talk.protocol)),
            ({ talk }) => `${talk.port} ${talk.protocol}`,
          ),
        );
        const minutes = await answered("traffic-per-minute", layout, ["minute"]);
        assert.deepEqual(
          Object.values(minutes).sort(),
          Object.values(
            sumsBy(
              all.filter(({ talk }) => talk.reason !== "BPA"),
              ({ start }) => String(start),
            ),
          ).sort(),
        );
      });

      it("by sender and by pair, with a NAT gateway's forwarded packets apart", async () => {
        const counted = all.filter(({ talk }) => talk.reason !== "BPA");
        const gatewayOf = ({ talk }: Heard) => (talk.legs.length > 1 ? [talk.legs[1].client.address] : []);
        assert.deepEqual(
          await answered("top-talkers", layout, ["srcaddr"]),
          sumsBy(counted, (each, way) => [endsOf(each.talk, way)[0].address, ...gatewayOf(each)]),
        );
        assert.deepEqual(
          await answered("top-pairs", layout, ["srcaddr", "dstaddr"]),
          sumsBy(counted, (each, way) => {
            const [from, to] = endsOf(each.talk, way).map(({ address }) => address);
            return [`${from} ${to}`, ...gatewayOf(each).map((nat) => `${nat} ${to}`)];
          }),
        );
      });

      it("between networks, by plain-text pair and out to the internet", async () => {
        assert.deepEqual(
          await answered("traffic-between-networks", layout, ["source", "destination"]),
          sumsBy(
            all.filter(({ talk }) => talk.reason !== "BPA"),
            ({ talk }, way) => endsOf(talk, way).map(networkOf).join(" "),
          ),
        );
        const outside = await answered("outside-allowed-pairs", layout, [
          "src_network",
          "dst_network",
          "dstport",
        ]);
        assert.equal(
          outside["internet vpc 443"],
          sumsBy(
            accepted(),
            ({ talk }, way) => `${endsOf(talk, way).map(networkOf).join(" ")} ${way.forward && talk.port}`,
          )["internet vpc 443"],
        );
        assert.deepEqual(
          await answered("plain-text-protocols", layout, ["srcaddr", "dstaddr", "dstport"], { ports: "80" }),
          Object.fromEntries(
            Object.entries(
              sumsBy(
                accepted().filter(({ talk }) => talk.port === 80),
                ({ talk }, way) => {
                  const [from, to] = endsOf(talk, way);
                  return way.forward ? `${from.address} ${to.address} 80` : "";
                },
              ),
            ).filter(([key]) => key !== ""),
          ),
        );
        const egress = await answered("internet-egress", layout, ["dstaddr"], {
          inside: "2001:db8:1234:1a00::/56",
        });
        assert.ok(Object.keys(egress).length > 50);
        const sent = sumsBy(accepted(), ({ talk }, way) => {
          const [from, to] = endsOf(talk, way);
          return isInside(from) && !isInside(to) ? to.address : "";
        });
        const byPort = await answered("internet-egress", layout, ["dstaddr", "dstport"], {
          inside: "2001:db8:1234:1a00::/56",
        });
        assert.equal(
          Object.values(byPort).reduce((sum, bytes) => sum + bytes, 0),
          Object.entries(sent).reduce((sum, [key, bytes]) => sum + (key === "" ? 0 : bytes), 0),
        );
      });
    });
  }
});
