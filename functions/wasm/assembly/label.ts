/** Finds an address's network: the lookup of `functions/networks.ts` again, for IPv4. */

/**
 * The tables of IPv4 as `makeNetworks` makes them, but for the names: for each range the place of its name, or zero.
 */
export let pages: usize = 0;
export let blocks: usize = 0;
export let begins: usize = 0;
export let names: usize = 0;

/** The lookup for every other text, in JavaScript. */
declare function lookup(from: usize, to: usize): usize;

/** The octet whose digits end before `end`, of which there are one to three. */
// @ts-ignore: decorator
@inline
function octet(end: usize, length: usize): u32 {
  const digits = load<u32>(end - 4) & ((-1 << (32 - ((length as i32) << 3))) & 0x0f0f0f0f);
  return (digits >>> 24) + ((digits >>> 16) & 15) * 10 + ((digits >>> 8) & 15) * 100;
}

function find(high: u32, third: u32, last: u32): usize {
  const block = load<u32>(pages + ((high as usize) << 2)) + third;
  const leaf = load<u32>(blocks + ((block as usize) << 2));
  const from = (leaf >>> 9) as usize;
  const length = (leaf & 511) as i32;
  // Ranges follow one another: the last that begins at or before the address has it.
  let range = -1;
  for (let i = 0; i < length; i += 16) {
    const found = i8x16.le_u(v128.load(begins + from + i), i8x16.splat(last as i8));
    const most = length - i;
    range += popcnt(i8x16.bitmask(found) & (most < 16 ? (1 << most) - 1 : 0xffff));
  }
  return load<usize>(names + ((from + range) << 2));
}

/** The place of the name of the address's network, its length in a byte before it; zero if it is in none. */
export function labelOf(at: usize, length: usize): usize {
  if (length < 2) return 0;
  const text = v128.load(at);
  const within: u32 = length < 16 ? (1 << (length as i32)) - 1 : 0xffff;
  const points = (i8x16.bitmask(i8x16.eq(text, i8x16.splat(0x2e))) as u32) & within;
  const others = i8x16.bitmask(i8x16.gt_u(i8x16.sub(text, i8x16.splat(0x30)), i8x16.splat(9))) as u32;
  const zeros = i8x16.bitmask(i8x16.eq(text, i8x16.splat(0x30))) as u32;
  const digits = ~others & within;
  // Where octets begin there is a digit, which is no zero if another follows it; and no four follow one another.
  const begins = (points << 1) | 1;
  const four = digits & (digits >>> 1) & (digits >>> 2) & (digits >>> 3);
  const wrong = ((points | digits) ^ within) | (begins & ~digits) | four | (begins & zeros & (digits >>> 1));
  if (length > 15 || wrong != 0 || popcnt(points) != 3) return lookup(at, at + length);
  const first = ctz(points) as usize;
  const second = ctz(points & (points - 1)) as usize;
  const third = (31 - clz(points)) as usize;
  const a = octet(at + first, first);
  const b = octet(at + second, second - first - 1);
  const c = octet(at + third, third - second - 1);
  const d = octet(at + length, length - third - 1);
  if (max(max(a, b), max(c, d)) > 255) return 0;
  return find((a << 8) | b, c, d);
}
