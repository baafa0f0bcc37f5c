/**
 * A map of the plane: `(y, x)` goes to
 * `(yy * y + yx * x + dy, xy * y + xx * x + dx)`, in voxels.
 */
export interface AffineMap {
  /** `[yy, yx, dy]`. */
  readonly y: readonly [number, number, number];
  /** `[xy, xx, dx]`. */
  readonly x: readonly [number, number, number];
}

/** What a map does after another. */
export function after(
  { y: [yy, yx, dy], x: [xy, xx, dx] }: AffineMap,
  { y, x }: AffineMap,
): AffineMap {
  const row = (a: number, b: number, d: number) =>
    [
      a * y[0] + b * x[0],
      a * y[1] + b * x[1],
      a * y[2] + b * x[2] + d,
    ] as const;
  return { y: row(yy, yx, dy), x: row(xy, xx, dx) };
}

/** How many times as large an area becomes; negative if it is mirrored. */
export function areaScale({ y: [yy, yx], x: [xy, xx] }: AffineMap): number {
  return yy * xx - yx * xy;
}

/**
 * The map that undoes another.
 *
 * @throws {RangeError} If it flattens the plane, or as good as that.
 */
export function inverseOf(map: AffineMap): AffineMap {
  const area = areaScale(map);
  if (!(Math.abs(area) > 1e-6)) {
    throw new RangeError(
      `Cannot undo a map that makes areas ${area} times as large`,
    );
  }
  const { y: [yy, yx, dy], x: [xy, xx, dx] } = map;
  return {
    y: [xx / area, -yx / area, (yx * dx - xx * dy) / area],
    x: [-xy / area, yy / area, (xy * dy - yy * dx) / area],
  };
}

/** Where a map takes a place, in voxels. */
export function mapped(
  { y: [yy, yx, dy], x: [xy, xx, dx] }: AffineMap,
  [y, x]: readonly [y: number, x: number],
): [y: number, x: number] {
  return [yy * y + yx * x + dy, xy * y + xx * x + dx];
}
