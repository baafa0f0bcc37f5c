import type { Origin, PartnerPlace, Volume, Zyx } from "@/core/mod.ts";
import type { VoxelContainer } from "../voxels/mod.ts";
import { greyReader } from "./_grey.ts";
import { openLabels } from "./_labels.ts";
import { type DatasetGrid, gridOf } from "./_resolution.ts";
import type { SourceContext } from "./_source.ts";
import { boxOf, placeLabels, storedVolume } from "./_stored_volume.ts";
import { hashArray } from "./hash_input.ts";

/** An array in an open container. */
export interface ArrayPlace {
  readonly container: VoxelContainer;
  /** Its path in it. */
  readonly array: string;
  /** For errors. */
  readonly where: string;
}

/** What a volume of arrays is opened from. */
export interface ArraysRequest {
  /** What reports call it. */
  readonly name: string;
  readonly raw: ArrayPlace;
  /** Without them the volume has none. */
  readonly labels: ArrayPlace | undefined;
  /** Extent of a voxel in place of what the files say. */
  readonly resolutionNm: Zyx | undefined;
  /** Its synaptic partners, if it has a table of them. */
  readonly partners?:
    | ((grid: DatasetGrid) => readonly PartnerPlace[])
    | undefined;
  /** The neurons of its sections, if they are known. */
  readonly neurons?:
    | ((grid: DatasetGrid) => (z: number) => Uint32Array)
    | undefined;
  /** Which voxels it is made of, if not those of its own file. */
  readonly origin?: Origin | undefined;
}

/**
 * A volume of an array of grey values and, if it has them, one of labels, which
 * lie where their offset says. It closes the containers.
 *
 * @throws {ExperimentError} If one is not what it should be.
 */
export async function openArrays(
  { name, raw, labels, resolutionNm, partners, neurons, origin }: ArraysRequest,
  { cacheFolder, withoutLabels }: SourceContext,
): Promise<Volume> {
  const hasResolution = resolutionNm !== undefined;
  const open = ({ container, array }: ArrayPlace) =>
    container.dataset(array, { hasResolution });
  const hash = ({ container, array, where }: ArrayPlace) =>
    hashArray(container, { array, cacheFolder, where });
  const rawData = open(raw), input = await hash(raw);
  const grid = gridOf(rawData, { resolutionNm, where: raw.where });
  const placed = ({ where, ...place }: ArrayPlace) => {
    const dataset = open({ where, ...place });
    const own = gridOf(dataset, { resolutionNm, where, like: grid });
    const startVox = placeLabels(own, { raw: grid, where });
    return { dataset, startVox, notes: own.notes };
  };
  const read = async (place: ArrayPlace) => {
    const found = placed(place), { where } = place;
    const input = await hash(place), { sha256 } = input;
    const how = openLabels(found.dataset, { where, sha256, cacheFolder });
    input.checkUnchanged();
    const notes = [...found.notes, ...how.notes];
    return { input, ...found, ...how, notes };
  };
  const truth = labels && !withoutLabels ? await read(labels) : undefined;
  return storedVolume({
    ...{ name, grid, origin },
    raw: { dataset: rawData, input },
    grey: greyReader(rawData, raw.where),
    labels: truth,
    partners: partners && (() => partners(grid)),
    neurons: neurons && (() => neurons(grid)),
    labelledBox: () => labels && boxOf(placed(labels)),
    files: labels ? [raw.container, labels.container] : [raw.container],
  });
}
