// Flips of a [D, H, W] array along its axes, then the exchange of H and W.

/** The order of 16 bytes, backwards. */
const reversed: v128 = i64x2(0x08090a0b0c0d0e0f, 0x0001020304050607);

/** For values of 4 bytes. */
export function turn4(
  from: usize,
  to: usize,
  depth: i32,
  height: i32,
  width: i32,
  flipZ: bool,
  flipY: bool,
  flipX: bool,
  transpose: bool,
): void {
  const section = <usize> height * width << 2;
  for (let z = 0; z < depth; z++, to += section) {
    const start = from + <usize> (flipZ ? depth - 1 - z : z) * section;
    if (transpose) transpose4(start, to, height, width, flipY, flipX);
    else flip4(start, to, height, width, flipY, flipX);
  }
}

function flip4(
  from: usize,
  to: usize,
  height: i32,
  width: i32,
  flipY: bool,
  flipX: bool,
): void {
  const row = <usize> width << 2;
  for (let y = 0; y < height; y++, to += row) {
    const start = from + <usize> (flipY ? height - 1 - y : y) * row;
    if (!flipX) {
      memory.copy(to, start, row);
      continue;
    }
    let i: usize = 0;
    for (; i + 16 <= row; i += 16) {
      const v = v128.load(start + row - 16 - i);
      v128.store(to + i, v128.shuffle<i32>(v, v, 3, 2, 1, 0));
    }
    for (; i < row; i += 4) store<u32>(to + i, load<u32>(start + row - 4 - i));
  }
}

/** Blocks of 4 x 4: row r of the result is column r, or width - 1 - r. */
function transpose4(
  from: usize,
  to: usize,
  height: i32,
  width: i32,
  flipY: bool,
  flipX: bool,
): void {
  const pitch = <usize> width << 2, toPitch = <usize> height << 2;
  const down = flipY ? -pitch : pitch; // wraps around, as addresses do
  const first = flipY ? from + <usize> (height - 1) * pitch : from;
  const along = flipX ? -toPitch : toPitch;
  const begin = flipX ? to + <usize> (width - 1) * toPitch : to;
  let y = 0;
  for (; y + 4 <= height; y += 4) {
    let source = first + <usize> y * down;
    let result = begin + (<usize> y << 2);
    let x = 0;
    for (; x + 4 <= width; x += 4) {
      const a = v128.load(source), b = v128.load(source + down);
      const c = v128.load(source + 2 * down), d = v128.load(source + 3 * down);
      const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
      const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
      const ef = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
      const gh = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
      v128.store(result, v128.shuffle<i64>(ab, cd, 0, 2));
      v128.store(result + along, v128.shuffle<i64>(ab, cd, 1, 3));
      v128.store(result + 2 * along, v128.shuffle<i64>(ef, gh, 0, 2));
      v128.store(result + 3 * along, v128.shuffle<i64>(ef, gh, 1, 3));
      source += 16;
      result += 4 * along;
    }
    for (; x < width; x++, source += 4, result += along) {
      for (let k: usize = 0; k < 4; k++) {
        store<u32>(result + (k << 2), load<u32>(source + k * down));
      }
    }
  }
  for (; y < height; y++) {
    let source = first + <usize> y * down;
    let result = begin + (<usize> y << 2);
    for (let x = 0; x < width; x++, source += 4, result += along) {
      store<u32>(result, load<u32>(source));
    }
  }
}

/** For bytes. */
export function turn1(
  from: usize,
  to: usize,
  depth: i32,
  height: i32,
  width: i32,
  flipZ: bool,
  flipY: bool,
  flipX: bool,
  transpose: bool,
): void {
  const section = <usize> height * width;
  for (let z = 0; z < depth; z++, to += section) {
    const start = from + <usize> (flipZ ? depth - 1 - z : z) * section;
    if (transpose) transpose1(start, to, height, width, flipY, flipX);
    else flip1(start, to, height, width, flipY, flipX);
  }
}

function flip1(
  from: usize,
  to: usize,
  height: i32,
  width: i32,
  flipY: bool,
  flipX: bool,
): void {
  const row = <usize> width;
  for (let y = 0; y < height; y++, to += row) {
    const start = from + <usize> (flipY ? height - 1 - y : y) * row;
    if (!flipX) {
      memory.copy(to, start, row);
      continue;
    }
    let i: usize = 0;
    for (; i + 16 <= row; i += 16) {
      const v = v128.load(start + row - 16 - i);
      v128.store(to + i, i8x16.swizzle(v, reversed));
    }
    for (; i < row; i++) store<u8>(to + i, load<u8>(start + row - 1 - i));
  }
}

/** Blocks of 8 x 8, as {@link transpose4} does blocks of 4 x 4. */
function transpose1(
  from: usize,
  to: usize,
  height: i32,
  width: i32,
  flipY: bool,
  flipX: bool,
): void {
  const pitch = <usize> width, toPitch = <usize> height;
  const down = flipY ? -pitch : pitch;
  const first = flipY ? from + <usize> (height - 1) * pitch : from;
  const along = flipX ? -toPitch : toPitch;
  const begin = flipX ? to + <usize> (width - 1) * toPitch : to;
  let y = 0;
  for (; y + 8 <= height; y += 8) {
    let source = first + <usize> y * down;
    let result = begin + <usize> y;
    let x = 0;
    for (; x + 8 <= width; x += 8) {
      const four = source + 4 * down;
      // Rows k and k + 4 interleaved, three times: rows become columns.
      const a = interleaved(v128.load64_zero(source), v128.load64_zero(four));
      const b = interleaved(
        v128.load64_zero(source + down),
        v128.load64_zero(four + down),
      );
      const c = interleaved(
        v128.load64_zero(source + 2 * down),
        v128.load64_zero(four + 2 * down),
      );
      const d = interleaved(
        v128.load64_zero(source + 3 * down),
        v128.load64_zero(four + 3 * down),
      );
      const ac = interleaved(a, c), ca = interleavedHigh(a, c);
      const bd = interleaved(b, d), db = interleavedHigh(b, d);
      storeBoth(result, along, interleaved(ac, bd));
      storeBoth(result + 2 * along, along, interleavedHigh(ac, bd));
      storeBoth(result + 4 * along, along, interleaved(ca, db));
      storeBoth(result + 6 * along, along, interleavedHigh(ca, db));
      source += 8;
      result += 8 * along;
    }
    for (; x < width; x++, source++, result += along) {
      for (let k: usize = 0; k < 8; k++) {
        store<u8>(result + k, load<u8>(source + k * down));
      }
    }
  }
  for (; y < height; y++) {
    let source = first + <usize> y * down;
    let result = begin + <usize> y;
    for (let x = 0; x < width; x++, source++, result += along) {
      store<u8>(result, load<u8>(source));
    }
  }
}

function interleaved(a: v128, b: v128): v128 {
  return v128.shuffle<i8>(
    a,
    b,
    0,
    16,
    1,
    17,
    2,
    18,
    3,
    19,
    4,
    20,
    5,
    21,
    6,
    22,
    7,
    23,
  );
}

function interleavedHigh(a: v128, b: v128): v128 {
  return v128.shuffle<i8>(
    a,
    b,
    8,
    24,
    9,
    25,
    10,
    26,
    11,
    27,
    12,
    28,
    13,
    29,
    14,
    30,
    15,
    31,
  );
}

function storeBoth(to: usize, along: usize, v: v128): void {
  v128.store64_lane(to, v, 0);
  v128.store64_lane(to + along, v, 1);
}
