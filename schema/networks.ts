import { isIPv4, isIPv6 } from "node:net";
import { inspect } from "node:util";
import type { Problem } from "./problem";

/** Maps addresses to the names of networks. Plain data, small, captured by value in the Lambda archive. */
export interface PackedNetworks {
  names: string[];
  v4: PackedRanges;
  v6: PackedRanges;
}

/**
 * Ranges that follow one another, from address 0 to the last. Each member is a column in base64. Separate columns make the
 * archive's zip a quarter smaller.
 */
export interface PackedRanges {
  /**
   * One byte for each range. High four bits: how many leading bytes its first address shares with the range before. Low four
   * bits: how many bytes follow in `bytes`, minus one. All further bytes of the address are zero.
   */
  heads: string;
  bytes: string;
  /** For each range 0, or the index of its network's name plus one, as a varint: seven bits a byte, low ones first. */
  labels: string;
}

interface Block {
  bits: 32 | 128;
  first: bigint;
  length: number;
}

const show = (value: unknown) =>
  typeof value === "string"
    ? JSON.stringify(value.length > 100 ? `${value.slice(0, 100)}…` : value)
    : inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY });

const ipv4Value = (text: string) => text.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);

const ipv6Value = (text: string): bigint => {
  const [head, tail] = text.split("::").map((half) =>
    half.split(":").flatMap((group) => {
      if (group === "") return [];
      return group.includes(".") ? ipv4Value(group).toString(16).padStart(8, "0") : group.padStart(4, "0");
    }),
  );
  const end = (tail ?? []).join("");
  return BigInt(`0x${head.join("").padEnd(32 - end.length, "0")}${end}`);
};

const addressText = (value: bigint, bits: number): string => {
  const hex = value.toString(16).padStart(bits / 4, "0");
  if (bits === 32) return [0, 2, 4, 6].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(".");
  // A URL's host is an IPv6 address in its shortest form.
  return new URL(`http://[${hex.replace(/(.{4})(?!$)/g, "$1:")}]`).hostname.slice(1, -1);
};

/** An IPv4-mapped IPv6 block (::ffff:10.0.0.0/104) is the IPv4 block. */
const unmapped = (block: Block): Block =>
  block.bits === 128 && block.first >> 32n === 0xffffn
    ? { bits: 32, first: block.first & 0xffffffffn, length: block.length - 96 }
    : block;

/** Returns the block of a text, or the error for it. */
const blockOf = (text: unknown): Block | string => {
  const got = `; got ${show(text)}`;
  const [address, ...lengths] = typeof text === "string" ? text.split("/") : [""];
  const bits = isIPv4(address) ? 32 : 128;
  if (bits === 128 && !isIPv6(address))
    return `must be a CIDR block such as 10.0.0.0/16 or 2001:db8::/32${got}`;
  // A zone names an interface of one host, and means nothing elsewhere.
  if (address.includes("%")) return `must be without the zone after %${got}`;
  const digits = lengths.length > 0 ? lengths.join("/") : String(bits);
  const length = /^(?:0|[1-9]\d{0,2})$/.test(digits) ? Number(digits) : Number.NaN;
  if (!(length <= bits)) return `must have a prefix length from /0 to /${bits}${got}`;
  const value = bits === 32 ? ipv4Value(address) : ipv6Value(address);
  const hostBits = BigInt(bits - length);
  const first = (value >> hostBits) << hostBits;
  if (first === value) return unmapped({ bits, first, length });
  return `must have no bits set after its prefix${got}; did you mean ${addressText(first, bits)}/${length}?`;
};

/** Returns the block in its shortest form, such as 2001:db8::/32, or the error for the text. */
export const readBlock = (text: unknown): { block: string } | string => {
  const block = blockOf(text);
  return typeof block === "string"
    ? block
    : { block: `${addressText(block.first, block.bits)}/${block.length}` };
};

const nameProblems = (name: string): string[] => {
  const got = `; got ${show(name)}`;
  if (name.trim() === "") return [`must have a name, such as "prod"${got}`];
  // Names go into rows of JSON as they are.
  const isPlain = /^[ !#-[\]-~]*$/.test(name);
  return [
    ...(isPlain ? [] : [`must have a name of printable ASCII without " and \\, such as "prod"${got}`]),
    ...(name.length <= 64 ? [] : [`must have a name of at most 64 characters, not ${name.length}${got}`]),
  ];
};

const pathOf = (name: string) =>
  /^[A-Za-z_][\w-]*$/.test(name) ? `networks.${name}` : `networks[${show(name)}]`;

/** Returns all mistakes in the networks, each with its path, the value and a valid one. */
export const networkProblems = (networks: Record<string, string[]>): Problem[] => {
  const form = `{ prod: ["10.0.0.0/16"] }`;
  const problems: Problem[] = [];
  const add = (propertyPath: string, reason: string) => problems.push({ propertyPath, reason });
  const isRecord = typeof networks === "object" && networks !== null && !Array.isArray(networks);
  if (!isRecord)
    add("networks", `must be lists of CIDR blocks by name, such as ${form}; got ${show(networks)}`);
  const seen = new Map<string, { name: string; path: string }>();
  const check = (name: string, path: string, text: unknown) => {
    const block = blockOf(text);
    if (typeof block === "string") {
      add(path, block);
      return;
    }
    const key = `${block.bits} ${block.first}/${block.length}`;
    const other = seen.get(key) ?? { name, path };
    seen.set(key, other);
    if (other.name !== name) add(path, `must have one name, and is also ${other.path}; got ${show(text)}`);
  };
  for (const [name, texts] of isRecord ? Object.entries(networks) : []) {
    const path = pathOf(name);
    for (const reason of nameProblems(name)) add(path, reason);
    if (!Array.isArray(texts)) add(path, `must be a list of CIDR blocks, as in ${form}; got ${show(texts)}`);
    else for (const [i, text] of texts.entries()) check(name, `${path}[${i}]`, text);
  }
  return problems;
};

interface Range {
  first: bigint;
  label: number;
}

/** Turns nested blocks into consecutive ranges, each with the label of its longest prefix. */
const flattened = (blocks: (Block & { label: number })[], bits: number): Range[] => {
  const order = (a: Block, b: Block) =>
    a.first === b.first ? a.length - b.length : a.first < b.first ? -1 : 1;
  const sorted = blocks.filter((b) => b.bits === bits).sort(order);
  const ranges: Range[] = [];
  const begin = (first: bigint, label: number) => {
    if (ranges.at(-1)?.first === first) ranges.pop();
    if (ranges.at(-1)?.label !== label) ranges.push({ first, label });
  };
  let next = 0;
  const fill = (first: bigint, end: bigint, label: number) => {
    begin(first, label);
    while (next < sorted.length && sorted[next].first < end) {
      const inner = sorted[next++];
      const innerEnd = inner.first + (1n << BigInt(bits - inner.length));
      fill(inner.first, innerEnd, inner.label);
      begin(innerEnd, label);
    }
  };
  const end = 1n << BigInt(bits);
  fill(0n, end, 0);
  return ranges.filter(({ first }) => first < end);
};

const pack = (ranges: Range[], bits: number): PackedRanges => {
  const heads: number[] = [];
  const bytes: number[] = [];
  const labels: number[] = [];
  let before = Buffer.alloc(bits / 8, 255);
  for (const { first, label } of ranges) {
    const address = Buffer.from(first.toString(16).padStart(bits / 4, "0"), "hex");
    const from = address.findIndex((byte, i) => byte !== before[i]);
    const last = address.findLastIndex((byte, i) => byte !== 0 || i === 0);
    heads.push((from << 4) | (last - from));
    bytes.push(...address.subarray(from, last + 1));
    let rest = label;
    for (; rest > 127; rest >>>= 7) labels.push((rest & 127) | 128);
    labels.push(rest);
    before = address;
  }
  const text = (column: number[]) => Buffer.from(column).toString("base64");
  return { heads: text(heads), bytes: text(bytes), labels: text(labels) };
};

/** Packs networks in which {@link networkProblems} finds nothing. */
export const packNetworks = (networks: Record<string, string[]>): PackedNetworks => {
  const blocks = Object.values(networks).flatMap((texts, i) =>
    Array.from(new Set(texts), (text) => ({ ...(blockOf(text) as Block), label: i + 1 })),
  );
  const ranges = (bits: number) => pack(flattened(blocks, bits), bits);
  return { names: Object.keys(networks), v4: ranges(32), v6: ranges(128) };
};
