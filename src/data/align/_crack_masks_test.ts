import { deepStrictEqual, ok } from "node:assert/strict";
import { mapOfMatrix, type Yx } from "@/align/mod.ts";
import { data } from "@/align/_testing.ts";
import {
  type AffineMap,
  after,
  areaScale,
  inverseOf,
  mapped,
} from "@/core/mod.ts";
import { openHdf5 } from "../hdf5/mod.ts";

/** The torn sections of CREMI's A+ and their parts, as the winners count. */
const tornParts = ["15_1", "15_2", "48_1", "48_2"] as const;

/** Extent of the aligned A+, along y and x. */
const canvas: Yx = [1912, 1741];

Deno.test({
  name: "The winners' matrices and their stored inverses disagree, whatever " +
    "the convention: each is an estimate of its own" +
    (data ? "" : " (ignored: CLEFT_DATA is not set)"),
  ignore: !data,
  async fn() {
    const there = await Promise.all(tornParts.map((part) => read(0, part)));
    const back = await Promise.all(tornParts.map((part) => read(1, part)));
    const rounded = (value: number) => Number(value.toPrecision(3));
    // Neither the origin, the order of the axes or of the two maps, nor rows in
    // place of columns changes the product of areas, 1 of what undoes each
    // other. 64-bit numbers say it to 1e-15.
    deepStrictEqual(
      there.map((map, i) => rounded(areaScale(map) * areaScale(back[i]!) - 1)),
      [-0.000638, -0.00127, -0.00117, 0.00185],
    );
    // No other file is the inverse either.
    for (const map of there) {
      for (const other of back) {
        ok(Math.abs(areaScale(map) * areaScale(other) - 1) > 6e-4);
      }
    }
    // Voxels at the worst place of the canvas, as Cleft reads them, …
    deepStrictEqual(
      there.map((map, i) => rounded(farthestOff(after(map, back[i]!)))),
      [0.771, 2.59, 2.13, 3.16],
    );
    // … and by the origin and the convention that suit each part best.
    deepStrictEqual(
      there.map((map, i) => rounded(leastOff(map, back[i]!))),
      [0.551, 1.56, 1.48, 2.11],
    );
    for (const map of there) {
      ok(farthestOff(after(map, inverseOf(map))) < 1e-9);
      ok(farthestOff(after(inverseOf(map), map)) < 1e-9);
    }
  },
});

async function read(direction: 0 | 1, part: string): Promise<AffineMap> {
  const where = `${data}/cremi_align/align_${direction}_${part}.hdf`;
  using file = await openHdf5(where, where);
  const { shape, values } = file.table("main")!;
  deepStrictEqual(shape, [2, 3, 3]);
  const matrix = Array.from(values as Float64Array).slice(9);
  const rows = [0, 3, 6].map((row) => matrix.slice(row, row + 3));
  return mapOfMatrix(rows, where);
}

/** How far a map takes the corner that it moves most, in voxels. */
function farthestOff(map: AffineMap, [height, width]: Yx = canvas): number {
  const corners = [0, height - 1].flatMap((y) =>
    [0, width - 1].map((x) => [y, x] as const)
  );
  return Math.max(...corners.map(([y, x]) => {
    const [toY, toX] = mapped(map, [y, x]);
    return Math.hypot(toY - y, toX - x);
  }));
}

/**
 * What is left at the worst place by the best of all origins, which moves
 * opposite corners equally far, of both orders and axes, of rows and columns.
 */
function leastOff(there: AffineMap, back: AffineMap): number {
  const centred = ({ y, x }: AffineMap, [height, width]: Yx = canvas) => {
    const [cy, cx] = [(height - 1) / 2, (width - 1) / 2];
    return farthestOff({
      y: [y[0], y[1], (1 - y[0]) * cy - y[1] * cx],
      x: [x[0], x[1], (1 - x[1]) * cx - x[0] * cy],
    }, [height, width]);
  };
  const transposed = ({ y, x }: AffineMap): AffineMap => ({
    y: [y[0], x[0], 0],
    x: [y[1], x[1], 0],
  });
  return Math.min(
    ...[after(there, back), after(back, there)]
      .flatMap((both) => [both, transposed(both)])
      .flatMap((both) => [centred(both), centred(both, [1741, 1912])]),
  );
}
