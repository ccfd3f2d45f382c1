import { type End, FIN, RST, SYN, SYN_ACK, TCP } from "./connection";
import { type Form, portIn, protocolIn } from "./form";
import type { Row } from "./row";

/** Bytes of IPv4's header, and the least of TCP's and UDP's. */
const [IP_HEADER, LEAST_HEADER] = [20, 8];

/** Bytes and packets that an end sent. CICFlowMeter counts the payload, and the headers apart or not at all. */
const endOf = (row: Row, address: string, port: number, key: "sent" | "got", flags: number): End => {
  const packets = row.amount(`${key}Packets`, 0);
  // CIC-IDS2017 has negative header lengths, after an overflow of a counter.
  const counted = Number(row.text(`${key}Headers`) ?? 0);
  const headers = Math.max(counted, LEAST_HEADER * packets);
  return {
    address,
    port,
    packets,
    bytes: row.amount(`${key}Bytes`, 0) + headers + IP_HEADER * packets,
    flags,
  };
};

/** Estimates the flags of both ends. CICFlowMeter counts only some flags, and only for the whole connection. */
const flagsOf = (row: Row): [client: number, server: number] => {
  const closing = (row.number("fin", 0) > 0 ? FIN : 0) | (row.number("rst", 0) > 0 ? RST : 0);
  const [sent, got] = [row.amount("sentPackets", 0), row.amount("gotPackets", 0)];
  // In a served connection the client sends at least two packets: its SYN, and its ACK or RST.
  if (sent === 1 && got === 1 && row.amount("gotBytes", 0) === 0) return [SYN, RST];
  return [SYN | closing, got > 0 ? SYN_ACK | closing : 0];
};

/** CICFlowMeter's CSV, of pcap: CIC-IDS2017 with its addresses, and what the tool writes today. */
export const CICFLOWMETER: Form = {
  name: "CICFlowMeter",
  columns: {
    source: ["srcip", "sourceip"],
    sourcePort: ["srcport", "sourceport"],
    target: ["dstip", "destinationip"],
    targetPort: ["dstport", "destinationport"],
    protocol: ["protocol"],
    start: ["timestamp"],
    microseconds: ["flowduration"],
    sentPackets: ["totfwdpkts", "totalfwdpackets", "totalfwdpacket"],
    gotPackets: ["totbwdpkts", "totalbwdpackets", "totalbackwardpackets"],
    sentBytes: ["totlenfwdpkts", "totallengthoffwdpackets", "totallengthoffwdpacket"],
    gotBytes: ["totlenbwdpkts", "totallengthofbwdpackets", "totallengthofbwdpacket"],
    sentHeaders: ["fwdheaderlen", "fwdheaderlength"],
    gotHeaders: ["bwdheaderlen", "bwdheaderlength"],
    fin: ["finflagcnt", "finflagcount"],
    rst: ["rstflagcnt", "rstflagcount"],
    label: ["label"],
  },
  needs: [
    ...["source", "sourcePort", "target", "targetPort", "protocol", "start", "microseconds"],
    ...["sentPackets", "gotPackets", "sentBytes", "gotBytes"],
  ],
  models: [
    "bytes with 20 for each packet's IP header, since CICFlowMeter counts payload and the header of TCP or UDP",
    "flags by the packets of each end: one of either, without payload, is a call that was refused",
  ],
  read(row) {
    const protocol = protocolIn(row);
    const [from, to] = [row.address("source"), row.address("target")];
    // CICFlowMeter writes protocol 0 for everything except TCP, UDP and known ICMP.
    if (!protocol || from === undefined || to === undefined) return undefined;
    const [sent, got] = protocol === TCP ? flagsOf(row) : [0, 0];
    const start = row.time("start");
    // A few flows of CIC-IDS2017 have a negative duration.
    const lasted = Math.max(0, Number(row.text("microseconds") ?? 0)) / 1e6;
    return {
      protocol,
      start,
      end: start + (Number.isFinite(lasted) ? lasted : 0),
      client: endOf(row, from, portIn(row, "sourcePort", protocol), "sent", sent),
      server: endOf(row, to, portIn(row, "targetPort", protocol), "got", got),
      label: row.text("label"),
    };
  },
};
