/** Tells addresses from other texts: what is an address here is one by the rule. The rule knows a few more. */

/** Classes of bytes from a point on, if they are the first, second and third of three: 16 bytes each. */
export let classes: usize = 0;
/** A byte for each way in which 16 bits can be set: 1 if bits stand where the points and the end of an IPv4 address may. */
export let points: usize = 0;

/** Bits of the bytes that are the same. */
// @ts-ignore: decorator
@inline
function same(text: v128, byte: i8): u32 {
  return i8x16.bitmask(i8x16.eq(text, i8x16.splat(byte))) as u32;
}

/** Bits of the bytes that are no more than `most` above `least`. */
// @ts-ignore: decorator
@inline
function among(text: v128, least: i8, most: i8): u32 {
  return i8x16.bitmask(i8x16.le_u(i8x16.sub(text, i8x16.splat(least)), i8x16.splat(most))) as u32;
}

/** The bytes that follow those of a text: by one, and by two. */
// @ts-ignore: decorator
@inline
function next(text: v128): v128 {
  return v128.shuffle<i8>(text, i8x16.splat(0), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
}

// @ts-ignore: decorator
@inline
function afterNext(text: v128): v128 {
  return v128.shuffle<i8>(text, i8x16.splat(0), 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17);
}

/**
 * Four octets without leading zeros, and points between them.
 *
 * Three bytes in a row are wrong where their classes have a bit in common: a point, a zero and a digit (bit 7), or a number
 * above 255, which is 256 to 259 (bit 0), 260 to 299 (bit 1) or 300 to 999 (bit 2).
 */
// @ts-ignore: decorator
@inline
function isIPv4(text: v128, first: i32, length: i32): bool {
  // Each table begins with the classes of a point and a slash, and goes on with those of the digits.
  const places = i8x16.sub(text, i8x16.splat(0x2e));
  const one = i8x16.swizzle(v128.load(classes), places);
  const two = i8x16.swizzle(v128.load(classes, 16), places);
  const three = i8x16.swizzle(v128.load(classes, 32), places);
  const right = i8x16.eq(v128.and(one, v128.and(next(two), afterNext(three))), i8x16.splat(0));
  // Only a point has the highest bit in the first table, and only digits have it in the third.
  const known: u32 = i8x16.bitmask(v128.and(v128.or(one, three), right));
  const end: u32 = 1 << length;
  const within: u32 = end - 1;
  const ends: u32 = (i8x16.bitmask(one) & within) | end;
  return (known & within) == within && load<u8>(points + ends) != 0 && (first != 0x30 || (ends & 2) != 0);
}

/** Eight groups of one to four hexadecimal digits, or fewer with one `::`. */
export function isIPv6(at: usize, length: i32): bool {
  if (length > 39) return false;
  let colons: u64 = 0;
  let digits: u64 = 0;
  for (let i = 0; i < length; i += 16) {
    const text = v128.load(at + i);
    const letters = among(v128.or(text, i8x16.splat(0x20)), 0x61, 5);
    colons |= (same(text, 0x3a) as u64) << i;
    digits |= ((among(text, 0x30, 9) | letters) as u64) << i;
  }
  const within: u64 = ((1 as u64) << length) - 1;
  colons &= within;
  digits &= within;
  const gaps = colons & (colons >>> 1);
  const last = (1 as u64) << (length - 1);
  const five = digits & (digits >>> 1) & (digits >>> 2) & (digits >>> 3) & (digits >>> 4);
  // A colon at an end is one of two.
  const ends = (colons & 1 & ~gaps) | (colons & last & ~(gaps << 1));
  if (((colons | digits) ^ within) != 0 || five != 0 || ends != 0) return false;
  const count = popcnt(colons);
  return gaps == 0 ? count == 7 : popcnt(gaps) == 1 && count <= 7;
}

/** Returns true if the text that begins with `first` is an address. */
// @ts-ignore: decorator
@inline
export function isAddress(at: usize, text: v128, first: i32, length: i32): bool {
  return (length < 16 && isIPv4(text, first, length)) || isIPv6(at, length);
}
