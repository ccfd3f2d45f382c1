/** Words for the two ends of a flow, with the first letters of the field that has each. */
const ENDS: Record<string, string> = {
  s: "src",
  src: "src",
  source: "src",
  from: "src",
  client: "src",
  d: "dst",
  dst: "dst",
  dest: "dst",
  destination: "dst",
  to: "dst",
  server: "dst",
};
/** Words for what an end has. */
const PARTS: Record<string, string> = {
  ip: "addr",
  ipv4: "addr",
  ipv6: "addr",
  ipaddr: "addr",
  ipaddress: "addr",
  addr: "addr",
  address: "addr",
  host: "addr",
  port: "port",
  portnumber: "port",
};
const ENDED = new RegExp(`^(${Object.keys(ENDS).join("|")})(${Object.keys(PARTS).join("|")})$`);
const BEGUN = /^(ip|addr|address|port)(src|dst|source|dest|destination)$/;

/** Other words that programs have for fields. */
const WORDS: Record<string, string> = {
  proto: "protocol",
  ipproto: "protocol",
  ipprotocol: "protocol",
  protocolnumber: "protocol",
  bytecount: "bytes",
  totalbytes: "bytes",
  octets: "bytes",
  packetcount: "packets",
  totalpackets: "packets",
  pkts: "packets",
  eni: "interface-id",
  eniid: "interface-id",
  networkinterfaceid: "interface-id",
  awsaccountid: "account-id",
  owner: "account-id",
  tcpflag: "tcp-flags",
};

/** Returns the field that a name of other programs means, in any spelling: `src_ip`, `Destination Port`, `saddr`, `proto`. */
export const foreignFieldOf = (name: string): string | undefined => {
  const letters = name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  const [, part, end] = BEGUN.exec(letters) ?? [];
  const [, first = end, second = part] = ENDED.exec(letters) ?? [];
  return first && second ? ENDS[first] + PARTS[second] : WORDS[letters];
};
