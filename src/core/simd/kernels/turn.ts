// Flips of a [D, H, W] array along its axes, then the exchange of H and W.

/** The order of 16 bytes, backwards. */
const reversed: v128 = i64x2(0x08090a0b0c0d0e0f, 0x0001020304050607);

/** Of values of 4 bytes, or of bytes. */
export function turn(
  from: usize,
  to: usize,
  bytes: i32,
  depth: i32,
  height: i32,
  width: i32,
  flipZ: bool,
  flipY: bool,
  flipX: bool,
  transpose: bool,
): void {
  const section = <usize> height * width * bytes;
  for (let z = 0; z < depth; z++, to += section) {
    const start = from + <usize> (flipZ ? depth - 1 - z : z) * section;
    if (bytes == 4) {
      turnSection<u32>(start, to, height, width, flipY, flipX, transpose);
    } else turnSection<u8>(start, to, height, width, flipY, flipX, transpose);
  }
}

function turnSection<T>(
  from: usize,
  to: usize,
  height: i32,
  width: i32,
  flipY: bool,
  flipX: bool,
  transpose: bool,
): void {
  if (transpose) transposeSection<T>(from, to, height, width, flipY, flipX);
  else flipSection<T>(from, to, height, width, flipY, flipX);
}

function flipSection<T>(
  from: usize,
  to: usize,
  height: i32,
  width: i32,
  flipY: bool,
  flipX: bool,
): void {
  const row = <usize> width * sizeof<T>();
  for (let y = 0; y < height; y++, to += row) {
    const start = from + <usize> (flipY ? height - 1 - y : y) * row;
    if (!flipX) {
      memory.copy(to, start, row);
      continue;
    }
    let i: usize = 0;
    for (; i + 16 <= row; i += 16) {
      const v = v128.load(start + row - 16 - i);
      v128.store(
        to + i,
        sizeof<T>() == 4
          ? v128.shuffle<i32>(v, v, 3, 2, 1, 0)
          : i8x16.swizzle(v, reversed),
      );
    }
    for (; i < row; i += sizeof<T>()) {
      store<T>(to + i, load<T>(start + row - sizeof<T>() - i));
    }
  }
}

/** Block by block: row r of the result is column r, or width - 1 - r. */
function transposeSection<T>(
  from: usize,
  to: usize,
  height: i32,
  width: i32,
  flipY: bool,
  flipX: bool,
): void {
  const side = sizeof<T>() == 4 ? 4 : 8;
  const pitch = <usize> width * sizeof<T>();
  const toPitch = <usize> height * sizeof<T>();
  const down = flipY ? -pitch : pitch; // wraps around, as addresses do
  const first = flipY ? from + <usize> (height - 1) * pitch : from;
  const along = flipX ? -toPitch : toPitch;
  const begin = flipX ? to + <usize> (width - 1) * toPitch : to;
  let y = 0;
  for (; y + side <= height; y += side) {
    let source = first + <usize> y * down;
    let result = begin + <usize> y * sizeof<T>();
    let x = 0;
    for (; x + side <= width; x += side) {
      if (sizeof<T>() == 4) transpose4(source, down, result, along);
      else transpose8(source, down, result, along);
      source += <usize> side * sizeof<T>();
      result += <usize> side * along;
    }
    for (; x < width; x++, source += sizeof<T>(), result += along) {
      for (let k: usize = 0; k < <usize> side; k++) {
        store<T>(result + k * sizeof<T>(), load<T>(source + k * down));
      }
    }
  }
  for (; y < height; y++) {
    let source = first + <usize> y * down;
    let result = begin + <usize> y * sizeof<T>();
    for (let x = 0; x < width; x++, source += sizeof<T>(), result += along) {
      store<T>(result, load<T>(source));
    }
  }
}

/** A block of 4 x 4 values of 4 bytes. */
function transpose4(
  source: usize,
  down: usize,
  result: usize,
  along: usize,
): void {
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
}

/**
 * A block of 8 x 8 bytes: rows k and k + 4 interleaved, three times, so that rows
 * become columns.
 */
function transpose8(
  source: usize,
  down: usize,
  result: usize,
  along: usize,
): void {
  const a = interleavedRows(source, down);
  const b = interleavedRows(source + down, down);
  const c = interleavedRows(source + 2 * down, down);
  const d = interleavedRows(source + 3 * down, down);
  const ac = interleaved(a, c), ca = interleavedHigh(a, c);
  const bd = interleaved(b, d), db = interleavedHigh(b, d);
  storeBoth(result, along, interleaved(ac, bd));
  storeBoth(result + 2 * along, along, interleavedHigh(ac, bd));
  storeBoth(result + 4 * along, along, interleaved(ca, db));
  storeBoth(result + 6 * along, along, interleavedHigh(ca, db));
}

/** A row of 8 bytes and the one 4 below it. */
function interleavedRows(row: usize, down: usize): v128 {
  return interleaved(
    v128.load64_zero(row),
    v128.load64_zero(row + 4 * down),
  );
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
