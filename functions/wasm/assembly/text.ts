/** Compares, copies and measures texts, 16 bytes at a time. */

/** Copies 16 bytes at a time, so up to 15 more than it should. */
// @ts-ignore: decorator
@inline
export function copy(to: usize, from: usize, length: usize): void {
  v128.store(to, v128.load(from));
  for (let i: usize = 16; i < length; i += 16) v128.store(to + i, v128.load(from + i));
}

/** Returns true if a text is as another in each byte, or above it by no more than its room: digits by 9 above zeros. */
// @ts-ignore: decorator
@inline
export function isAsIn(at: usize, text: usize, length: usize, room: usize): bool {
  let more = i8x16.splat(0);
  for (let i: usize = 0; i < length; i += 16) {
    const above = i8x16.sub(v128.load(at + i), v128.load(text + i));
    more = v128.or(more, i8x16.sub_sat_u(above, v128.load(room + i)));
  }
  return !v128.any_true(more);
}

/** Returns with how many bytes of a plain token a text of 16 begins: # to ~ without the backslash. */
// @ts-ignore: decorator
@inline
function plainOf(text: v128): usize {
  // One more than a byte of # to ~ is a positive number from $ on.
  const outside = i8x16.lt_s(i8x16.add(text, i8x16.splat(1)), i8x16.splat(0x24));
  const others = v128.or(outside, i8x16.eq(text, i8x16.splat(0x5c)));
  return ctz(i8x16.bitmask(others) | 0x10000) as usize;
}

/** Copies the rest of a plain token, whose first 16 bytes are copied already, and returns how long it is. */
// @ts-ignore: decorator
@inline
export function copyPlain(to: usize, from: usize, text: v128): usize {
  let length = plainOf(text);
  for (let count = length; count == 16; length += count) {
    const more = v128.load(from + length);
    v128.store(to + length, more);
    count = plainOf(more);
  }
  return length;
}

/** Returns with how many digits a text of 16 begins. */
// @ts-ignore: decorator
@inline
export function digitsOf(text: v128): usize {
  // A byte below 0 or above 9 sets the highest bit in one of the two.
  const others = v128.or(i8x16.sub(text, i8x16.splat(0x30)), i8x16.add(text, i8x16.splat(0x46)));
  return ctz(i8x16.bitmask(others) | 0x10000) as usize;
}

/**
 * Returns the first bytes of a text, at most 8, as one integer with the first byte at its high end. Of numbers in digits,
 * the larger one is the larger integer.
 */
// @ts-ignore: decorator
@inline
export function shortNumber(text: v128, length: usize): u64 {
  const turned = v128.shuffle<i8>(text, text, 7, 6, 5, 4, 3, 2, 1, 0, 8, 8, 8, 8, 8, 8, 8, 8);
  return (i64x2.extract_lane(turned, 0) as u64) >>> ((64 - (length << 3)) as u64);
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
