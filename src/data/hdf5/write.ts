import { resolve } from "node:path";
import type { Dataset, File, Group } from "h5wasm/node";
import { ExperimentError, PendingFile } from "@/core/mod.ts";
import {
  type ArrayPlan,
  SectionCount,
  type VolumeWriter,
} from "../voxels/mod.ts";
import {
  type Hdf5Library,
  hdf5Library,
  type Hdf5Module,
  hdf5Reason,
  headerOf,
} from "./_library.ts";
import { clearTimes } from "./storage/times.ts";
import { dtypeOf, type WritableNumbers } from "./number_kind.ts";
import {
  type Hdf5Attributes,
  type Hdf5Table,
  makeGroups,
  writeAttributes,
  writeTable,
} from "./table.ts";

/** What is known of a dataset before its numbers. */
export interface DatasetPlan extends ArrayPlan {
  /** Attributes as another file has them. */
  readonly copied?: Hdf5Attributes;
}

/** A dataset with its numbers, `[D, H, W]`. */
export interface NewDataset extends DatasetPlan {
  /** The numbers; their array type is the type in the file. */
  readonly data: WritableNumbers;
}

/**
 * An HDF5 file that appears under its name whole, on commit, or never. Equal
 * content, written in equal pieces, is equal bytes.
 */
export interface Hdf5Writer extends VolumeWriter {
  /** Begins a dataset, which may have attributes as another file has them. */
  dataset(
    name: string,
    plan: DatasetPlan,
  ): (sections: WritableNumbers) => number;
  /** Writes a small dataset of any shape, or none, at once. */
  table(name: string, table: Hdf5Table): void;
  /** Writes attributes of a group, or of the file itself if the name is empty. */
  attributes(group: string, attributes: Hdf5Attributes): void;
}

/**
 * Begins an HDF5 file beside `path`. Disposed before {@linkcode
 * Hdf5Writer.commit}, nothing is left and a file at `path` stays as it was.
 *
 * @throws {ExperimentError} If it cannot be written.
 */
export async function createHdf5(path: string): Promise<Hdf5Writer> {
  const h5 = await hdf5Library();
  return new PendingHdf5({ h5, module: await h5.ready }, resolve(path));
}

/**
 * Writes an HDF5 file of complete datasets: chunked, gzip, whole or not at all.
 *
 * @throws {ExperimentError} If it cannot be written.
 */
export async function writeHdf5(
  path: string,
  datasets: Readonly<Record<string, NewDataset>>,
): Promise<void> {
  using file = await createHdf5(path);
  for (const [name, dataset] of Object.entries(datasets)) {
    file.dataset(name, dataset)(dataset.data);
  }
  file.commit();
}

class PendingHdf5 implements Hdf5Writer {
  readonly path: string;
  readonly #module: Hdf5Module;
  readonly #pending: PendingFile;
  readonly #file: File;
  readonly #count = new SectionCount();
  #isOpen = true;

  constructor(
    { h5, module }: { readonly h5: Hdf5Library; readonly module: Hdf5Module },
    path: string,
  ) {
    this.path = path;
    this.#module = module;
    using made = new DisposableStack();
    this.#pending = this.#guard(() => new PendingFile(path));
    made.use(this.#pending);
    this.#file = this.#guard(() => new h5.File(this.#pending.part, "x"));
    made.move();
  }

  dataset(
    name: string,
    plan: DatasetPlan,
  ): (sections: WritableNumbers) => number {
    const { shapeVox } = plan, [, height, width] = shapeVox;
    let dataset: Dataset | undefined;
    return this.#count.of<WritableNumbers>(
      { name, shapeVox },
      ({ sections, start, end }) =>
        this.#guard(() => {
          if (dataset) {
            dataset.resize([end, height, width]);
            dataset.write_slice(
              [[start, end], [0, height], [0, width]],
              sections,
            );
          } else {
            dataset = this.#create(name, plan, sections, end);
          }
        }),
    );
  }

  table(name: string, table: Hdf5Table): void {
    this.#guard(() => writeTable(this.#file, { name, ...table }));
  }

  attributes(group: string, attributes: Hdf5Attributes): void {
    this.#guard(() => {
      if (group !== "") makeGroups(this.#file, `${group}/`);
      const holder = group === "" ? this.#file : this.#file.get(group);
      writeAttributes(holder as Group, attributes);
    });
  }

  commit(): void {
    this.#count.check(this.path);
    this.#guard(() => {
      const { file_id } = this.#file;
      const headers = ["/", ...this.#file.paths()]
        .map((path) => headerOf({ file_id, path }, this.#module));
      this.#close();
      clearTimes(this.#pending.part, headers);
      this.#pending.commit();
    });
  }

  [Symbol.dispose](): void {
    try {
      this.#close();
    } catch {
      // The file is thrown away: what it could not write does not matter.
    }
    this.#pending[Symbol.dispose]();
  }

  #close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#file.close();
  }

  #create(
    name: string,
    plan: DatasetPlan,
    sections: WritableNumbers,
    depth: number,
  ): Dataset {
    const { shapeVox, resolutionNm, offsetNm, attributes = {} } = plan;
    const [, height, width] = shapeVox;
    makeGroups(this.#file, name);
    const dataset = this.#file.create_dataset({
      name,
      data: sections as never, // h5wasm's types lack BigUint64Array<ArrayBufferLike>
      shape: [depth, height, width],
      maxshape: [...shapeVox],
      chunks: chunkOf(plan),
      compression: "gzip",
      compression_opts: 4,
      dtype: dtypeOf(sections),
    });
    const place = { resolution: resolutionNm, offset: offsetNm };
    for (const [attribute, value] of Object.entries(place)) {
      if (!value) continue;
      dataset.create_attribute(attribute, [...value], [3], "<d");
    }
    for (const [attribute, value] of Object.entries(attributes)) {
      if (typeof value === "string") dataset.create_attribute(attribute, value);
      else dataset.create_attribute(attribute, value, [], "<d");
    }
    writeAttributes(dataset, plan.copied ?? {});
    return dataset;
  }

  #guard<Result>(act: () => Result): Result {
    try {
      return act();
    } catch (error) {
      throw new ExperimentError(
        `Cannot write "${this.path}": ${hdf5Reason(error)}`,
        {
          where: this.path,
          fix: "Check that the folder can be written and the disk has room",
          cause: error,
        },
      );
    }
  }
}

/** Chunks of at most 64 Ki voxels: small patches and whole sections both read well. */
function chunkOf({ shapeVox, chunkSections = 4 }: DatasetPlan): number[] {
  return [chunkSections, 128, 128].map((extent, axis) =>
    Math.min(extent, shapeVox[axis]!)
  );
}
