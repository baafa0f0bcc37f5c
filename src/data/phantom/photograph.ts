import type { Rng } from "@/core/mod.ts";

/** How a section is photographed. */
export interface Exposure {
  /** Standard deviation of the noise, in grey values from 0 to 1. */
  readonly noise: number;
  /** Contrast around the section's mean; 1 is full. */
  readonly contrast: number;
  /** Added grey. */
  readonly brightness: number;
  /** Blur of the optics, in pixels. */
  readonly blurVox: number;
}

/** Turns optical density, `[H, W]`, into grey values from 0 to 255. */
export function photograph(
  density: Float32Array,
  {
    shape: [height, width],
    shade,
    exposure: { noise, contrast, brightness, blurVox },
  }: {
    readonly shape: readonly [number, number];
    readonly shade: Float32Array;
    readonly exposure: Exposure;
  },
  rng: Rng,
): Uint8Array {
  const early = 4 * noise, late = 0.5 * noise;
  const grey = new Float32Array(density.length);
  for (let i = 0; i < grey.length; i++) {
    // Beer and Lambert; the blur makes this noise normal.
    grey[i] = Math.exp(-density[i]!) + rng.uniform(-early, early);
  }
  const sharp = blur(grey, height, width, blurVox);
  const result = new Uint8Array(density.length);
  for (let i = 0; i < result.length; i++) {
    const value = 0.5 + contrast * (1.12 * sharp[i]! - 0.5) + brightness +
      0.025 * shade[i]! + rng.uniform(-late, late) + rng.uniform(-late, late);
    result[i] = Math.round(255 * Math.min(1, Math.max(0, value)));
  }
  return result;
}

/** Gaussian blur in the section, borders repeated. */
function blur(
  image: Float32Array,
  height: number,
  width: number,
  sigma: number,
): Float32Array {
  const radius = Math.ceil(3 * sigma);
  const taps = Array.from(
    { length: 2 * radius + 1 },
    (_, k) => Math.exp(-((k - radius) ** 2) / (2 * sigma * sigma)),
  );
  const sum = taps.reduce((a, b) => a + b);
  const along = (
    from: Float32Array,
    count: number,
    stride: number,
    lines: number,
    lineStride: number,
  ) => {
    const to = new Float32Array(from.length);
    for (let line = 0; line < lines; line++) {
      for (let k = 0; k < count; k++) {
        let value = 0;
        for (let t = -radius; t <= radius; t++) {
          const at = Math.min(Math.max(k + t, 0), count - 1);
          value += taps[t + radius]! * from[line * lineStride + at * stride]!;
        }
        to[line * lineStride + k * stride] = value / sum;
      }
    }
    return to;
  };
  return along(along(image, width, 1, height, width), height, width, width, 1);
}
