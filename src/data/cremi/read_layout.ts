import type { Grid, Zyx } from "@/core/mod.ts";
import { type Hdf5Dataset, type Hdf5File, openHdf5 } from "../hdf5/mod.ts";
import { placeLabels } from "../source/_stored_volume.ts";
import { type DatasetGrid, gridOf } from "../source/_resolution.ts";
import { Faults } from "./_faults.ts";
import { type Annotations, readAnnotations } from "./annotations.ts";
import { cleftsName, neuronIdsName, rawName } from "./layout.ts";

/** A volume of a file, and where it lies. */
export interface PlacedDataset {
  /** Its numbers. */
  readonly dataset: Hdf5Dataset;
  /** Its extent and place. */
  readonly grid: Grid;
  /** Its first voxel, counted in the grey values; in the first labels without them. */
  readonly startVox: Zyx;
}

/** What a file in the layout of the challenge has. */
export interface CremiLayout {
  /** The grey values. */
  readonly raw: PlacedDataset | undefined;
  /** The ids of clefts. */
  readonly clefts: PlacedDataset | undefined;
  /** The ids of neurons. */
  readonly neuronIds: PlacedDataset | undefined;
  /** Points, partners and comments. */
  readonly annotations: Annotations | undefined;
}

/** A file in the layout of the challenge, open for reading. */
export interface OpenCremi extends CremiLayout, Disposable {}

/**
 * Opens a file in the full layout of the challenge (cremi.org): grey values,
 * ids of clefts and neurons, padded or not, and annotations, as far as it has
 * them.
 *
 * @throws {ExperimentError} If it is no HDF5 file, or a part of it is not sound.
 */
export async function openCremi(
  path: string,
  where = path,
): Promise<OpenCremi> {
  using opened = new DisposableStack();
  const file = opened.use(await openHdf5(path, where));
  const faults = new Faults();
  const layout = readLayout(file, { faults, where });
  faults.throwIfAny();
  const held = opened.move();
  return { ...layout, [Symbol.dispose]: () => held.dispose() };
}

/** Reads what a file has; the parts that are not sound become faults. */
export function readLayout(
  file: Hdf5File,
  { faults, where }: { readonly faults: Faults; readonly where: string },
): CremiLayout {
  let first: DatasetGrid | undefined;
  const placed = (name: string): PlacedDataset | undefined =>
    file.has(name)
      ? faults.attempt(() => {
        const dataset = file.dataset(name);
        const grid = gridOf(dataset, { where, like: first });
        const startVox: Zyx = first
          ? placeLabels(grid, { raw: first, where })
          : [0, 0, 0];
        first ??= grid;
        return { dataset, grid, startVox };
      })
      : undefined;
  return {
    raw: placed(rawName),
    clefts: placed(cleftsName),
    neuronIds: placed(neuronIdsName),
    annotations: faults.attempt(() => readAnnotations(file, where)),
  };
}
