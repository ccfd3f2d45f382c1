import assert from "node:assert/strict";
import fc from "fast-check";
import { type Connection, FIN, RST, SYN } from "../../bench/detections/connection";
import { Aggregation, type Piece, piecesOf } from "../../bench/detections/windows";

const START = 1_768_478_400;

const connection = (seconds: number, packets: number, bytes: number, flags = SYN | FIN): Connection => ({
  ...{ protocol: 6, start: START, end: START + seconds },
  client: { address: "10.1.0.5", port: 40_001, packets, bytes, flags },
  server: { address: "203.0.113.7", port: 443, packets: 0, bytes: 0, flags: 0 },
});
const sum = (pieces: Piece[], of: (piece: Piece) => number) =>
  pieces.reduce((all, piece) => all + of(piece), 0);
const aggregated = (pieces: Iterable<Piece>) => {
  const aggregation = new Aggregation();
  const early = [...pieces].flatMap((piece) => [...aggregation.add(piece)]);
  return [...early, ...aggregation.rest()];
};

describe("captures: a connection in windows", () => {
  it("keeps its packets and bytes, in separate windows within its time, whatever its size", () => {
    const [seconds, amount, window] = [
      fc.integer({ min: 0, max: 5000 }),
      fc.integer({ min: 1, max: 100_000 }),
      fc.constantFrom(60, 600),
    ];
    fc.assert(
      fc.property(seconds, amount, amount, window, (length, packets, bytes, wide) => {
        const pieces = [...piecesOf(connection(length, packets, bytes), wide)];
        assert.equal(
          sum(pieces, (piece) => piece.packets),
          packets,
        );
        assert.equal(
          sum(pieces, (piece) => piece.bytes),
          bytes,
        );
        assert.equal(new Set(pieces.map((piece) => piece.window)).size, pieces.length);
        for (const piece of pieces) {
          assert.ok(piece.packets > 0 && piece.start <= piece.end);
          assert.ok(piece.start >= START && piece.end <= START + length);
          assert.equal(Math.floor(piece.start / wide), Math.floor(piece.end / wide));
        }
      }),
    );
  });

  it("spreads them evenly, with SYN in the first and FIN and RST in the last", () => {
    const pieces = [...piecesOf(connection(179, 10, 1000, SYN | FIN | RST), 60)];
    assert.deepEqual(
      pieces.map(({ packets, bytes, flags, start, end }) => [
        packets,
        bytes,
        flags,
        start - START,
        end - START,
      ]),
      [
        [4, 400, SYN, 0, 59],
        [3, 300, 0, 60, 119],
        [3, 300, FIN | RST, 120, 179],
      ],
    );
  });

  it("has no window for an end that sent nothing, and no window without a packet", () => {
    const pieces = [...piecesOf(connection(600, 2, 120), 60)];
    assert.deepEqual(
      pieces.map(({ packets, start }) => [packets, start - START]),
      [
        [1, 0],
        [1, 300],
      ],
    );
  });

  it("is added to the packets of the same ports in the same window, and to no others", () => {
    const same = [...piecesOf(connection(10, 3, 300), 60), ...piecesOf(connection(20, 2, 100, RST), 60)];
    const other = { ...connection(10, 1, 50) };
    other.client = { ...other.client, port: 40_002 };
    const lines = aggregated([...same, ...piecesOf(other, 60)]);
    assert.deepEqual(
      lines.map(({ packets, bytes, flags }) => [packets, bytes, flags]),
      [
        [5, 400, SYN | FIN | RST],
        [1, 50, SYN | FIN],
      ],
    );
  });

  it("holds no more than 100,000 of 130,000 flows at once, and loses none", () => {
    const aggregation = new Aggregation();
    let given = 0;
    for (let n = 0; n < 130_000; n++) {
      const one = connection(0, 1, 60);
      one.client.address = `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
      for (const piece of piecesOf(one, 60)) given += [...aggregation.add(piece)].length;
      assert.ok(n + 1 - given <= 100_000);
    }
    assert.equal(given + [...aggregation.rest()].length, 130_000);
  });
});
