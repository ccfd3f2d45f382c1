import { type Connection, FIN, RST, SYN, SYN_ACK, TCP, UDP } from "./connection";
import { type Form, portIn } from "./form";
import type { Row } from "./row";

/** Returns the first of several values joined by commas, which tshark prints for a packet inside another. */
const first = (text: string | undefined) => text?.split(",")[0];

const flagsOf = (row: Row): number => {
  const bits = Number(first(row.text("flags")) ?? 0);
  if (Number.isNaN(bits)) throw row.wrong("flags", "number, such as 0x0012");
  const syn = bits & 2 ? (bits & 16 ? SYN_ACK : SYN) : 0;
  return syn | (bits & 1 ? FIN : 0) | (bits & 4 ? RST : 0);
};

/** Bytes of IP: the packet's length, or that of IPv6's payload and its header. */
const bytesOf = (row: Row) =>
  row.text("length") === undefined ? row.amount("payload", 0) + 40 : row.amount("length");

const protocolIn = (row: Row): number => {
  if (row.text("tcpSource") !== undefined) return TCP;
  if (row.text("udpSource") !== undefined) return UDP;
  return row.text("protocol") === undefined ? row.number("next", 59) : row.number("protocol");
};

/** Packets, each on a line, as `tshark -T fields -E header=y -E separator=, -E occurrence=f` writes them. */
export const PACKETS: Form = {
  name: "packets, tshark's CSV",
  columns: {
    start: ["frametimeepoch"],
    source: ["ipsrc"],
    target: ["ipdst"],
    source6: ["ipv6src"],
    target6: ["ipv6dst"],
    protocol: ["ipproto"],
    next: ["ipv6nxt"],
    length: ["iplen"],
    payload: ["ipv6plen"],
    tcpSource: ["tcpsrcport"],
    tcpTarget: ["tcpdstport"],
    udpSource: ["udpsrcport"],
    udpTarget: ["udpdstport"],
    flags: ["tcpflags"],
  },
  needs: [
    "start",
    "source",
    "target",
    "protocol",
    "length",
    "tcpSource",
    "tcpTarget",
    "udpSource",
    "udpTarget",
    "flags",
  ],
  models: [],
  read(row): Connection | undefined {
    const [from, to] = [
      row.address("source") ?? row.address("source6"),
      row.address("target") ?? row.address("target6"),
    ];
    if (from === undefined || to === undefined) return undefined;
    const protocol = protocolIn(row);
    const port = (which: "Source" | "Target") =>
      portIn(row, `${protocol === TCP ? "tcp" : "udp"}${which}`, protocol);
    const start = row.time("start");
    const flags = protocol === TCP ? flagsOf(row) : 0;
    return {
      protocol,
      start,
      end: start,
      client: { address: from, port: port("Source"), packets: 1, bytes: bytesOf(row), flags },
      server: { address: to, port: port("Target"), packets: 0, bytes: 0, flags: 0 },
    };
  },
};
