import { join } from "node:path";
import { type Sample, writeOutput, type Zyx } from "@/core/mod.ts";
import {
  cleftsName,
  type Example,
  type NewDataset,
  rawName,
  writeHdf5,
} from "@/data/mod.ts";
import { contactSheet } from "./contact_sheet.ts";
import type { MadeHead, MadeSample, ReplayedSample } from "./made_sample.ts";

/**
 * Writes a sample as `sample-<number>.hdf`, `.png` and `.json`, and returns the
 * paths. The HDF5 file is a volume in CREMI layout with what training compares
 * beside it; the picture shows every section.
 *
 * @throws {ExperimentError} If one cannot be written.
 */
export async function writeSample(
  folder: string,
  { sample, example, heads, facts }: MadeSample,
): Promise<readonly string[]> {
  const files = samplePaths(folder, facts.index);
  const [volume, picture, words] = files as [string, string, string];
  const place = { resolutionNm: facts.voxelNm, offsetNm: facts.place.offsetNm };
  await writeHdf5(volume, {
    ...cremiDatasets(sample, place),
    ...learningDatasets(example, {
      heads,
      place: { shapeVox: sample.shapeVox, ...place },
    }),
  });
  writeOutput(picture, contactSheet(sample));
  const record: ReplayedSample = { ...facts, files };
  writeOutput(words, `${JSON.stringify(record, null, 2)}\n`);
  return files;
}

/** The files that a sample is written to: HDF5, PNG and JSON. */
export function samplePaths(folder: string, index: number): readonly string[] {
  return ["hdf", "png", "json"]
    .map((ending) => join(folder, `sample-${index}.${ending}`));
}

/** Where voxels lie. */
interface Place {
  readonly resolutionNm: Zyx;
  readonly offsetNm: Zyx;
}

/** Grey values, and labels as CREMI writes them: cleft 1, and two marks. */
export function cremiDatasets(
  { image, target, mask, shapeVox }: Omit<Sample, "voxelNm" | "inside">,
  place: Place,
): Readonly<Record<string, NewDataset>> {
  const background = 2n ** 64n - 1n, unknown = 2n ** 64n - 2n;
  const clefts = BigUint64Array.from(
    target,
    (label, i) => mask[i] === 0 ? unknown : label === 1 ? 1n : background,
  );
  return {
    [rawName]: { shapeVox, ...place, data: image },
    [cleftsName]: { shapeVox, ...place, data: clefts },
  };
}

/**
 * What each head is to say, `volumes/<head>/{target,mask,weight}`, of vectors a
 * target for each axis, `targetZ`, `targetY`, `targetX`; and what belongs to no
 * head, such as `volumes/distanceNm`.
 */
export function learningDatasets(
  { image: _, target, mask, weight, ...more }: Example,
  { heads, place }: {
    readonly heads: readonly MadeHead[];
    readonly place: Place & { readonly shapeVox: Zyx };
  },
): Readonly<Record<string, NewDataset>> {
  const ofHeads = Object.entries({ mask, weight }); // [D, H, W, heads]
  const names = heads.flatMap(({ name, quantity }) =>
    quantity === "scalar"
      ? [`${name}/target`]
      : ["Z", "Y", "X"].map((axis) => `${name}/target${axis}`)
  );
  const datasets = [
    ...names.map((name, k) => [name, everyOther(target, [k, names.length])]),
    ...heads.flatMap(({ name: head }, k) =>
      ofHeads.map(([name, values]) => [
        `${head}/${name}`,
        everyOther(values, [k, heads.length]),
      ])
    ),
  ];
  const all = [...datasets, ...Object.entries(more)] as [
    string,
    Float32Array | undefined,
  ][];
  return Object.fromEntries(
    all.flatMap(([name, data]) =>
      data ? [[`volumes/${name}`, { ...place, data }]] : []
    ),
  );
}

/** The values from the first one on, each so many after the one before. */
function everyOther(
  values: Float32Array,
  [first, step]: readonly [number, number],
): Float32Array {
  return values.filter((_, i) => i % step === first);
}
