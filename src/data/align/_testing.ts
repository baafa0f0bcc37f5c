import { openRng, sizeOf, type Zyx } from "@/core/mod.ts";
import {
  createHdf5,
  type Hdf5Table,
  openHdf5,
  textValue,
} from "../hdf5/mod.ts";

/** Extent of the grey values of {@linkcode writeCremi}. */
export const rawVox: Zyx = [7, 40, 36];

/** What of it is labelled. */
export const labelled = {
  startVox: [1, 10, 8] as Zyx,
  shapeVox: [5, 20, 18] as Zyx,
};

const voxelNm: Zyx = [40, 4, 4];

/** Points of annotations in nanometres, z y x, counted from where the group begins. */
export const locations = [[80, 60, 40], [120, 100, 60], [199, 112, 99]];

/** Numbers as a table of a file. */
export function table(
  values: Hdf5Table["values"],
  { dtype, shape = [values.length] }: {
    readonly dtype: string;
    readonly shape?: readonly number[];
  },
): Hdf5Table {
  return { values, dtype, shape, attributes: {} };
}

/** Writes a small file in the full layout of the challenge. */
export async function writeCremi(
  path: string,
  { points = locations, partners = [0n, 1n] }: {
    readonly points?: readonly (readonly number[])[];
    readonly partners?: readonly [pre: bigint, post: bigint];
  } = {},
): Promise<void> {
  const rng = openRng(3).at("cremi");
  using file = await createHdf5(path);
  file.attributes("", { file_format: textValue("0.2") });
  const offsetNm: Zyx = [
    40 * labelled.startVox[0],
    4 * labelled.startVox[1],
    4 * labelled.startVox[2],
  ];
  file.dataset("volumes/raw", {
    shapeVox: rawVox,
    resolutionNm: voxelNm,
    offsetNm: [0, 0, 0],
  })(Uint8Array.from({ length: sizeOf(rawVox) }, () => rng.integer(256)));
  const place = { shapeVox: labelled.shapeVox, offsetNm };
  const count = sizeOf(labelled.shapeVox);
  file.dataset("volumes/labels/clefts", { ...place, resolutionNm: voxelNm })(
    BigUint64Array.from(
      { length: count },
      () => rng.integer(10) < 7 ? 0xffffffffffffffffn : BigInt(rng.integer(9)),
    ),
  );
  file.dataset("volumes/labels/neuron_ids", place)(
    BigUint64Array.from({ length: count }, () => BigInt(rng.integer(2 ** 31))),
  );
  file.dataset("volumes/masks/good", place)(
    Uint8Array.from({ length: count }, () => rng.integer(2)),
  );
  file.attributes("annotations", {
    offset: {
      values: Float64Array.from(offsetNm),
      dtype: "<d",
      shape: [3],
    },
  });
  const n = points.length;
  file.table(
    "annotations/locations",
    table(Float64Array.from(points.flat()), { dtype: "<d", shape: [n, 3] }),
  );
  file.table(
    "annotations/ids",
    table(BigUint64Array.from(points.keys(), BigInt), { dtype: "<Q" }),
  );
  file.table(
    "annotations/types",
    table(points.map(() => "presynaptic_site"), { dtype: "S" }),
  );
  file.table(
    "annotations/presynaptic_site/partners",
    table(BigUint64Array.from(partners), { dtype: "<Q", shape: [1, 2] }),
  );
  file.commit();
}

/** All that a file has, to compare. */
export async function contentOf(path: string): Promise<unknown> {
  using file = await openHdf5(path);
  return Object.fromEntries([
    ...["", ...file.groups].map((name) => [`@${name}`, file.attributes(name)]),
    ...file.names.map((name) => [name, file.table(name)]),
  ]);
}
