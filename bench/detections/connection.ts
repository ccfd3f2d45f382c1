/** A connection of a capture, in the terms of flow logs. */

/** One end of a connection, with its bytes and packets. */
export interface End {
  address: string;
  port: number;
  packets: number;
  /** Bytes of the IP packets. */
  bytes: number;
  /** As in `tcp_flags`: FIN 1, SYN 2, RST 4, SYN with ACK 18. */
  flags: number;
}

export interface Connection {
  /** IANA's number. */
  protocol: number;
  /** Epoch seconds, with fractions, of the first and of the last packet. */
  start: number;
  end: number;
  /** The end that opened the connection, if the capture shows it. */
  client: End;
  server: End;
  /** Label of the capture's makers, if they call it an attack. */
  label?: string;
}

export const [FIN, SYN, RST, SYN_ACK] = [1, 2, 4, 18];
export const [ICMP, TCP, UDP, ICMPV6] = [1, 6, 17, 58];

const PROTOCOLS: Record<string, number> = {
  icmp: ICMP,
  igmp: 2,
  ipip: 4,
  tcp: TCP,
  udp: UDP,
  dccp: 33,
  "ipv6-in-ipv4": 41,
  ipv6: 41,
  gre: 47,
  esp: 50,
  ah: 51,
  icmp6: ICMPV6,
  icmpv6: ICMPV6,
  "ipv6-icmp": ICMPV6,
  ospf: 89,
  pim: 103,
  sctp: 132,
};

/** Returns an IP protocol's number, by number or name; undefined for others, such as ARP, which flow logs do not have. */
export const protocolOf = (name: string): number | undefined => {
  const known = name.trim().toLowerCase();
  return /^\d{1,3}$/.test(known) && Number(known) < 256 ? Number(known) : PROTOCOLS[known];
};

/** Flow logs have no ports for other protocols. */
export const hasPorts = (protocol: number) => protocol === TCP || protocol === UDP || protocol === 132;
