import { type Connection, type End, FIN, RST, SYN, SYN_ACK, TCP } from "./connection";
import { type Form, portIn, protocolIn } from "./form";
import type { Row } from "./row";

/** Bytes of an Ethernet header and of the smallest and the largest frame without its checksum: Argus counts frames. */
const [HEADER, SMALLEST, LARGEST] = [14, 42, 1514];

/** TCP flags for Argus's states of a whole connection, which UNSW-NB15 and BoT-IoT have instead of letters. */
const STATES: Record<string, [client: number, server: number]> = {
  REQ: [SYN, 0],
  ACC: [SYN, SYN_ACK],
  CON: [SYN, SYN_ACK],
  FIN: [SYN | FIN, SYN_ACK | FIN],
  CLO: [SYN | FIN, SYN_ACK | FIN],
  RST: [SYN, SYN_ACK | RST],
};

/** Flags of one end by the letters of its half of Argus's state, such as `FSPA`. */
const halfOf = (letters: string, isServer: boolean) =>
  (letters.includes("F") ? FIN : 0) |
  (letters.includes("R") ? RST : 0) |
  (letters.includes("S") ? (isServer ? SYN_ACK : SYN) : 0);

/** Flags of the source and of the target: `S_RA` is a SYN, and RST with ACK. */
const flagsOf = (row: Row, isReversed: boolean): [source: number, target: number] => {
  const state = (row.text("state") ?? "").toUpperCase();
  const known = STATES[state];
  if (known) return isReversed ? [known[1], known[0]] : known;
  const [source, target = ""] = state.split("_");
  return [halfOf(source, isReversed), halfOf(target, !isReversed)];
};

/** Estimates the source's packets if a capture has only the sum of both ends: half of it, as far as the sizes allow. */
const share = (total: number, sent: number, got: number): number => {
  if (got === 0) return total;
  if (sent === 0) return 0;
  const least = Math.max(Math.ceil(sent / LARGEST), total - Math.floor(got / SMALLEST), 1);
  const most = Math.min(Math.floor(sent / SMALLEST), total - Math.ceil(got / LARGEST), total - 1);
  return Math.max(1, Math.min(Math.max(Math.ceil(total / 2), least), Math.max(most, least)));
};

/** Packets and bytes of both ends. */
const amounts = (row: Row) => {
  const sent = row.amount("sentBytes");
  const got = row.has("gotBytes") ? row.amount("gotBytes", 0) : Math.max(0, row.amount("bytes") - sent);
  const known = row.has("sentPackets");
  const total = row.has("packets") ? row.amount("packets", 0) : 0;
  const packets = known ? row.amount("sentPackets", 0) : share(total, sent, got);
  const answers = row.has("gotPackets") ? row.amount("gotPackets", 0) : Math.max(0, total - packets);
  return { sent, got, packets, answers };
};

/**
 * True if the target opened the connection: the arrow points from it, or has no direction and the source has the lower
 * port.
 */
const isCalledBack = (row: Row, protocol: number): boolean => {
  const arrow = row.text("direction") ?? "->";
  if (arrow === "<?>") return portIn(row, "sourcePort", protocol) < portIn(row, "targetPort", protocol);
  return arrow.includes("<") && !arrow.includes(">");
};

/** Bytes of IP: frames less their headers. */
const ofIp = (bytes: number, packets: number) => Math.max(0, bytes - HEADER * packets);

type Sent = Pick<End, "packets" | "bytes" | "flags">;

const endOf = (row: Row, key: "source" | "target", protocol: number, sent: Sent): End | undefined => {
  const address = row.address(key);
  const bytes = ofIp(sent.bytes, sent.packets);
  return address === undefined
    ? undefined
    : { address, port: portIn(row, `${key}Port`, protocol), ...sent, bytes };
};

const timesOf = (row: Row): Pick<Connection, "start" | "end"> => {
  const start = row.time("start");
  return {
    start,
    end: row.has("end") ? Math.max(start, row.time("end")) : start + row.number("duration", 0),
  };
};

/** Argus's CSV: CTU-13's binetflow, UNSW-NB15 and BoT-IoT. */
export const ARGUS: Form = {
  name: "Argus",
  columns: {
    start: ["starttime", "stime"],
    end: ["lasttime", "ltime"],
    duration: ["dur", "duration"],
    protocol: ["proto"],
    source: ["srcaddr", "saddr", "srcip"],
    sourcePort: ["sport"],
    direction: ["dir"],
    target: ["dstaddr", "daddr", "dstip"],
    targetPort: ["dport", "dsport"],
    state: ["state"],
    packets: ["totpkts", "pkts"],
    bytes: ["totbytes", "bytes"],
    sentPackets: ["srcpkts", "spkts"],
    gotPackets: ["dstpkts", "dpkts"],
    sentBytes: ["srcbytes", "sbytes"],
    gotBytes: ["dstbytes", "dbytes"],
    label: ["label"],
    detail: ["attackcat", "category"],
  },
  needs: [
    ...["start", "protocol", "source", "sourcePort", "target", "targetPort", "state", "sentBytes"],
    ...[
      ["packets", "sentPackets"],
      ["bytes", "gotBytes"],
      ["end", "duration"],
    ],
  ],
  models: [
    "bytes without the 14 of each frame's header, which Argus counts",
    "packets of each end, where there is only their sum: half, as far as sizes of frames allow",
  ],
  read(row) {
    const protocol = protocolIn(row);
    if (protocol === undefined) return undefined;
    const isReversed = isCalledBack(row, protocol);
    const { sent, got, packets, answers } = amounts(row);
    const [mine, theirs] = protocol === TCP ? flagsOf(row, isReversed) : [0, 0];
    const source = endOf(row, "source", protocol, { packets, bytes: sent, flags: mine });
    const target = endOf(row, "target", protocol, { packets: answers, bytes: got, flags: theirs });
    if (!source || !target) return undefined;
    const label = row.text("detail") ?? row.text("label");
    const [client, server] = isReversed ? [target, source] : [source, target];
    return { protocol, ...timesOf(row), client, server, label };
  },
};
