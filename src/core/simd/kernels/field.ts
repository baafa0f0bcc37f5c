// Places of the voxels of a section: a ramp, and rows of offsets combined.

/**
 * to[y][x] = start + y * down + x * right + sum over k of weight[y][k] *
 * rows[index[y][k]][x], float64; `taps` of them for each y, indices int32.
 */
export function places(
  to: usize,
  height: i32,
  width: i32,
  start: f64,
  down: f64,
  right: f64,
  rows: usize,
  index: usize,
  weight: usize,
  taps: i32,
): void {
  const pitch = <usize> width << 3;
  for (let y = 0; y < height; y++, to += pitch) {
    const first = start + <f64> y * down;
    let x = 0;
    for (; x + 8 <= width; x += 8) {
      // Eight places at a time stay in registers.
      const at = <usize> x << 3;
      let a = ramp(first, x, right), b = ramp(first, x + 2, right);
      let c = ramp(first, x + 4, right), d = ramp(first, x + 6, right);
      for (let k = 0; k < taps; k++) {
        const row = rows + <usize> load<i32>(index + (<usize> k << 2)) * pitch +
          at;
        const share = v128.load64_splat(weight + (<usize> k << 3));
        a = f64x2.add(a, f64x2.mul(share, v128.load(row)));
        b = f64x2.add(b, f64x2.mul(share, v128.load(row, 16)));
        c = f64x2.add(c, f64x2.mul(share, v128.load(row, 32)));
        d = f64x2.add(d, f64x2.mul(share, v128.load(row, 48)));
      }
      v128.store(to + at, a);
      v128.store(to + at, b, 16);
      v128.store(to + at, c, 32);
      v128.store(to + at, d, 48);
    }
    for (; x < width; x++) {
      const at = <usize> x << 3;
      let sum = first + <f64> x * right;
      for (let k = 0; k < taps; k++) {
        const row = rows + <usize> load<i32>(index + (<usize> k << 2)) * pitch +
          at;
        sum += load<f64>(weight + (<usize> k << 3)) * load<f64>(row);
      }
      store<f64>(to + at, sum);
    }
    index += <usize> taps << 2;
    weight += <usize> taps << 3;
  }
}

/** The plane at two voxels side by side. */
function ramp(first: f64, x: i32, right: f64): v128 {
  return f64x2(first + <f64> x * right, first + <f64> (x + 1) * right);
}
