import { isIPv6 } from "node:net";
import { type End, FIN, ICMP, ICMPV6, RST, SYN, SYN_ACK, TCP } from "./connection";
import { type Form, portIn, protocolIn } from "./form";
import type { Row } from "./row";

/** The flags that each letter of Zeek's history stands for: capital if the client sent them, small if the server did. */
const LETTERS: Record<string, number> = { s: SYN, h: SYN_ACK, f: FIN, r: RST };

/** Flags by the connection's state, where there is no history: the client's, and the server's. */
const STATES: Record<string, [client: number, server: number]> = {
  S0: [SYN, 0],
  S1: [SYN, SYN_ACK],
  SF: [SYN | FIN, SYN_ACK | FIN],
  REJ: [SYN, RST],
  S2: [SYN | FIN, SYN_ACK],
  S3: [SYN, SYN_ACK | FIN],
  RSTO: [SYN | RST, SYN_ACK],
  RSTR: [SYN, SYN_ACK | RST],
  RSTOS0: [SYN | RST, 0],
  RSTRH: [0, SYN_ACK | RST],
  SH: [SYN | FIN, 0],
  SHR: [0, SYN_ACK | FIN],
  OTH: [0, 0],
};

const flagsOf = (row: Row): [client: number, server: number] => {
  const history = row.text("history");
  if (history === undefined) return STATES[row.text("state") ?? "OTH"] ?? STATES.OTH;
  const sides: [number, number] = [0, 0];
  for (const letter of history) {
    const flag = LETTERS[letter.toLowerCase()];
    if (flag !== undefined) sides[letter === letter.toLowerCase() ? 1 : 0] |= flag;
  }
  return sides;
};

/** Zeek's conn.log: tab-separated, JSON, labelled (IoT-23, netflowlabeler), and ToN-IoT's CSV. */
export const ZEEK: Form = {
  name: "Zeek conn.log",
  columns: {
    start: ["ts"],
    duration: ["duration"],
    protocol: ["proto"],
    source: ["idorigh", "srcip"],
    sourcePort: ["idorigp", "srcport"],
    target: ["idresph", "dstip"],
    targetPort: ["idrespp", "dstport"],
    state: ["connstate"],
    history: ["history"],
    sentPackets: ["origpkts", "srcpkts"],
    sentBytes: ["origipbytes", "srcipbytes"],
    gotPackets: ["resppkts", "dstpkts"],
    gotBytes: ["respipbytes", "dstipbytes"],
    detail: ["detailedlabel", "type"],
    label: ["label"],
  },
  needs: [
    ...["start", "protocol", "source", "sourcePort", "target", "targetPort", "state"],
    ...["sentPackets", "sentBytes", "gotPackets", "gotBytes"],
  ],
  models: ["flags of each end by Zeek's history, or else its conn_state"],
  read(row) {
    const protocol = protocolIn(row);
    const [from, to] = [row.address("source"), row.address("target")];
    if (protocol === undefined || from === undefined || to === undefined) return undefined;
    const start = row.time("start");
    const [sent, got] = protocol === TCP ? flagsOf(row) : [0, 0];
    const end = (address: string, port: string, key: string, flags: number): End => ({
      address,
      port: portIn(row, port, protocol),
      packets: row.amount(`${key}Packets`, 0),
      bytes: row.amount(`${key}Bytes`, 0),
      flags,
    });
    return {
      // Zeek has one name for both.
      protocol: protocol === ICMP && isIPv6(from) ? ICMPV6 : protocol,
      start,
      end: start + row.number("duration", 0),
      client: end(from, "sourcePort", "sent", sent),
      server: end(to, "targetPort", "got", got),
      label: labelOf(row),
    };
  },
};

/** Returns the most specific label; `Malicious` if there is no other. */
const labelOf = (row: Row) => {
  const label = row.text("label");
  return label === "0" || /^benign$/i.test(label ?? "") ? undefined : (row.text("detail") ?? label);
};
