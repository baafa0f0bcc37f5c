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
