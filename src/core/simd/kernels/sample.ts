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
  const half = f64x2.splat(0.5), big = f64x2.splat(asInteger);
  const t = f64x2.splat(grid.top), b = f64x2.splat(grid.bottom);
  const l = f64x2.splat(grid.left), r = f64x2.splat(grid.right);
  const f = f64x2.splat(grid.front), k = f64x2.splat(grid.back);
  const h = i32x4.splat(grid.height), w = i32x4.splat(grid.width);
  for (let i = 0; i < n; i += 4) {
    const at = <usize> i << 3; // of arrays with room to the end of a vector
    const z0 = v128.load(zs + at), z1 = v128.load(zs + at, 16);
    const y0 = v128.load(ys + at), y1 = v128.load(ys + at, 16);
    const x0 = v128.load(xs + at), x1 = v128.load(xs + at, 16);
    const isInside = v128.and(
      v128.and(
        v128.and(both(z0, f, k), both(z1, f, k)),
        v128.and(both(y0, t, b), both(y1, t, b)),
      ),
      v128.and(both(x0, l, r), both(x1, l, r)),
    );
    if (i + 4 <= n && i64x2.all_true(isInside)) {
      const iz = wholes(
        f64x2.floor(f64x2.add(z0, half)),
        f64x2.floor(f64x2.add(z1, half)),
        big,
      );
      const iy = wholes(
        f64x2.floor(f64x2.add(y0, half)),
        f64x2.floor(f64x2.add(y1, half)),
        big,
      );
      const ix = wholes(
        f64x2.floor(f64x2.add(x0, half)),
        f64x2.floor(f64x2.add(x1, half)),
        big,
      );
      const row = i32x4.add(i32x4.mul(iz, h), iy);
      v128.store(
        index + (<usize> i << 2),
        i32x4.add(i32x4.mul(row, w), ix),
      );
      continue;
    }
    const end = min(i + 4, n);
    for (let j = i; j < end; j++) {
      nearestOne(
        zs,
        ys,
        xs,
        index,
        j,
        grid,
        mirrors,
      );
    }
  }
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

function both(places: v128, first: v128, last: v128): v128 {
  return v128.and(f64x2.ge(places, first), f64x2.le(places, last));
}

/** Four whole float64 as integers. */
function wholes(a: v128, b: v128, big: v128): v128 {
  return v128.shuffle<i32>(f64x2.add(a, big), f64x2.add(b, big), 0, 2, 4, 6);
}

/** to = from[index], bytes; `beyond` where an index is below 0. */
export function take1(
  from: usize,
  index: usize,
  to: usize,
  n: i32,
  beyond: i32,
): void {
  for (let i = 0; i < n; i++) {
    const at = load<i32>(index + (<usize> i << 2));
    store<u8>(to + i, at < 0 ? <u8> beyond : load<u8>(from + at));
  }
}

/** to = from[index], f32; `beyond` where an index is below 0. */
export function take4(
  from: usize,
  index: usize,
  to: usize,
  n: i32,
  beyond: f32,
): void {
  for (let i = 0; i < n; i++) {
    const at = load<i32>(index + (<usize> i << 2));
    store<f32>(
      to + (<usize> i << 2),
      at < 0 ? beyond : load<f32>(from + (<usize> at << 2)),
    );
  }
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
  const t = f64x2.splat(grid.top), b = f64x2.splat(grid.bottom);
  const l = f64x2.splat(grid.left), r = f64x2.splat(grid.right);
  const f = f64x2.splat(grid.front), k = f64x2.splat(grid.back);
  const big = f64x2.splat(asInteger);
  const h = i32x4.splat(grid.height), w = i32x4.splat(grid.width);
  const row = <usize> grid.width << 2;
  for (let i = 0; i < n; i += 4) {
    const at = <usize> i << 3; // of arrays with room to the end of a vector
    const z0 = v128.load(zs + at), z1 = v128.load(zs + at, 16);
    const y0 = v128.load(ys + at), y1 = v128.load(ys + at, 16);
    const x0 = v128.load(xs + at), x1 = v128.load(xs + at, 16);
    const lz0 = f64x2.floor(z0), lz1 = f64x2.floor(z1);
    // In a section, with a voxel to the right and one below.
    const isSurrounded = v128.and(
      v128.and(
        v128.and(
          v128.and(both(z0, f, k), f64x2.eq(z0, lz0)),
          v128.and(both(z1, f, k), f64x2.eq(z1, lz1)),
        ),
        v128.and(within(y0, t, b), within(y1, t, b)),
      ),
      v128.and(within(x0, l, r), within(x1, l, r)),
    );
    if (i + 4 <= n && i64x2.all_true(isSurrounded)) {
      const ly0 = f64x2.floor(y0), ly1 = f64x2.floor(y1);
      const lx0 = f64x2.floor(x0), lx1 = f64x2.floor(x1);
      const iy = i32x4.add(
        i32x4.mul(wholes(lz0, lz1, big), h),
        wholes(ly0, ly1, big),
      );
      const index = i32x4.add(i32x4.mul(iy, w), wholes(lx0, lx1, big));
      const fy = fractions(f64x2.sub(y0, ly0), f64x2.sub(y1, ly1));
      const fx = fractions(f64x2.sub(x0, lx0), f64x2.sub(x1, lx1));
      const p0 = from + (<usize> i32x4.extract_lane(index, 0) << 2);
      const p1 = from + (<usize> i32x4.extract_lane(index, 1) << 2);
      const p2 = from + (<usize> i32x4.extract_lane(index, 2) << 2);
      const p3 = from + (<usize> i32x4.extract_lane(index, 3) << 2);
      const u01 = v128.load64_lane(p1, v128.load64_zero(p0), 1);
      const u23 = v128.load64_lane(p3, v128.load64_zero(p2), 1);
      const d01 = v128.load64_lane(p1 + row, v128.load64_zero(p0 + row), 1);
      const d23 = v128.load64_lane(p3 + row, v128.load64_zero(p2 + row), 1);
      const a = v128.shuffle<i32>(u01, u23, 0, 2, 4, 6);
      const c = v128.shuffle<i32>(d01, d23, 0, 2, 4, 6);
      const upper = f32x4.add(
        a,
        f32x4.mul(fx, f32x4.sub(v128.shuffle<i32>(u01, u23, 1, 3, 5, 7), a)),
      );
      const lower = f32x4.add(
        c,
        f32x4.mul(fx, f32x4.sub(v128.shuffle<i32>(d01, d23, 1, 3, 5, 7), c)),
      );
      v128.store(
        to + (<usize> i << 2),
        f32x4.add(upper, f32x4.mul(fy, f32x4.sub(lower, upper))),
      );
      continue;
    }
    const end = min(i + 4, n);
    for (let j = i; j < end; j++) {
      linearOne(
        from,
        zs,
        ys,
        xs,
        to,
        j,
        grid,
        mirrors,
        beyond,
      );
    }
  }
}

function within(places: v128, first: v128, last: v128): v128 {
  return v128.and(f64x2.ge(places, first), f64x2.lt(places, last));
}

function fractions(a: v128, b: v128): v128 {
  return v128.shuffle<i64>(
    f32x4.demote_f64x2_zero(a),
    f32x4.demote_f64x2_zero(b),
    0,
    2,
  );
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
