import { resolve } from "node:path";
import {
  type Box,
  type Entry,
  mapZyx,
  type Sample,
  type Volume,
} from "@/core/mod.ts";
import {
  augmentations,
  type AxisBounds,
  type Chain,
  openChain,
  rawName,
  readSample,
  regionBox,
  regionOptions,
  sources,
  writeHdf5,
} from "@/data/mod.ts";
import { type DataPlace, openSource } from "../run/volumes.ts";
import { readInline } from "../spec/read_inline.ts";
import { cremiDatasets } from "./write_sample.ts";
import { checkParameters, readApplications } from "./steps.ts";

/** What to do to which volume. */
export interface ApplyRequest {
  /** A JSON file of what to do. */
  readonly augmentationPath: string;
  /** The volume, an entry of the source catalog. */
  readonly source: Entry;
  /** What names it, for errors: `--input`. */
  readonly where: string;
  /** The part of the volume that is to come out; all of it by default. */
  readonly regionVox?: AxisBounds | undefined;
  /** The HDF5 file to write. */
  readonly outputPath: string;
}

/**
 * Does to a volume what a file says and writes the result in CREMI layout. What
 * lies around a region is read too, as far as the augmentations want it.
 *
 * @throws {ExperimentError} If the file is wrong or does not go with the volume,
 * or the volume cannot be read.
 */
export async function applyAugmentations(
  { augmentationPath, source, where, regionVox, outputPath }: ApplyRequest,
  place: DataPlace,
): Promise<void> {
  const list = readApplications(augmentationPath);
  using volume = await openSource(source, { ...place, where });
  const box = regionBox({ regionVox }, { grid: volume, where: "--region" });
  const chain = await openWithResource(
    openChain(list.map((one) => one.augmentation), augmentations.create),
    { ...place, where: augmentationPath, volumes: [volume] },
  );
  const steps = checkParameters(chain, list, {
    shapeVox: box.shapeVox,
    path: augmentationPath,
  });
  const after = chain.apply(readWide(volume, box, chain, steps), steps);
  const { [rawName]: raw, ...labels } = cremiDatasets(after, {
    resolutionNm: after.voxelNm,
    offsetNm: mapZyx((axis) =>
      volume.offsetNm[axis] + box.startVox[axis] * volume.voxelNm[axis]
    ),
  });
  await writeHdf5(resolve(outputPath), {
    [rawName]: raw!,
    ...(volume.hasLabels && labels),
  });
}

/** The chain with what it reads from files. */
async function openWithResource(
  chain: Chain,
  context: DataPlace & Parameters<NonNullable<Chain["needs"]>["load"]>[0],
): Promise<Chain> {
  if (!chain.needs) return chain;
  const resource = await chain.needs.load(context);
  context.onInputs?.(resource.inputs.map(({ path }) => path));
  return chain.needs.with(resource);
}

/** Reads a box with the context that a chain wants around it. */
function readWide(
  volume: Volume,
  { startVox, shapeVox }: Box,
  chain: Chain,
  steps: Parameters<Chain["apply"]>[1],
): Sample {
  const marginVox = chain.marginVox!(shapeVox, steps);
  return readSample(volume, {
    startVox: mapZyx((axis) => startVox[axis] - marginVox[axis]),
    shapeVox: mapZyx((axis) => shapeVox[axis] + 2 * marginVox[axis]),
  });
}

/**
 * Reads a source from the command line, as YAML.
 *
 * @throws {ExperimentFaults} If it is none.
 */
export function readSource(text: string): Entry {
  return readInline(text, { schema: sources.schema, option: "--source" });
}

/**
 * Reads a region from the command line, as YAML.
 *
 * @throws {ExperimentFaults} If it is none.
 */
export function readRegion(text: string): AxisBounds {
  return readInline(text, {
    schema: regionOptions.regionVox,
    option: "--region",
  }) ?? {};
}
