import {
  type Entry,
  ExperimentError,
  printable,
  type Volume,
} from "@/core/mod.ts";
import { cropVolume, regionBox, sources } from "@/data/mod.ts";
import { nameFault, type RunInput, type Split } from "@/record/mod.ts";
import type { PlanVolume } from "../plan/mod.ts";
import type { Spec } from "../spec/mod.ts";
import { overlapsOf } from "./overlaps.ts";

/** Where data is looked for. */
export interface DataPlace {
  /** Folders that relative data paths may start in, the first one first. */
  readonly dataRoots: readonly string[];
  /** Where hashes of inputs are kept between runs. */
  readonly cacheFolder: string;
  /**
   * Told of the files that are read before anything is made of them; throws an
   * OverwriteError if one of them would be written over.
   */
  onInputs?(paths: readonly string[]): void;
}

const splits: readonly Split[] = ["train", "validation", "test"];

/** The volumes of an experiment, cut to their regions; owns them. */
export class Volumes implements Disposable {
  /** By split, in the file's order. */
  readonly bySplit: Readonly<Record<Split, readonly Volume[]>>;

  readonly #opened: readonly Volume[];

  /** Takes over the volumes that were opened; `bySplit` holds views of them. */
  constructor(
    bySplit: Readonly<Record<Split, readonly Volume[]>>,
    opened: readonly Volume[],
  ) {
    this.bySplit = bySplit;
    this.#opened = opened;
  }

  /** The files behind them, each with its roles. */
  get inputs(): readonly RunInput[] {
    return splits.flatMap((split) =>
      this.bySplit[split].flatMap((volume, i) =>
        volume.inputs.map((file) => ({
          role: `${split}[${i}]`,
          split,
          run: null,
          ...file,
        }))
      )
    );
  }

  /** Their extents and places, as a plan lists them. */
  get described(): readonly PlanVolume[] {
    return splits.flatMap((split) =>
      this.bySplit[split].map(({ name, shapeVox, voxelNm, offsetNm }) => ({
        split,
        name,
        shapeVox,
        voxelNm,
        offsetNm,
      }))
    );
  }

  /** What is unusual about how their files are read, or cut, for the user. */
  get notes(): readonly string[] {
    const ofFiles = Object.entries(this.bySplit).flatMap(([split, volumes]) =>
      volumes.flatMap(({ notes = [] }, i) =>
        notes.map((note) => `data.${split}[${i}]: ${note}`)
      )
    );
    return [...ofFiles, ...overlapsOf(this.bySplit)];
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
  place: DataPlace & { readonly where: string },
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
    const volumes: Volume[] = [];
    for (const [i, entry] of data[split].entries()) {
      const where = `data.${split}[${i}]`;
      if (entry.name !== undefined) checkName(entry.name, where);
      const whole = await openSource(entry.source, { ...place, where });
      opened.push(whole);
      const box = regionBox(entry, whole, where);
      const view = cropVolume(whole, box);
      const name = entry.name ?? view.name;
      checkName(name, where);
      volumes.push({ ...view, name });
    }
    return distinctNames(volumes);
  };
  try {
    return new Volumes({
      train: await open("train"),
      validation: await open("validation"),
      test: await open("test"),
    }, opened);
  } catch (error) {
    for (const volume of opened) volume[Symbol.dispose]();
    throw error;
  }
}

/** Numbers volumes of one name, so that records can tell them apart. */
function distinctNames(volumes: readonly Volume[]): readonly Volume[] {
  const taken = new Set<string>();
  return volumes.map((volume) => {
    let { name } = volume;
    for (let n = 2; taken.has(name); n++) name = `${volume.name}-${n}`;
    taken.add(name);
    return { ...volume, name };
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
