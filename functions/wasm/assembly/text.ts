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

/** Returns true if a token of `length` bytes is digits. */
// @ts-ignore: decorator
@inline
export function isDigits(token: v128, length: i32): bool {
  // A byte below 0 or above 9 sets the highest bit in one of the two.
  const others = v128.or(i8x16.sub(token, i8x16.splat(0x30)), i8x16.add(token, i8x16.splat(0x46)));
  return ctz(i8x16.bitmask(others) | 0x10000) >= length;
}

/** Returns true if a number of up to 16 digits is no larger than another. */
export function isUpTo(at: usize, length: i32, most: u64): bool {
  if (length > 16) return false;
  let number: u64 = 0;
  for (let i = 0; i < length; i++) number = number * 10 + (load<u8>(at + i) & 15);
  return number <= most;
}

/** Returns true if the number of ten digits at `a` is larger than the one at `b`. */
// @ts-ignore: decorator
@inline
export function isAfter(a: usize, b: usize): bool {
  const one = v128.load(a);
  const other = v128.load(b);
  const above = i8x16.bitmask(i8x16.gt_s(one, other));
  const below = i8x16.bitmask(i8x16.gt_s(other, one));
  // The first digit that differs decides.
  return (above & (below - 1) & 0x3ff) != 0;
}
