// Arithmetic on grey values, n of them, f32. Results may take the place of what
// they are made from.

/** Room for the values of a vector that is not full. */
const rest: usize = memory.data(16, 16);

/** 257 / 65536, and what is left of 1 / 255. */
const perByte: usize = memory.data<f32>([0.003921508789062500, 5.983817e-8]);

/**
 * to = b / 255 as a division of float64 rounded to float32 gives it. Two products
 * take the place of the division: the first is exact, so that the sum is rounded
 * once, and equal for each of the 256 bytes.
 */
export function greys(from: usize, to: usize, n: i32): void {
  // Signed, which processors convert in one instruction.
  const most = v128.load32_splat(perByte), rest = v128.load32_splat(perByte, 4);
  let i = 0;
  for (; i + 8 <= n; i += 8) {
    const wide = v128.load8x8_u(from + i);
    const low = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(wide));
    const high = f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(wide));
    const at = to + (<usize> i << 2);
    v128.store(at, f32x4.add(f32x4.mul(low, most), f32x4.mul(low, rest)));
    v128.store(at, f32x4.add(f32x4.mul(high, most), f32x4.mul(high, rest)), 16);
  }
  for (; i < n; i++) {
    store<f32>(to + (<usize> i << 2), <f32> load<u8>(from + i) / 255);
  }
}

/** to = from as float32, for bytes. */
export function floats(from: usize, to: usize, n: i32): void {
  let i = 0;
  for (; i + 8 <= n; i += 8) {
    const wide = v128.load8x8_u(from + i);
    const at = to + (<usize> i << 2);
    v128.store(at, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(wide)), 0);
    v128.store(at, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(wide)), 16);
  }
  for (; i < n; i++) {
    store<f32>(to + (<usize> i << 2), <f32> load<u8>(from + i));
  }
}

/** to = from * gain + shift, cut off at low and high; NaN stays NaN. */
export function scale(
  from: usize,
  to: usize,
  n: i32,
  gain: f32,
  shift: f32,
  low: f32,
  high: f32,
): void {
  const g = f32x4.splat(gain), s = f32x4.splat(shift);
  const l = f32x4.splat(low), h = f32x4.splat(high);
  const end = <usize> n << 2;
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) {
    const v = f32x4.add(f32x4.mul(v128.load(from + i), g), s);
    v128.store(to + i, f32x4.pmin(f32x4.pmax(v, l), h));
  }
  for (; i < end; i += 4) {
    const v = load<f32>(from + i) * gain + shift;
    store<f32>(to + i, v < low ? low : v > high ? high : v);
  }
}

/** to = a + (b - a) * share. */
export function blend(
  a: usize,
  b: usize,
  share: usize,
  to: usize,
  n: i32,
): void {
  const end = <usize> n << 2;
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) {
    const v = v128.load(a + i);
    const d = f32x4.sub(v128.load(b + i), v);
    v128.store(to + i, f32x4.add(v, f32x4.mul(d, v128.load(share + i))));
  }
  for (; i < end; i += 4) {
    const v = load<f32>(a + i);
    store<f32>(to + i, v + (load<f32>(b + i) - v) * load<f32>(share + i));
  }
}

/**
 * The sum of rows of n values, pitch values apart: in four float64 by the place
 * in the row modulo 4, what is left of the rows in a fifth.
 */
export function sum(from: usize, n: i32, rows: i32, pitch: i32): f64 {
  let low = f64x2.splat(0), high = f64x2.splat(0), last: f64 = 0;
  for (let row = 0; row < rows; row++) {
    const start = from + (<usize> row * pitch << 2), end = <usize> n << 2;
    let i: usize = 0;
    for (; i + 16 <= end; i += 16) {
      const v = v128.load(start + i);
      low = f64x2.add(low, f64x2.promote_low_f32x4(v));
      high = f64x2.add(
        high,
        f64x2.promote_low_f32x4(v128.shuffle<i32>(v, v, 2, 3, 2, 3)),
      );
    }
    for (; i < end; i += 4) last += load<f32>(start + i);
  }
  const both = f64x2.add(low, high);
  return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1) + last;
}

/**
 * What `power` needs: √½ as bits, 1, a number that rounds what it is added to,
 * coefficients of log2 and of 2 ^ t - 1 with the least largest errors, 2e-9 and
 * 2e-7. From memory they cost an instruction each, as constants four.
 */
const constants: usize = memory.data<f32>([
  0.70710677,
  1,
  12582912,
  0.43174803,
  0.57671386,
  0.96179885,
  2.88539,
  0.0013264738,
  0.009671517,
  0.055507336,
  0.24022242,
  0.693147,
  12582786,
  0,
]);

/** to = from ^ power within 1e-6 of it, for values from 0 on; NaN stays NaN. */
export function power(from: usize, to: usize, n: i32, power: f32): void {
  // The product of an exponent and the first 15 bits of the power is exact.
  const first = reinterpret<f32>(reinterpret<u32>(power) & 0xfffffe00);
  const p = f32x4.splat(power);
  const p1 = f32x4.splat(first), p2 = f32x4.splat(power - first);
  const end = <usize> n << 2;
  for (let i: usize = 0; i < end; i += 16) {
    const isFull = i + 16 <= end;
    if (!isFull) memory.copy(rest, from + i, end - i);
    const x = v128.load(isFull ? from + i : rest);
    // x = 2 ^ e * m with m from √½ to √2
    const octave = i32x4.shr_s(
      i32x4.sub(x, v128.load32_splat(constants, 0)),
      23,
    );
    const m = i32x4.sub(x, i32x4.shl(octave, 23));
    const e = f32x4.convert_i32x4_s(octave);
    // log2 m by s = (m - 1) / (m + 1), of which it is an odd function
    const one = v128.load32_splat(constants, 4);
    const s = f32x4.div(f32x4.sub(m, one), f32x4.add(m, one));
    const w = f32x4.mul(s, s);
    let log = f32x4.mul(v128.load32_splat(constants, 12), w);
    log = f32x4.mul(f32x4.add(log, v128.load32_splat(constants, 16)), w);
    log = f32x4.mul(f32x4.add(log, v128.load32_splat(constants, 20)), w);
    log = f32x4.mul(f32x4.add(log, v128.load32_splat(constants, 24)), s);
    const coarse = f32x4.mul(e, p1);
    const fine = f32x4.add(f32x4.mul(e, p2), f32x4.mul(log, p));
    const rounding = v128.load32_splat(constants, 8);
    const near = f32x4.add(f32x4.add(coarse, fine), rounding);
    const t = f32x4.add(f32x4.sub(coarse, f32x4.sub(near, rounding)), fine);
    // 2 ^ t from -½ to ½
    let r = f32x4.mul(v128.load32_splat(constants, 28), t);
    r = f32x4.mul(f32x4.add(r, v128.load32_splat(constants, 32)), t);
    r = f32x4.mul(f32x4.add(r, v128.load32_splat(constants, 36)), t);
    r = f32x4.mul(f32x4.add(r, v128.load32_splat(constants, 40)), t);
    r = f32x4.mul(f32x4.add(r, v128.load32_splat(constants, 44)), t);
    r = i32x4.add(f32x4.add(r, one), i32x4.shl(near, 23));
    // 0, and what lies below the least float32, is 0
    const result = v128.bitselect(
      v128.and(r, f32x4.gt(near, v128.load32_splat(constants, 48))),
      x,
      f32x4.gt(x, v128.load32_splat(constants, 52)),
    );
    v128.store(isFull ? to + i : rest, result);
    if (!isFull) memory.copy(to + i, rest, end - i);
  }
}
