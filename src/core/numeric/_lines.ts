import type { Zyx } from "../volume.ts";

/**
 * Visits every line of a `[D, H, W]` array along an axis: the index of its first
 * voxel, the step from one voxel to the next, and how many there are.
 */
export function forEachLine(
  { shapeVox, axis }: { readonly shapeVox: Zyx; readonly axis: 0 | 1 | 2 },
  visit: (first: number, step: number, length: number) => void,
): void {
  const [depth, height, width] = shapeVox;
  const length = shapeVox[axis];
  const step = axis === 0 ? height * width : axis === 1 ? width : 1;
  const lines = depth * height * width / length;
  for (let line = 0; line < lines; line++) {
    // Lines of one outer block start side by side, `step` of them.
    const first = Math.floor(line / step) * step * length + line % step;
    visit(first, step, length);
  }
}

/** The index in `[0, length)` that scipy's `reflect` puts in place of `i`. */
export function reflected(i: number, length: number): number {
  const period = 2 * length;
  const within = ((i % period) + period) % period;
  return within < length ? within : period - 1 - within;
}

/** The index in `[0, length)` that scipy's `mirror` puts in place of `i`. */
export function mirrored(i: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * length - 2;
  const within = ((i % period) + period) % period;
  return within < length ? within : period - within;
}
