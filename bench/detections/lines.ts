import { isIPv6 } from "node:net";
import { layoutFrom } from "../../schema/layout";
import { hasPorts, TCP } from "./connection";
import type { Inside } from "./inside";
import type { Piece } from "./windows";

/** The fields of the lines: those that a stack has by default. */
export const LAYOUT = layoutFrom(["recommended"]);

type Direction = "egress" | "ingress";

const valuesOf = (
  piece: Piece,
  id: string,
  direction: Direction,
  inside: Inside,
): Record<string, string | number> => {
  const { from, to, protocol, packets, bytes, start, end, flags } = piece;
  const [source, target] = hasPorts(protocol) ? [from.port, to.port] : [0, 0];
  return {
    version: 5,
    "account-id": "123456789012",
    "interface-id": id,
    srcaddr: from.address,
    dstaddr: to.address,
    srcport: source,
    dstport: target,
    protocol,
    packets,
    bytes,
    start,
    end,
    // A capture does not show a firewall's decisions, so every line is ACCEPT.
    action: "ACCEPT",
    "log-status": "OK",
    ...(protocol === TCP ? { "tcp-flags": flags } : {}),
    type: isIPv6(from.address) ? "IPv6" : "IPv4",
    "pkt-srcaddr": from.address,
    "pkt-dstaddr": to.address,
    "flow-direction": direction,
    ...(direction === "egress" ? { "traffic-path": inside.has(to.address) ? 1 : 8 } : {}),
  };
};

/** Yields the lines of the sender's and the receiver's interface, if they are inside. */
export function* linesOf(piece: Piece, inside: Inside): Generator<string> {
  const line = (id: string, direction: Direction) => {
    const values = valuesOf(piece, id, direction, inside);
    return LAYOUT.fields.map(({ name }) => values[name] ?? "-").join(" ");
  };
  const [sender, receiver] = [piece.from, piece.to].map(({ address }) => inside.interfaceOf(address));
  if (sender !== undefined) yield line(sender, "egress");
  if (receiver !== undefined) yield line(receiver, "ingress");
}
