/** A voxel of a section. */
export type Pixel = readonly [y: number, x: number];

/**
 * The pixels of a straight line, one after the other (Bresenham 1965, the same
 * ones as skimage.draw.line).
 */
export function linePixels(from: Pixel, to: Pixel): Pixel[] {
  const isSteep = Math.abs(to[0] - from[0]) > Math.abs(to[1] - from[1]);
  const [along, across] = isSteep ? [0, 1] as const : [1, 0] as const;
  const length = Math.abs(to[along] - from[along]);
  const rise = Math.abs(to[across] - from[across]);
  const step = to[along] > from[along] ? 1 : -1;
  const sideStep = to[across] > from[across] ? 1 : -1;
  const pixels: Pixel[] = [];
  let a = from[along], b = from[across];
  let error = 2 * rise - length;
  for (let i = 0; i < length; i++) {
    pixels.push(isSteep ? [a, b] : [b, a]);
    while (error >= 0) {
      b += sideStep;
      error -= 2 * length;
    }
    a += step;
    error += 2 * rise;
  }
  pixels.push(to);
  return pixels;
}
