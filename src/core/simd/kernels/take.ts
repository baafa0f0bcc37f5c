// Reading arrays at indices, n of them, i32.

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
