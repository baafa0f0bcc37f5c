import { cropArray, type Volume, wholeBox, type Zyx } from "@/core/mod.ts";
import { type DatasetPlan, sources, writeHdf5 } from "@/data/mod.ts";

/** How {@linkcode writeVolume} departs from a small, sound volume. */
export interface VolumeChange {
  /** The phantom's seed. */
  readonly seed?: number;
  /** The extent of the labels, where it is not that of the grey values. */
  readonly labelsVox?: Zyx;
  /** Where it begins. */
  readonly offsetNm?: Zyx;
  /** What all labels are in place of the phantom's: background, or not known. */
  readonly labels?: "background" | "unknown";
  /** Datasets to leave out. */
  readonly without?: readonly string[];
}

/** Writes the phantom of `tinyPhantom` as a file in CREMI layout. */
export async function writeVolume(
  path: string,
  { seed = 3, labelsVox, offsetNm = [0, 0, 0], labels: only, without = [] }:
    VolumeChange = {},
): Promise<void> {
  using volume = await openPhantom(seed);
  const { image, target, shapeVox } = volume.read(wholeBox(volume.shapeVox));
  const place: DatasetPlan = {
    shapeVox,
    resolutionNm: volume.voxelNm,
    offsetNm,
  };
  const labels = labelsVox
    ? cropArray(target, shapeVox, wholeBox(labelsVox))
    : target;
  const all = {
    "volumes/raw": {
      ...place,
      data: Uint8Array.from(image, (grey) => Math.round(255 * grey)),
    },
    "volumes/labels/clefts": {
      ...place,
      shapeVox: labelsVox ?? shapeVox,
      data: BigUint64Array.from(
        labels,
        (cleft) =>
          only === "unknown"
            ? 2n ** 64n - 2n
            : cleft && !only
            ? 1n
            : 2n ** 64n - 1n,
      ),
    },
  };
  const kept = Object.entries(all).filter(([name]) => !without.includes(name));
  await writeHdf5(path, Object.fromEntries(kept));
}

async function openPhantom(seed: number): Promise<Volume> {
  const entry = sources.schema.parse({
    type: "phantom",
    seed,
    shapeVox: [8, 48, 48],
    voxelNm: [50, 10, 10],
  });
  return await sources.create(entry)
    .open({ dataRoots: [], cacheFolder: "", where: "test" });
}
