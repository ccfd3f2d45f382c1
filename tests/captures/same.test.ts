import assert from "node:assert/strict";
import { join } from "node:path";
import { type Connection, type End, SYN_ACK } from "../../bench/detections/connection";
import { openCapture } from "../../bench/detections/forms";

/** One direction between two ports: packets, IP bytes and flags. */
type Ways = Record<string, [packets: number, bytes: number, flags: number]>;

const add = (ways: Ways, from: End, to: End) => {
  if (from.packets === 0) return;
  const key = `${from.address} ${from.port} > ${to.address} ${to.port}`;
  const [packets, bytes, flags] = ways[key] ?? [0, 0, 0];
  ways[key] = [packets + from.packets, bytes + from.bytes, flags | from.flags];
};

const waysOf = async (file: string): Promise<Ways> => {
  const ways: Ways = {};
  const { connections } = await openCapture(join(__dirname, "samples/same", file));
  const one = ({ client, server }: Connection) => {
    add(ways, client, server);
    add(ways, server, client);
  };
  for await (const connection of connections) one(connection);
  return ways;
};

/**
 * The same packets (15 TCP connections in IPv4 and IPv6, of which 5 are refused) as tshark 4.0.17, softflowd 1.1.0 with
 * nfdump 1.7.1, and Argus 3.0.8 wrote them on 2026-11-28.
 */
describe("captures: the same packets, written by different tools", () => {
  let packets: Ways;
  before(async () => {
    packets = await waysOf("tshark.csv");
    assert.equal(Object.keys(packets).length, 30);
  });

  for (const file of ["nfdump.csv", "nfdump.txt"])
    it(`are the same packets, bytes and flags in ${file} as in tshark's`, async () => {
      assert.deepEqual(await waysOf(file), packets);
    });

  it("are the same bytes and flags of Argus's, which counts packets of both ends together", async () => {
    const argus = await waysOf("argus.binetflow");
    assert.deepEqual(Object.keys(argus).sort(), Object.keys(packets).sort());
    for (const [way, [own, bytes, flags]] of Object.entries(packets)) {
      const [modelled, modelledBytes, modelledFlags] = argus[way];
      assert.equal(modelledFlags, flags, way);
      assert.ok(Math.abs(modelled - own) <= 1, way);
      assert.equal(modelledBytes, bytes + 14 * (own - modelled), way);
    }
  });

  it("have SYN and ACK in the answers of open ports, and RST in those of closed ports", () => {
    const answers = Object.entries(packets).filter(([way]) => / (8080|100\d) >/.test(way));
    for (const [way, [, , flags]] of answers)
      assert.equal(way.includes(" 8080 >") ? flags & SYN_ACK : flags, way.includes(" 8080 >") ? SYN_ACK : 4);
  });
});
