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

/** Returns true if a token is a number as JSON writes it, and no larger than the numbers at `field` say. */
// @ts-ignore: decorator
@inline
export function isNumber(token: v128, length: i32, most: i32, field: usize): bool {
  const others = i8x16.gt_u(i8x16.sub(token, i8x16.splat(0x30)), i8x16.splat(9));
  if (ctz(i8x16.bitmask(others) | 0x10000) < length || length > most) return false;
  const digits = i64x2.extract_lane(i8x16.swizzle(token, v128.load(field, 16)), 0) as u64;
  if (length == most && digits > load<u64>(field, 32)) return false;
  return length == 1 || i8x16.extract_lane_u(token, 0) != 0x30;
}

/** Returns true if the number of ten digits at `a` is larger than the one at `b`. */
// @ts-ignore: decorator
@inline
export function isAfter(a: usize, b: usize): bool {
  const order = i8x16(7, 6, 5, 4, 3, 2, 1, 0, 9, 8, -1, -1, -1, -1, -1, -1);
  const first = i8x16.swizzle(v128.load(a), order);
  const second = i8x16.swizzle(v128.load(b), order);
  const high = i64x2.extract_lane(first, 0) as u64;
  const other = i64x2.extract_lane(second, 0) as u64;
  return high == other ? i64x2.extract_lane(first, 1) > i64x2.extract_lane(second, 1) : high > other;
}
