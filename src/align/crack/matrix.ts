import { type AffineMap, areaScale, ExperimentError } from "@/core/mod.ts";

/**
 * A map from a matrix of three rows for columns `[x, y, 1]`, as CREMI's winners
 * wrote theirs (techniques A8.6).
 *
 * @throws {ExperimentError} If it is no affine map, or cannot be undone.
 */
export function mapOfMatrix(
  rows: readonly (readonly number[])[],
  where: string,
): AffineMap {
  const refuse = (
    why: string,
    fix = "Give three rows for columns [x, y, 1], the last one 0 0 1",
  ) =>
    new ExperimentError(`Cannot move a part by this matrix: ${why}`, {
      where,
      fix,
    });
  if (rows.length !== 3 || rows.some((row) => row.length !== 3)) {
    throw refuse(`it is ${rows.length} × ${rows[0]?.length ?? 0}, not 3 × 3`);
  }
  if (!rows.flat().every(Number.isFinite)) {
    throw refuse("not all of it is a finite number");
  }
  const [[xx, xy, dx], [yx, yy, dy], last] = rows as number[][] as [
    [number, number, number],
    [number, number, number],
    [number, number, number],
  ];
  if (last.some((value, i) => Math.abs(value - (i === 2 ? 1 : 0)) > 1e-9)) {
    throw refuse(`its last row is ${last.join(" ")}, not 0 0 1`);
  }
  const map: AffineMap = { y: [yy, yx, dy], x: [xy, xx, dx] };
  if (Math.abs(areaScale(map)) < 1e-6) {
    throw refuse(
      "it cannot be undone",
      "Give one that keeps areas, or none: then where the part belongs is " +
        "estimated",
    );
  }
  return map;
}
