// Symmetric filters along one axis of [outer, n, inner] arrays, f32.

/**
 * to = weights[0] * from + sum over k of weights[k] * (the voxels k before and
 * behind). `table` has the offsets in bytes of the n + 2 * radius voxels that a
 * line consists of with its ends; `line` has room for as many values.
 */
export function filter(
  from: usize,
  to: usize,
  outer: i32,
  n: i32,
  inner: i32,
  table: usize,
  weights: usize,
  radius: i32,
  line: usize,
): void {
  const size = <usize> n * inner << 2;
  for (let o = 0; o < outer; o++, from += size, to += size) {
    if (inner == 1) filterLine(from, to, n, table, weights, radius, line);
    else filterColumns(from, to, n, inner, table, weights, radius);
  }
}

/** Neighbours lie side by side: 16 results at a time from a line with its ends. */
function filterLine(
  from: usize,
  to: usize,
  n: i32,
  table: usize,
  weights: usize,
  radius: i32,
  line: usize,
): void {
  for (let i = 0; i < n + 2 * radius; i++) {
    const at = <usize> i << 2;
    store<f32>(line + at, load<f32>(from + load<i32>(table + at)));
  }
  let i = 0;
  for (; i + 16 <= n; i += 16) {
    let a = line + (<usize> (i + radius) << 2), b = a, at = weights;
    let w = f32x4.splat(load<f32>(at));
    let s = f32x4.mul(w, v128.load(a)), t = f32x4.mul(w, v128.load(a, 16));
    let u = f32x4.mul(w, v128.load(a, 32)), v = f32x4.mul(w, v128.load(a, 48));
    for (let k = 0; k < radius; k++) {
      a -= 4, b += 4, at += 4;
      w = f32x4.splat(load<f32>(at));
      s = f32x4.add(s, f32x4.mul(w, pair(a, b, 0)));
      t = f32x4.add(t, f32x4.mul(w, pair(a, b, 16)));
      u = f32x4.add(u, f32x4.mul(w, pair(a, b, 32)));
      v = f32x4.add(v, f32x4.mul(w, pair(a, b, 48)));
    }
    const place = to + (<usize> i << 2);
    v128.store(place, s, 0);
    v128.store(place, t, 16);
    v128.store(place, u, 32);
    v128.store(place, v, 48);
  }
  for (; i < n; i++) {
    let a = line + (<usize> (i + radius) << 2), b = a, at = weights;
    let s: f32 = load<f32>(at) * load<f32>(a);
    for (let k = 0; k < radius; k++) {
      a -= 4, b += 4, at += 4;
      s += load<f32>(at) * (load<f32>(a) + load<f32>(b));
    }
    store<f32>(to + (<usize> i << 2), s);
  }
}

/** Neighbours lie `inner` values apart: 16 columns at a time. */
function filterColumns(
  from: usize,
  to: usize,
  n: i32,
  inner: i32,
  table: usize,
  weights: usize,
  radius: i32,
): void {
  const pitch = <usize> inner << 2;
  let c = 0;
  for (; c + 16 <= inner; c += 16) {
    const column = from + (<usize> c << 2);
    for (let i = 0; i < n; i++) {
      let up = table + (<usize> (i + radius) << 2), down = up, at = weights;
      let w = f32x4.splat(load<f32>(at));
      let a = column + load<i32>(up);
      let s = f32x4.mul(w, v128.load(a)), t = f32x4.mul(w, v128.load(a, 16));
      let u = f32x4.mul(w, v128.load(a, 32)),
        v = f32x4.mul(w, v128.load(a, 48));
      for (let k = 0; k < radius; k++) {
        up -= 4, down += 4, at += 4;
        w = f32x4.splat(load<f32>(at));
        a = column + load<i32>(up);
        const b = column + load<i32>(down);
        s = f32x4.add(s, f32x4.mul(w, pair(a, b, 0)));
        t = f32x4.add(t, f32x4.mul(w, pair(a, b, 16)));
        u = f32x4.add(u, f32x4.mul(w, pair(a, b, 32)));
        v = f32x4.add(v, f32x4.mul(w, pair(a, b, 48)));
      }
      const place = to + (<usize> c << 2) + <usize> i * pitch;
      v128.store(place, s, 0);
      v128.store(place, t, 16);
      v128.store(place, u, 32);
      v128.store(place, v, 48);
    }
  }
  for (; c < inner; c++) {
    const column = from + (<usize> c << 2);
    for (let i = 0; i < n; i++) {
      let up = table + (<usize> (i + radius) << 2), down = up, at = weights;
      let s: f32 = load<f32>(at) * load<f32>(column + load<i32>(up));
      for (let k = 0; k < radius; k++) {
        up -= 4, down += 4, at += 4;
        s += load<f32>(at) *
          (load<f32>(column + load<i32>(up)) +
            load<f32>(column + load<i32>(down)));
      }
      store<f32>(to + (<usize> c << 2) + <usize> i * pitch, s);
    }
  }
}

/** The sums of neighbours before and behind. */
function pair(a: usize, b: usize, offset: usize): v128 {
  return f32x4.add(v128.load(a + offset), v128.load(b + offset));
}
