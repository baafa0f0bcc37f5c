import type { Entry, Volume } from "@/core/mod.ts";
import { cropVolume, regionBox, sources } from "@/data/mod.ts";
import type { RunInput, Split } from "@/record/mod.ts";
import type { PlanVolume } from "../plan/mod.ts";
import type { Spec } from "../spec/mod.ts";

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

  /** What is unusual about the way their files are read, for the user. */
  get notes(): readonly string[] {
    return Object.entries(this.bySplit).flatMap(([split, volumes]) =>
      volumes.flatMap(({ notes = [] }, i) =>
        notes.map((note) => `data.${split}[${i}]: ${note}`)
      )
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
      const whole = await openSource(entry.source, { ...place, where });
      opened.push(whole);
      const box = regionBox(entry, whole, where);
      const view = cropVolume(whole, box);
      volumes.push({ ...view, name: entry.name ?? view.name });
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
  return volumes.map((volume, i) => {
    const before = volumes.slice(0, i).filter((v) => v.name === volume.name);
    const suffix = before.length === 0 ? "" : `-${before.length + 1}`;
    return { ...volume, name: volume.name + suffix };
  });
}
