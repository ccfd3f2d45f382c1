/** Tells addresses from other texts: what is an address here is one by the rule. The rule knows a few more. */

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

/** Bits of the bytes of which a class is true. */
// @ts-ignore: decorator
@inline
function has(classes: v128, shift: i32): u32 {
  return i8x16.bitmask(i64x2.shl(classes, shift)) as u32;
}

/** Four octets without leading zeros, and points between them. */
// @ts-ignore: decorator
@inline
function isIPv4(text: v128, length: i32): bool {
  // Classes of a point, a slash and the digits: point, digit, 0, 1, 2, up to 4, 5, up to 5.
  const table = i8x16(-128, 0, 0x65, 0x55, 0x4d, 0x45, 0x45, 0x43, 0x40, 0x40, 0x40, 0x40, 0, 0, 0, 0);
  const classes = i8x16.swizzle(table, i8x16.sub(text, i8x16.splat(0x2e)));
  const within: u32 = (1 << length) - 1;
  const points = has(classes, 0) & within;
  const digits = has(classes, 1) & within;
  const begins = (points << 1) | 1;
  const second = begins & (digits >>> 1);
  const third = second & (digits >>> 2);
  const below = (has(classes, 5) >>> 1) | ((has(classes, 6) >>> 1) & (has(classes, 7) >>> 2));
  const small = (has(classes, 3) | (has(classes, 4) & below)) & ~(digits >>> 3);
  const wrong = ((points | digits) ^ within) | (begins & ~digits) | (second & has(classes, 2)) | (third & ~small);
  return wrong == 0 && popcnt(points) == 3;
}

/** Eight groups of one to four hexadecimal digits, or fewer with one `::`. */
function isIPv6(at: usize, length: i32): bool {
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

/** Returns true if the text is an address. */
// @ts-ignore: decorator
@inline
export function isAddress(at: usize, text: v128, length: i32): bool {
  return (length < 16 && isIPv4(text, length)) || isIPv6(at, length);
}
