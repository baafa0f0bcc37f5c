import { madeTissue, tear } from "@/align/crack/_testing.ts";
import { type AffineMap, openRng, type Zyx } from "@/core/mod.ts";
import { createHdf5 } from "../hdf5/mod.ts";
import { table } from "./_testing.ts";

const background = 0xffffffffffffffffn;

/** Extent of the sections along y and x. */
export const n = 320;

const shapeVox: Zyx = [3, n, n];

/** The section before it was torn, and its labels. */
export const tissue = madeTissue(n);

/** The torn section. */
export const made = tear(tissue, openRng(2).at("crack", 2));

/** A place in the middle of what a side has. */
function within(side: number): readonly [number, number] {
  const places = made.sides.keys().filter((i) =>
    [0, -9, 9, -9 * n, 9 * n].every((step) => made.sides[i + step] === side)
  ).toArray();
  const at = places[places.length >> 1]!;
  return [Math.floor(at / n), at % n];
}

/** A point in each part, in nanometres. */
export const points = ([1, 2] as const).map((side) => {
  const [y, x] = within(side);
  return [40, 4 * y, 4 * x];
});

/** Writes three sections of one tissue, the middle one torn; `last` may differ. */
export async function writeTorn(
  path: string,
  { locations = points, last = tissue.plane }: {
    readonly locations?: readonly (readonly number[])[];
    readonly last?: Float32Array;
  } = {},
): Promise<void> {
  using file = await createHdf5(path);
  const place = { shapeVox, resolutionNm: [40, 4, 4] as Zyx };
  const greys = [tissue.plane, made.torn, last];
  const labels = [tissue.labels, made.labels, tissue.labels];
  const raw = file.dataset("volumes/raw", place);
  const clefts = file.dataset("volumes/labels/clefts", place);
  for (const z of [0, 1, 2]) {
    raw(Uint8Array.from(greys[z]!, (grey) => Math.round(255 * grey)));
    clefts(BigUint64Array.from(labels[z]!, (l) => l ? 7n : background));
  }
  file.table(
    "annotations/locations",
    table(Float64Array.from(locations.flat()), {
      dtype: "<d",
      shape: [locations.length, 3],
    }),
  );
  file.commit();
}

/** Masks of the parts with matrices as CREMI's winners wrote them. */
export async function writeMasks(
  path: string,
  { matrices, parts = made.sides }: {
    readonly matrices?: readonly (readonly number[])[];
    readonly parts?: Uint8Array;
  },
): Promise<void> {
  using file = await createHdf5(path);
  const append = file.dataset("volumes/masks/parts", {
    shapeVox,
    resolutionNm: [40, 4, 4],
  });
  for (const plane of [new Uint8Array(n * n), parts, new Uint8Array(n * n)]) {
    append(plane);
  }
  if (matrices) {
    file.table(
      "matrices/1",
      table(Float64Array.from(matrices.flat()), {
        dtype: "<d",
        shape: [2, 3, 3],
      }),
    );
  }
  file.commit();
}

/** A map as a matrix of the winners. */
export const matrixOf = ({ y, x }: AffineMap) => [
  ...[x[1], x[0], x[2]],
  ...[y[1], y[0], y[2]],
  ...[0, 0, 1],
];
