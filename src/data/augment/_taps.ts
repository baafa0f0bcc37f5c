/** Where a weighted sum reads, as steps in an array, and its weights. */
export interface Taps {
  /** Steps from the first value. */
  readonly steps: Int32Array;
  /** The weight of each. */
  readonly weights: Float64Array;
}

/** Taps from pairs of a step and a weight. */
export function tapsOf(
  pairs: readonly (readonly [step: number, weight: number])[],
): Taps {
  return {
    steps: Int32Array.from(pairs, ([step]) => step),
    weights: Float64Array.from(pairs, ([, weight]) => weight),
  };
}

/** Where a row of weighted sums is read and written. */
export interface Run {
  /** The first value it is read from. */
  readonly start: number;
  /** The first it is written to. */
  readonly at: number;
  /** How many sums there are. */
  readonly count: number;
}

/** `to[at + i]` becomes the sum of `from[start + i + step] * weight` over the taps. */
export function sumTaps(
  from: Float32Array,
  { taps: { steps, weights }, to, start, at, count }: Run & {
    readonly taps: Taps;
    readonly to: Float32Array;
  },
): void {
  const whole = steps.length - steps.length % 3;
  // Three taps at a time: a third of the stores.
  for (let k = 0; k < whole; k += 3) {
    const a = start + steps[k]!, wa = weights[k]!;
    const b = start + steps[k + 1]!, wb = weights[k + 1]!;
    const c = start + steps[k + 2]!, wc = weights[k + 2]!;
    if (k === 0) {
      for (let i = 0; i < count; i++) {
        to[at + i] = from[a + i]! * wa + from[b + i]! * wb + from[c + i]! * wc;
      }
    } else {
      for (let i = 0; i < count; i++) {
        to[at + i]! += from[a + i]! * wa + from[b + i]! * wb +
          from[c + i]! * wc;
      }
    }
  }
  if (whole === 0) to.fill(0, at, at + count);
  for (let k = whole; k < steps.length; k++) {
    const a = start + steps[k]!, wa = weights[k]!;
    for (let i = 0; i < count; i++) to[at + i]! += from[a + i]! * wa;
  }
}
