import type { Connection, End } from "./connection";
import { FIN, hasPorts, RST } from "./connection";

/** Packets that one end sent another in an aggregation window. */
export interface Piece {
  from: End;
  to: End;
  protocol: number;
  /** Number of the window since the epoch. */
  window: number;
  start: number;
  end: number;
  packets: number;
  bytes: number;
  flags: number;
}

const CLOSING = FIN | RST;

/** Returns the part of an amount that is sent up to a window. The first window has a part of it. */
const after = (amount: number, windows: number, n: number) => Math.ceil((amount * n) / windows);

/**
 * Yields the packets that an end sent, window by window. A capture has their sum only, which is spread evenly. SYN is in the first window in
 * which it sent, FIN and RST in the last.
 */
function* waysOf(
  { protocol, start, end }: Connection,
  from: End,
  to: End,
  seconds: number,
): Generator<Piece> {
  const [first, last] = [Math.floor(start / seconds), Math.floor(end / seconds)];
  const windows = last - first + 1;
  let sent = 0;
  for (let n = 0; n < windows && sent < from.packets; n++) {
    const until = after(from.packets, windows, n + 1);
    const packets = until - sent;
    if (packets === 0) continue;
    const bytes =
      Math.floor((from.bytes * until) / from.packets) - Math.floor((from.bytes * sent) / from.packets);
    const opens = sent === 0 ? from.flags & ~CLOSING : 0;
    sent = until;
    const closes = sent === from.packets ? from.flags & CLOSING : 0;
    const window = first + n;
    yield {
      ...{ from, to, protocol, window, packets, bytes, flags: opens | closes },
      start: Math.floor(Math.max(start, window * seconds)),
      end: Math.floor(Math.min(end, (window + 1) * seconds - 1)),
    };
  }
}

/** Both directions of a connection, window by window. */
export function* piecesOf(connection: Connection, seconds: number): Generator<Piece> {
  const { client, server } = connection;
  yield* waysOf(connection, client, server, seconds);
  yield* waysOf(connection, server, client, seconds);
}

const keyOf = ({ window, protocol, from, to }: Piece) =>
  hasPorts(protocol)
    ? `${window} ${protocol} ${from.address} ${from.port} ${to.address} ${to.port}`
    : `${window} ${protocol} ${from.address} ${to.address}`;

/** Maximum pieces that wait for others of their window. */
const MOST_WAITING = 100_000;

/**
 * Aggregates the packets of a window by addresses and ports, as an interface does. A late piece becomes a second line.
 */
export class Aggregation {
  private readonly waiting = new Map<string, Piece>();

  /** Adds a piece. Yields the oldest if too many wait. */
  *add(piece: Piece): Generator<Piece> {
    const key = keyOf(piece);
    const known = this.waiting.get(key);
    if (!known) this.waiting.set(key, piece);
    else {
      known.packets += piece.packets;
      known.bytes += piece.bytes;
      known.flags |= piece.flags;
      known.start = Math.min(known.start, piece.start);
      known.end = Math.max(known.end, piece.end);
    }
    if (this.waiting.size > MOST_WAITING) yield* this.take(MOST_WAITING / 2);
  }

  /** Yields all waiting pieces. */
  *rest(): Generator<Piece> {
    yield* this.take(this.waiting.size);
  }

  private *take(count: number): Generator<Piece> {
    let taken = 0;
    for (const [key, piece] of this.waiting) {
      if (taken++ === count) return;
      this.waiting.delete(key);
      yield piece;
    }
  }
}
