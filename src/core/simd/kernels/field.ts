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
  const two = f64x2.splat(2 * right);
  for (let y = 0; y < height; y++, to += pitch) {
    const first = start + <f64> y * down;
    for (let x = 0; x < width; x++) {
      store<f64>(to + (<usize> x << 3), first + <f64> x * right);
    }
    for (let k = 0; k < taps; k++, index += 4, weight += 8) {
      const row = rows + <usize> load<i32>(index) * pitch;
      const share = load<f64>(weight);
      const shares = f64x2.splat(share);
      let i: usize = 0;
      for (; i + 16 <= pitch; i += 16) {
        v128.store(
          to + i,
          f64x2.add(
            v128.load(to + i),
            f64x2.mul(v128.load(row + i), shares),
          ),
        );
      }
      for (; i < pitch; i += 8) {
        store<f64>(to + i, load<f64>(to + i) + load<f64>(row + i) * share);
      }
    }
  }
}
