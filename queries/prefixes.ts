import { isIPv4, isIPv6 } from "node:net";

/**
 * Regular expressions for the texts of addresses in CIDR blocks, since the engines' SQL has no common function for
 * addresses.
 */

/** A range of values of one part of an address. */
interface Part {
  first: number;
  count: number;
}

/** Returns the parts that a block fixes, completely or as a range: octets of IPv4, groups of 16 bits of IPv6. */
const partsOf = (values: number[], length: number, bits: number): Part[] =>
  values.slice(0, Math.ceil(length / bits)).map((value, n) => {
    const free = Math.max(0, (n + 1) * bits - length);
    return { first: (value >> free) << free, count: 1 << free };
  });

/** Returns a pattern for any one of these patterns. */
const anyOf = (texts: string[]) => (texts.length === 1 ? texts[0] : `(${texts.join("|")})`);

const octets = ({ first, count }: Part) => Array.from({ length: count }, (_, n) => String(first + n));

const ipv4 = (address: string, length: number): string => {
  const parts = partsOf(address.split(".").map(Number), length, 8);
  const rest = Array.from({ length: 4 - parts.length }, () => "[0-9]+");
  return [...parts.map((part) => anyOf(octets(part))), ...rest].join("[.]");
};

/** Returns the eight groups of an IPv6 address. */
const groupsOf = (address: string): number[] => {
  const [head, tail = ""] = address.split("::");
  const numbers = (half: string) =>
    half.split(":").flatMap((group) => (group ? [Number.parseInt(group, 16)] : []));
  const [first, last] = [numbers(head), numbers(tail)];
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
};

/** Returns a pattern for an aligned range of hexadecimal numbers: fixed digits, one partly fixed digit, and free ones. */
const digits = ({ first, count }: Part): string => {
  const bits = Math.log2(count);
  const free = Math.floor(bits / 4);
  const text = first.toString(16).slice(0, free > 0 ? -free : undefined);
  const last = Number.parseInt(text.slice(-1), 16);
  const some = Array.from({ length: 1 << (bits % 4) }, (_, n) => (last + n).toString(16)).join("");
  return `${text.slice(0, -1)}${some.length > 1 ? `[${some}]` : some}${"[0-9a-f]".repeat(free)}`;
};

/** Returns a pattern for a group without leading zeros. A range from 0 needs one pattern for each number of bits. */
const groups = ({ first, count }: Part): string => {
  if (first > 0 || count === 1) return digits({ first, count });
  const powers = Array.from({ length: Math.log2(count) }, (_, n) => digits({ first: 1 << n, count: 1 << n }));
  return anyOf(["0", ...powers]);
};

const ANY = "[0-9a-f]{1,4}";

/** Returns a pattern for at most so many groups after `::`. */
const upTo = (count: number) => (count === 0 ? "" : `(${ANY}(:${ANY}){0,${count - 1}})?`);

/** Returns a pattern for each spelling of a block's groups: in full, or with `::` in place of zeros. */
const ipv6 = (address: string, length: number): string => {
  const parts = partsOf(groupsOf(address), length, 16);
  if (parts.length === 0) return "[0-9a-f:]+";
  const rest = 8 - parts.length;
  const text = (list: Part[]) => list.map(groups).join(":");
  const isZero = ({ first }: Part) => first === 0;
  const ways = [[text(parts), ...(rest > 0 ? [`(:${ANY}){${rest}}`] : [])].join("")];
  // Here `::` replaces groups after those of the block.
  if (rest > 0) ways.push(`${text(parts)}::${upTo(rest - 1)}`);
  if (rest > 1) ways.push(`${text(parts)}(:${ANY}){1,${rest - 1}}::${upTo(rest - 2)}`);
  for (let from = 0; from < parts.length; from++) {
    for (let to = from + 1; to <= parts.length && parts.slice(from, to).every(isZero); to++) {
      const after = parts.slice(to);
      const before = text(parts.slice(0, from));
      if (after.length > 0) ways.push(`${before}::${text(after)}${rest > 0 ? `(:${ANY}){${rest}}` : ""}`);
      else ways.push(`${before}::${upTo(rest)}`);
    }
  }
  return anyOf(ways);
};

/**
 * Returns the regular expression, without anchors, for the addresses in a block.
 * @throws Error if the text is no CIDR block.
 */
export const addressesOf = (block: string): string => {
  const [address, size, ...more] = block.split("/");
  const bits = isIPv4(address) ? 32 : isIPv6(address) && !/[.%]/.test(address) ? 128 : 0;
  const length = /^\d{1,3}$/.test(size ?? "") ? Number(size) : Number.NaN;
  if (bits === 0 || more.length > 0 || !(length <= bits))
    throw new Error(`"${block}" is no CIDR block, such as 10.0.0.0/16 or 2600:1f18::/56`);
  return bits === 32 ? ipv4(address, length) : ipv6(address.toLowerCase(), length);
};

/** Splits a list of blocks at commas. */
export const blocksOf = (list: string): string[] => list.split(",").flatMap((block) => block.trim() || []);
