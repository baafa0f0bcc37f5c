// Labels, bytes: 0 elsewhere, 1 cleft, 2 unknown.

/** target = 1 where a label is 1, mask = 1 where it is not 2. */
export function split(
  labels: usize,
  target: usize,
  mask: usize,
  n: i32,
): void {
  const one = i8x16.splat(1), unknown = i8x16.splat(2);
  let i = 0;
  for (; i + 16 <= n; i += 16) {
    const v = v128.load(labels + i);
    v128.store(target + i, v128.and(i8x16.eq(v, one), one));
    v128.store(mask + i, v128.and(i8x16.ne(v, unknown), one));
  }
  for (; i < n; i++) {
    const v = load<u8>(labels + i);
    store<u8>(target + i, v === 1 ? 1 : 0);
    store<u8>(mask + i, v !== 2 ? 1 : 0);
  }
}

/** to = 1 where both are, for bytes 0 and 1. */
export function both(a: usize, b: usize, to: usize, n: i32): void {
  let i = 0;
  for (; i + 16 <= n; i += 16) {
    v128.store(to + i, v128.and(v128.load(a + i), v128.load(b + i)));
  }
  for (; i < n; i++) store<u8>(to + i, load<u8>(a + i) & load<u8>(b + i));
}

/** The sum of bytes. */
export function total(from: usize, n: i32): i32 {
  let sums = i32x4.splat(0), i = 0;
  for (; i + 16 <= n; i += 16) {
    const pairs = i16x8.extadd_pairwise_i8x16_u(v128.load(from + i));
    sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(pairs));
  }
  let sum = i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
  for (; i < n; i++) sum += load<u8>(from + i);
  return sum;
}

/** to = zero where a byte is 0, else other, f32. */
export function choose(
  from: usize,
  to: usize,
  n: i32,
  zero: f32,
  other: f32,
): void {
  const a = f32x4.splat(zero), b = f32x4.splat(other), none = i32x4.splat(0);
  let i = 0;
  for (; i + 8 <= n; i += 8) {
    const wide = v128.load8x8_u(from + i);
    const low = i32x4.eq(i32x4.extend_low_i16x8_u(wide), none);
    const high = i32x4.eq(i32x4.extend_high_i16x8_u(wide), none);
    const at = to + (<usize> i << 2);
    v128.store(at, v128.bitselect(a, b, low));
    v128.store(at, v128.bitselect(a, b, high), 16);
  }
  for (; i < n; i++) {
    store<f32>(to + (<usize> i << 2), load<u8>(from + i) === 0 ? zero : other);
  }
}
