// Reading [D, H, W] arrays at places between their voxels, n float64 a coordinate.

/** An array and the voxels of it that count, those of a box. */
@unmanaged
export class Grid {
  /** First and last voxel of the box along each axis. */
  front: f64;
  back: f64;
  top: f64;
  bottom: f64;
  left: f64;
  right: f64;
  /** Extent of the array. */
  height: i32;
  width: i32;
}

/** Added to a whole float64 below 2^31, its low half is that number. */
const asInteger: f64 = 4503599627370496;

function isIn(grid: Grid, z: f64, y: f64, x: f64): bool {
  return z >= grid.front && z <= grid.back && y >= grid.top &&
    y <= grid.bottom && x >= grid.left && x <= grid.right;
}

/** The place of scipy's `reflect` between two voxels. */
function mirrored(place: f64, first: f64, last: f64): f64 {
  const period = 2 * (last - first + 1);
  const shifted = place - first + 0.5;
  const within = shifted - period * floor(shifted / period);
  const at = first - 0.5 + min(within, period - within);
  return min(max(at, first), last);
}

/**
 * index = the nearest voxel in the array, -1 for places beyond the box unless
 * they are mirrored into it.
 */
export function nearest(
  zs: usize,
  ys: usize,
  xs: usize,
  index: usize,
  n: i32,
  grid: Grid,
  mirrors: bool,
): void {
  const section = sectionOf(zs, n, grid, mirrors);
  const half = f64x2.splat(0.5), big = f64x2.splat(asInteger);
  const t = f64x2.splat(grid.top), b = f64x2.splat(grid.bottom);
  const l = f64x2.splat(grid.left), r = f64x2.splat(grid.right);
  const first = i32x4.splat(section * grid.height * grid.width);
  const w = i32x4.splat(grid.width);
  let i = 0;
  for (; section >= 0 && i + 4 <= n; i += 4) {
    const at = <usize> i << 3;
    const y0 = v128.load(ys + at), y1 = v128.load(ys + at, 16);
    const x0 = v128.load(xs + at), x1 = v128.load(xs + at, 16);
    const isInside = v128.and(
      v128.and(
        v128.and(f64x2.ge(y0, t), f64x2.le(y0, b)),
        v128.and(f64x2.ge(y1, t), f64x2.le(y1, b)),
      ),
      v128.and(
        v128.and(f64x2.ge(x0, l), f64x2.le(x0, r)),
        v128.and(f64x2.ge(x1, l), f64x2.le(x1, r)),
      ),
    );
    if (i64x2.all_true(isInside)) {
      const iy = v128.shuffle<i32>(
        f64x2.add(f64x2.floor(f64x2.add(y0, half)), big),
        f64x2.add(f64x2.floor(f64x2.add(y1, half)), big),
        0,
        2,
        4,
        6,
      );
      const ix = v128.shuffle<i32>(
        f64x2.add(f64x2.floor(f64x2.add(x0, half)), big),
        f64x2.add(f64x2.floor(f64x2.add(x1, half)), big),
        0,
        2,
        4,
        6,
      );
      v128.store(
        index + (<usize> i << 2),
        i32x4.add(i32x4.add(i32x4.mul(iy, w), ix), first),
      );
      continue;
    }
    for (let j = i; j < i + 4; j++) {
      nearestOne(zs, ys, xs, index, j, grid, mirrors);
    }
  }
  for (; i < n; i++) nearestOne(zs, ys, xs, index, i, grid, mirrors);
}

/**
 * The section that all full vectors of places lie in, mirrored if it must be; -1
 * if there is no such one.
 */
function sectionOf(zs: usize, n: i32, grid: Grid, mirrors: bool): i32 {
  if (n < 4) return -1;
  let z = load<f64>(zs);
  const same = f64x2.splat(z);
  for (let i = 0; i + 4 <= n; i += 4) {
    const at = zs + (<usize> i << 3);
    const low = f64x2.eq(v128.load(at), same);
    const high = f64x2.eq(v128.load(at, 16), same);
    if (!i64x2.all_true(v128.and(low, high))) return -1;
  }
  if (z != floor(z)) return -1;
  if (mirrors) z = mirrored(z, grid.front, grid.back);
  return z >= grid.front && z <= grid.back ? <i32> z : -1;
}

function nearestOne(
  zs: usize,
  ys: usize,
  xs: usize,
  index: usize,
  i: i32,
  grid: Grid,
  mirrors: bool,
): void {
  let z = load<f64>(zs + (<usize> i << 3));
  let y = load<f64>(ys + (<usize> i << 3));
  let x = load<f64>(xs + (<usize> i << 3));
  const at = index + (<usize> i << 2);
  if (!isIn(grid, z, y, x)) {
    if (!mirrors) {
      store<i32>(at, -1);
      return;
    }
    z = mirrored(z, grid.front, grid.back);
    y = mirrored(y, grid.top, grid.bottom);
    x = mirrored(x, grid.left, grid.right);
  }
  store<i32>(
    at,
    (<i32> (z + 0.5) * grid.height + <i32> (y + 0.5)) * grid.width +
      <i32> (x + 0.5),
  );
}

/**
 * to = values by straight lines between voxels along z, y and x, f32; `beyond`
 * for places outside the box unless they are mirrored into it.
 */
export function linear(
  from: usize,
  zs: usize,
  ys: usize,
  xs: usize,
  to: usize,
  n: i32,
  grid: Grid,
  mirrors: bool,
  beyond: f32,
): void {
  const section = sectionOf(zs, n, grid, mirrors);
  const t = f64x2.splat(grid.top), b = f64x2.splat(grid.bottom);
  const l = f64x2.splat(grid.left), r = f64x2.splat(grid.right);
  const big = f64x2.splat(asInteger), w = i32x4.splat(grid.width);
  const row = <usize> grid.width << 2;
  const first = from + (<usize> (section * grid.height * grid.width) << 2);
  let i = 0;
  for (; section >= 0 && i + 4 <= n; i += 4) {
    const at = <usize> i << 3;
    const y0 = v128.load(ys + at), y1 = v128.load(ys + at, 16);
    const x0 = v128.load(xs + at), x1 = v128.load(xs + at, 16);
    // With a voxel to the right and one below.
    const isSurrounded = v128.and(
      v128.and(
        v128.and(f64x2.ge(y0, t), f64x2.lt(y0, b)),
        v128.and(f64x2.ge(y1, t), f64x2.lt(y1, b)),
      ),
      v128.and(
        v128.and(f64x2.ge(x0, l), f64x2.lt(x0, r)),
        v128.and(f64x2.ge(x1, l), f64x2.lt(x1, r)),
      ),
    );
    if (i64x2.all_true(isSurrounded)) {
      const ly0 = f64x2.floor(y0), ly1 = f64x2.floor(y1);
      const lx0 = f64x2.floor(x0), lx1 = f64x2.floor(x1);
      const iy = v128.shuffle<i32>(
        f64x2.add(ly0, big),
        f64x2.add(ly1, big),
        0,
        2,
        4,
        6,
      );
      const ix = v128.shuffle<i32>(
        f64x2.add(lx0, big),
        f64x2.add(lx1, big),
        0,
        2,
        4,
        6,
      );
      const bytes = i32x4.shl(i32x4.add(i32x4.mul(iy, w), ix), 2);
      const p0 = first + i32x4.extract_lane(bytes, 0);
      const p1 = first + i32x4.extract_lane(bytes, 1);
      const p2 = first + i32x4.extract_lane(bytes, 2);
      const p3 = first + i32x4.extract_lane(bytes, 3);
      const fy = v128.shuffle<i64>(
        f32x4.demote_f64x2_zero(f64x2.sub(y0, ly0)),
        f32x4.demote_f64x2_zero(f64x2.sub(y1, ly1)),
        0,
        2,
      );
      const fx = v128.shuffle<i64>(
        f32x4.demote_f64x2_zero(f64x2.sub(x0, lx0)),
        f32x4.demote_f64x2_zero(f64x2.sub(x1, lx1)),
        0,
        2,
      );
      const u01 = v128.load64_lane(p1, v128.load64_zero(p0), 1);
      const u23 = v128.load64_lane(p3, v128.load64_zero(p2), 1);
      const d01 = v128.load64_lane(p1 + row, v128.load64_zero(p0 + row), 1);
      const d23 = v128.load64_lane(p3 + row, v128.load64_zero(p2 + row), 1);
      const a = v128.shuffle<i32>(u01, u23, 0, 2, 4, 6);
      const ab = f32x4.sub(v128.shuffle<i32>(u01, u23, 1, 3, 5, 7), a);
      const c = v128.shuffle<i32>(d01, d23, 0, 2, 4, 6);
      const cd = f32x4.sub(v128.shuffle<i32>(d01, d23, 1, 3, 5, 7), c);
      const upper = f32x4.add(a, f32x4.mul(fx, ab));
      const lower = f32x4.add(c, f32x4.mul(fx, cd));
      v128.store(
        to + (<usize> i << 2),
        f32x4.add(upper, f32x4.mul(fy, f32x4.sub(lower, upper))),
      );
      continue;
    }
    for (let j = i; j < i + 4; j++) {
      linearOne(from, zs, ys, xs, to, j, grid, mirrors, beyond);
    }
  }
  for (; i < n; i++) {
    linearOne(from, zs, ys, xs, to, i, grid, mirrors, beyond);
  }
}

function linearOne(
  from: usize,
  zs: usize,
  ys: usize,
  xs: usize,
  to: usize,
  i: i32,
  grid: Grid,
  mirrors: bool,
  beyond: f32,
): void {
  let z = load<f64>(zs + (<usize> i << 3));
  let y = load<f64>(ys + (<usize> i << 3));
  let x = load<f64>(xs + (<usize> i << 3));
  const result = to + (<usize> i << 2);
  if (!isIn(grid, z, y, x)) {
    if (!mirrors) {
      store<f32>(result, beyond);
      return;
    }
    z = mirrored(z, grid.front, grid.back);
    y = mirrored(y, grid.top, grid.bottom);
    x = mirrored(x, grid.left, grid.right);
  }
  const iz = <i32> z, iy = <i32> y, ix = <i32> x;
  const fz = <f32> (z - <f64> iz), fy = <f32> (y - <f64> iy);
  const fx = <f32> (x - <f64> ix);
  const beside: usize = <f64> ix < grid.right ? 4 : 0;
  const below: usize = <f64> iy < grid.bottom ? <usize> grid.width << 2 : 0;
  const behind: usize = fz > 0 ? <usize> grid.height * grid.width << 2 : 0;
  const at = from + (<usize> ((iz * grid.height + iy) * grid.width + ix) << 2);
  let value = between(at, beside, below, fy, fx);
  if (fz > 0) {
    value += fz * (between(at + behind, beside, below, fy, fx) - value);
  }
  store<f32>(result, value);
}

function between(
  at: usize,
  beside: usize,
  below: usize,
  fy: f32,
  fx: f32,
): f32 {
  const a = load<f32>(at), c = load<f32>(at + below);
  const upper = a + fx * (load<f32>(at + beside) - a);
  const lower = c + fx * (load<f32>(at + below + beside) - c);
  return upper + fy * (lower - upper);
}
