import FFT from "fft.js";
import type { Yx } from "../shifts.ts";

/** A shift and how clearly it stands out. */
export interface Peak {
  /** How far the content of the second plane lies from the first's, in voxels. */
  readonly shiftVox: Yx;
  /** Height of its peak; the peaks of one pair can be compared. */
  readonly height: number;
}

/**
 * The likeliest whole shifts between two square planes, highest first: peaks of
 * the inverse transform of their normalised cross-spectrum (Kuglin and Hines
 * 1975), with a Hann window, as a plane goes on nowhere.
 *
 * @param first `[n, n]`, `n` a power of 2 from 8 on.
 * @param second `[n, n]`.
 */
export function phaseCorrelation(
  { first, second, extentVox: n }: {
    readonly first: Float32Array;
    readonly second: Float32Array;
    readonly extentVox: number;
  },
  { peaks }: { readonly peaks: number },
): Peak[] {
  const transform = squareTransform(n);
  const a = transform.forward(windowed(first, n));
  const b = transform.forward(windowed(second, n));
  for (let i = 0; i < a.length; i += 2) {
    const re = b[i]! * a[i]! + b[i + 1]! * a[i + 1]!;
    const im = b[i + 1]! * a[i]! - b[i]! * a[i + 1]!;
    const weight = structure(i >> 1, n) / (Math.hypot(re, im) || 1);
    a[i] = re * weight;
    a[i + 1] = im * weight;
  }
  return highest(transform.inverse(a), n, peaks);
}

/** How much a frequency counts: what is finer than some eight voxels is noise. */
function structure(index: number, n: number): number {
  const cycles = (at: number) => Math.min(at, n - at) / n;
  const squared = cycles(Math.floor(index / n)) ** 2 + cycles(index % n) ** 2;
  return Math.exp(-squared / 0.12 ** 2);
}

/** A plane without its mean, faded out towards its borders, as complex numbers. */
function windowed(plane: Float32Array, n: number): Float64Array {
  let mean = 0;
  for (const value of plane) mean += value / plane.length;
  const hann = Float64Array.from(
    { length: n },
    (_, i) => Math.sin(Math.PI * (i + 0.5) / n) ** 2,
  );
  const result = new Float64Array(2 * n * n); // [n, n, 2]
  for (let i = 0; i < n * n; i++) {
    result[2 * i] = (plane[i]! - mean) * hann[Math.floor(i / n)]! *
      hann[i % n]!;
  }
  return result;
}

/** Peaks of a periodic surface, none within two voxels of a higher one. */
function highest(surface: Float64Array, n: number, count: number): Peak[] {
  const order = Array.from({ length: n * n }, (_, i) => i)
    .filter((i) => isPeak(surface, n, i))
    .sort((a, b) => surface[2 * b]! - surface[2 * a]!);
  return order.slice(0, count).map((i): Peak => {
    const signed = (at: number) => at >= n / 2 ? at - n : at;
    return {
      shiftVox: [signed(Math.floor(i / n)), signed(i % n)],
      height: surface[2 * i]!,
    };
  });
}

function isPeak(surface: Float64Array, n: number, i: number): boolean {
  const y = Math.floor(i / n), x = i % n;
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const other = ((y + dy + n) % n) * n + (x + dx + n) % n;
      if (surface[2 * other]! > surface[2 * i]!) return false;
    }
  }
  return true;
}

/** Fourier's transform of `[n, n, 2]` arrays, rows and then columns. */
function squareTransform(n: number): {
  forward(values: Float64Array): Float64Array;
  inverse(values: Float64Array): Float64Array;
} {
  const fft = new FFT(n);
  const both = (along: "transform" | "inverseTransform") =>
  (
    values: Float64Array,
  ): Float64Array => {
    const line: number[] = fft.createComplexArray();
    const result: number[] = fft.createComplexArray();
    const pass = (first: number, stride: number) => {
      for (let i = 0; i < n; i++) {
        line[2 * i] = values[first + i * stride]!;
        line[2 * i + 1] = values[first + i * stride + 1]!;
      }
      fft[along](result, line);
      for (let i = 0; i < n; i++) {
        values[first + i * stride] = result[2 * i]!;
        values[first + i * stride + 1] = result[2 * i + 1]!;
      }
    };
    for (let y = 0; y < n; y++) pass(2 * y * n, 2);
    for (let x = 0; x < n; x++) pass(2 * x, 2 * n);
    return values;
  };
  return { forward: both("transform"), inverse: both("inverseTransform") };
}
