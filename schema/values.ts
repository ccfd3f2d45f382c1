import type { FieldType } from "./fields";

/** Valid values of a field. A line with another value stays whole in `unparsed`. */
export interface Values {
  /** The largest number, in digits; nothing for a text. */
  most?: string;
  /** True if the text must be an IPv4 or IPv6 address. */
  isAddress?: true;
}

const BY_TYPE: Record<FieldType, Values> = {
  int: { most: "2147483647" },
  bigint: { most: "9223372036854775807" },
  string: {},
};

const PORT: Values = { most: "65535" };
const OCTET: Values = { most: "255" };
/** Largest epoch second, in the year 2286: every time in milliseconds is larger. */
const SECONDS: Values = { most: "9999999999" };
const ADDRESS: Values = { isAddress: true };

/** Fields with fewer values than their type has. */
const BY_NAME: Record<string, Values> = {
  version: OCTET,
  srcaddr: ADDRESS,
  dstaddr: ADDRESS,
  srcport: PORT,
  dstport: PORT,
  protocol: OCTET,
  start: SECONDS,
  end: SECONDS,
  "tcp-flags": OCTET,
  "pkt-srcaddr": ADDRESS,
  "pkt-dstaddr": ADDRESS,
  "traffic-path": OCTET,
  "encryption-status": OCTET,
};

/** Seconds by which `end` may be before `start`: each may lag the packet by 60. */
export const MOST_LAG = 60;

/** Returns the valid values of a field. */
export const valuesOf = ({ name, type }: { name: string; type: FieldType }): Values =>
  BY_NAME[name] ?? BY_TYPE[type];
