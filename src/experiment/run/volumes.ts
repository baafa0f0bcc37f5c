import {
  type Entry,
  ExperimentError,
  printable,
  type SearchPlace,
  sizeOf,
  type Volume,
} from "@/core/mod.ts";
import { cropVolume, regionBox, sources } from "@/data/mod.ts";
import { nameFault, type RunInput, type Split } from "@/record/mod.ts";
import type { Spec } from "../spec/mod.ts";

/** Where data is looked for. */
export interface DataPlace extends SearchPlace {
  /** Folders that relative data paths may start in, the first one first. */
  readonly dataRoots: readonly string[];
  /**
   * Told of the files that are read before anything is made of them; throws an
   * OverwriteError if one of them would be written over.
   */
  onInputs?(paths: readonly string[]): void;
}

const splits = ["train", "validation", "test"] as const;

/** A part of the data of an experiment, opened. */
export interface Region {
  /** What it is for. */
  readonly split: Split;
  /** Its place in the experiment, such as `data.train[0]`. */
  readonly place: string;
  /** What it is cut from. */
  readonly source: Entry;
  /** The voxels of what it is cut from, all of them. */
  readonly wholeVox: number;
  /** Its voxels. */
  readonly volume: Volume;
}

/** A region's place and name, and the file that it is read from, for errors. */
export function regionText(
  { place, volume: { name, inputs } }: Region,
): string {
  const file = inputs[0] ? ` (${inputs[0].path})` : "";
  return `${place} "${printable(name)}"${file}`;
}

/** The regions of an experiment's data; owns what they are views of. */
export class Volumes implements Disposable {
  /** Split by split, in the file's order. */
  readonly regions: readonly Region[];

  readonly #opened: readonly Volume[];

  /** Takes over the volumes that were opened; regions are views of them. */
  constructor(regions: readonly Region[], opened: readonly Volume[]) {
    this.regions = regions;
    this.#opened = opened;
  }

  /** The volumes of a split. */
  of(wanted: Split): readonly Volume[] {
    return this.regions.filter(({ split }) => split === wanted)
      .map(({ volume }) => volume);
  }

  /** The files behind them, each with its roles. */
  get inputs(): readonly RunInput[] {
    return this.regions.flatMap(({ split, place, volume }) =>
      volume.inputs.map((file) => ({
        role: place.replace("data.", ""),
        split,
        run: null,
        ...file,
      }))
    );
  }

  /** Closes the volumes. */
  [Symbol.dispose](): void {
    for (const volume of this.#opened) volume[Symbol.dispose]();
  }
}

/**
 * Opens a volume; the caller disposes it.
 *
 * @throws {ExperimentError} If it cannot be read.
 */
export async function openSource(
  source: Entry,
  place: DataPlace & {
    readonly where: string;
    readonly withoutLabels?: boolean;
  },
): Promise<Volume> {
  const volume = await sources.create(source).open(place);
  try {
    place.onInputs?.(volume.inputs.map(({ path }) => path));
    return volume;
  } catch (error) {
    volume[Symbol.dispose]();
    throw error;
  }
}

/**
 * Opens the volumes of an experiment.
 *
 * @throws {ExperimentError} If one cannot be found, read or cut.
 */
export async function openVolumes(
  { data }: Pick<Spec, "data">,
  place: DataPlace,
): Promise<Volumes> {
  const opened: Volume[] = [];
  const open = async (split: Split) => {
    const regions: Region[] = [];
    for (const [i, entry] of data[split].entries()) {
      const where = `data.${split}[${i}]`;
      if (entry.name !== undefined) checkName(entry.name, where);
      const { source } = entry;
      const whole = await openSource(source, { ...place, where });
      opened.push(whole);
      const box = regionBox(entry, { grid: whole, where });
      const view = cropVolume(whole, box);
      const name = entry.name ?? view.name;
      checkName(name, where);
      regions.push({
        ...{ split, place: where, source },
        wholeVox: sizeOf(whole.shapeVox),
        volume: { ...view, name },
      });
    }
    return distinctNames(regions);
  };
  try {
    const regions: Region[] = [];
    for (const split of splits) regions.push(...await open(split));
    return new Volumes(regions, opened);
  } catch (error) {
    for (const volume of opened) volume[Symbol.dispose]();
    throw error;
  }
}

/** Numbers volumes of one name, so that records can tell them apart. */
function distinctNames(regions: readonly Region[]): readonly Region[] {
  const taken = new Set<string>();
  return regions.map((region) => {
    const { volume } = region;
    let { name } = volume;
    for (let n = 2; taken.has(name); n++) name = `${volume.name}-${n}`;
    taken.add(name);
    return { ...region, volume: { ...volume, name } };
  });
}

/** The longest name of a volume: its pictures' names hold it. */
const longestName = 150;

/** Fails where a volume's name cannot be part of the names of its pictures. */
function checkName(name: string, where: string): void {
  const fault = nameFault(name, longestName);
  if (fault === null) return;
  const shown = printable(name.slice(0, 60));
  throw new ExperimentError(
    `Cannot record a volume under the name "${shown}": ${fault}`,
    { where, fix: 'Give it one, such as "name: stack1"' },
  );
}
