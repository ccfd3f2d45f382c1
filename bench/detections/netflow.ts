import { type Connection, type End, FIN, RST, SYN, SYN_ACK, TCP } from "./connection";
import { type Form, portIn, protocolIn } from "./form";
import type { Row } from "./row";

/**
 * Flags of a flow by their letters, or by their number. A flow with SYN and ACK comes from the answering end if that
 * has the lower port.
 */
const flagsOf = (row: Row, isLower: boolean) => {
  const text = row.text("flags") ?? "";
  const bits = /^(0x[0-9a-f]+|\d+)$/i.test(text) ? Number(text) : undefined;
  const has = (letter: string, bit: number) =>
    bits === undefined ? text.includes(letter) : (bits & bit) > 0;
  const syn = has("S", 2) ? (has("A", 16) && isLower ? SYN_ACK : SYN) : 0;
  return syn | (has("F", 1) ? FIN : 0) | (has("R", 4) ? RST : 0);
};

/** A flow is one direction; both, if nfdump merged them. */
const flowOf = (row: Row, source: string, target: string, protocol: number): Connection => {
  const [from, to] = [portIn(row, "sourcePort", protocol), portIn(row, "targetPort", protocol)];
  const start = row.time("start");
  const answers = row.amount("gotPackets", 0);
  const flags = (isLower: boolean) => (protocol === TCP ? flagsOf(row, isLower) : 0);
  const end = (address: string, of: number, key: string, isLower: boolean): End => ({
    address,
    port: of,
    packets: row.amount(`${key}Packets`, 0),
    bytes: row.amount(`${key}Bytes`, 0),
    flags: flags(isLower),
  });
  return {
    protocol,
    start,
    end: row.has("end") ? Math.max(start, row.time("end")) : start + row.number("duration", 0),
    client: end(source, from, "sent", from < to),
    server:
      answers > 0
        ? end(target, to, "got", to < from)
        : { address: target, port: to, packets: 0, bytes: 0, flags: 0 },
    label: row.text("label"),
  };
};

/** NetFlow in nfdump's CSV: `nfdump -r FILE -o csv`, of 1.6 and 1.7. */
export const NETFLOW: Form = {
  name: "NetFlow, nfdump's CSV",
  columns: {
    start: ["ts", "firstseen", "datefirstseen"],
    end: ["te", "lastseen"],
    duration: ["td", "duration"],
    source: ["sa", "srcaddr", "srcipaddr"],
    target: ["da", "dstaddr", "dstipaddr"],
    sourcePort: ["sp", "srcport", "srcpt"],
    targetPort: ["dp", "dstport", "dstpt"],
    protocol: ["pr", "proto"],
    flags: ["flg", "flags"],
    sentPackets: ["ipkt", "packets"],
    sentBytes: ["ibyt", "bytes"],
    gotPackets: ["opkt"],
    gotBytes: ["obyt"],
    label: ["label"],
  },
  needs: [
    ...[
      "start",
      "source",
      "target",
      "sourcePort",
      "targetPort",
      "protocol",
      "flags",
      "sentPackets",
      "sentBytes",
    ],
    ["end", "duration"],
  ],
  models: ["of a flow with SYN and ACK: its sender answers if it has the lower port, and calls if not"],
  read(row) {
    const protocol = protocolIn(row);
    const [from, to] = [row.address("source"), row.address("target")];
    return protocol === undefined || from === undefined || to === undefined
      ? undefined
      : flowOf(row, from, to, protocol);
  },
};
