/** Compares, copies and scans texts, 16 bytes at a time. */

/** Copies 16 bytes at a time, so up to 15 more than it should. */
// @ts-ignore: decorator
@inline
export function copy(to: usize, from: usize, length: usize): void {
  v128.store(to, v128.load(from));
  for (let i: usize = 16; i < length; i += 16) v128.store(to + i, v128.load(from + i));
}

/** Bits of the bytes that are no part of a plain token: all but # to ~ without the backslash. */
// @ts-ignore: decorator
@inline
function ends16(at: usize): u64 {
  const text = v128.load(at);
  // One more than a byte of # to ~ is a positive number from $ on.
  const outside = i8x16.lt_s(i8x16.add(text, i8x16.splat(1)), i8x16.splat(0x24));
  return i8x16.bitmask(v128.or(outside, i8x16.eq(text, i8x16.splat(0x5c)))) as u64;
}

/** The same of 64 bytes. */
// @ts-ignore: decorator
@inline
export function ends64(at: usize): u64 {
  return ends16(at) | (ends16(at + 16) << 16) | (ends16(at + 32) << 32) | (ends16(at + 48) << 48);
}

/** Returns true if a token is a number as JSON writes it, within its type's range. */
// @ts-ignore: decorator
@inline
export function isNumber(token: v128, length: i32, most: i32): bool {
  const others = i8x16.gt_u(i8x16.sub(token, i8x16.splat(0x30)), i8x16.splat(9));
  if (ctz(i8x16.bitmask(others) | 0x10000) < length || length > most) return false;
  return length == 1 || i8x16.extract_lane_u(token, 0) != 0x30;
}
