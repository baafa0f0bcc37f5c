// Medians by networks of exchanges.

/**
 * to = what place `middle` holds once `count` exchanges have run on the values at
 * `places` offsets, in bytes, from each of height x width voxels; rows of `from`
 * lie `pitch` bytes apart. 16 voxels at a time, so that up to 15 values are read
 * and written beyond the end. `exchanges` has pairs of places in `room`, in bytes,
 * 64 of them a place.
 */
export function median(
  from: usize,
  to: usize,
  height: i32,
  width: i32,
  pitch: i32,
  offsets: usize,
  places: i32,
  exchanges: usize,
  count: i32,
  middle: i32,
  room: usize,
): void {
  const last = exchanges + (<usize> count << 3);
  for (let y = 0; y < height; y++, from += pitch, to += <usize> width << 2) {
    for (let x = 0; x < width; x += 16) {
      const voxel = from + (<usize> x << 2);
      for (let k = 0; k < places; k++) {
        const value = voxel + load<i32>(offsets + (<usize> k << 2));
        const place = room + (<usize> k << 6);
        v128.store(place, v128.load(value), 0);
        v128.store(place, v128.load(value, 16), 16);
        v128.store(place, v128.load(value, 32), 32);
        v128.store(place, v128.load(value, 48), 48);
      }
      for (let e = exchanges; e < last; e += 8) {
        const low = room + load<i32>(e), high = room + load<i32>(e, 4);
        exchange(low, high, 0);
        exchange(low, high, 16);
        exchange(low, high, 32);
        exchange(low, high, 48);
      }
      const result = to + (<usize> x << 2),
        place = room + (<usize> middle << 6);
      v128.store(result, v128.load(place), 0);
      v128.store(result, v128.load(place, 16), 16);
      v128.store(result, v128.load(place, 32), 32);
      v128.store(result, v128.load(place, 48), 48);
    }
  }
}

/** Puts the lower of four values to one place, and the higher to the other. */
// @ts-ignore: a decorator of AssemblyScript

function exchange(low: usize, high: usize, offset: usize): void {
  const a = v128.load(low + offset), b = v128.load(high + offset);
  v128.store(low + offset, f32x4.pmin(a, b));
  v128.store(high + offset, f32x4.pmax(a, b));
}
