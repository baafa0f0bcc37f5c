import { resolve } from "node:path";
import type { Dataset, File, Group } from "h5wasm/node";
import { ExperimentError, nearestName } from "@/core/mod.ts";
import type { ArrayOptions, VoxelContainer } from "../voxels/mod.ts";
import { checkHdf5 } from "./_checks.ts";
import { Guard } from "./_guard.ts";
import { type Hdf5Library, hdf5Library, type Hdf5Module } from "./_library.ts";
import { followLinks } from "./_links.ts";
import { readPlace } from "./_place.ts";
import { checkSound, checkTexts } from "./_sound.ts";
import { type Hdf5Dataset, OpenDataset } from "./dataset.ts";
import {
  attributesIn,
  type Hdf5Attributes,
  type Hdf5Table,
  valuesOf,
} from "./table.ts";

/** An HDF5 file open for reading. */
export interface Hdf5File extends VoxelContainer {
  /** The paths of the datasets in it, in the order of the file. */
  readonly names: readonly string[];
  /** The paths of its groups. */
  readonly groups: readonly string[];
  /** Whether it has something of that name, if only a link that leads nowhere. */
  has(name: string): boolean;
  /**
   * A dataset of three axes that lies in this file, all of it written.
   *
   * @throws {ExperimentError} If there is none of that name, it is not three
   * axes of numbers, not all of them are in the file, or it says its place in a
   * form that is not read.
   */
  dataset(name: string, options?: ArrayOptions): Hdf5Dataset;
  /** Extents of a dataset along its axes, however many; empty for one value. */
  shape(name: string): readonly number[];
  /**
   * A dataset of any shape, read at once; undefined if it holds neither numbers
   * nor texts.
   *
   * @throws {ExperimentError} If there is none of that name, or it is damaged.
   */
  table(name: string): Hdf5Table | undefined;
  /** The attributes of what has that name; of the file if it is empty. */
  attributes(name: string): Hdf5Attributes;
}

/**
 * Opens an HDF5 file for reading.
 *
 * @throws {ExperimentError} If it is missing, empty, not HDF5 or damaged.
 */
export async function openHdf5(path: string, where = path): Promise<Hdf5File> {
  const full = resolve(path);
  const signatureAt = await checkHdf5(full, where);
  const h5 = await hdf5Library();
  return new OpenFile({ h5, module: await h5.ready, signatureAt }, full, where);
}

interface Opening {
  readonly h5: Hdf5Library;
  readonly module: Hdf5Module;
  readonly signatureAt: number;
}

class OpenFile implements Hdf5File {
  readonly path: string;
  readonly #opening: Opening;
  readonly #guard: Guard;
  readonly #file: File;

  constructor(opening: Opening, path: string, where: string) {
    this.path = path;
    this.#opening = opening;
    this.#guard = new Guard(path, where);
    this.#file = this.#guard.try(
      `open "${path}"`,
      () => new opening.h5.File(path, "r"),
    );
  }

  get names(): readonly string[] {
    return this.#pathsOf(this.#opening.h5.Dataset);
  }

  get groups(): readonly string[] {
    return this.#pathsOf(this.#opening.h5.Group);
  }

  /** The paths in the file that lead to something of a kind. */
  #pathsOf(kind: Hdf5Library["Dataset"] | Hdf5Library["Group"]) {
    return this.#guard.try(
      `list "${this.path}"`,
      () =>
        this.#file.paths().filter((name) => {
          const leads = followLinks(this.#file, name);
          return leads.type === "here" &&
            this.#file.get(leads.path) instanceof kind;
        }),
    );
  }

  shape(name: string): readonly number[] {
    const dataset = this.#find(name);
    return this.#guard.try(
      `read "${name}" of "${this.path}"`,
      () => dataset.shape ?? [],
    );
  }

  table(name: string): Hdf5Table | undefined {
    const dataset = this.#find(name);
    const { module, signatureAt } = this.#opening, guard = this.#guard;
    return guard.try(`read "${name}" of "${this.path}"`, () => {
      checkTexts(dataset, { path: name, guard, module, signatureAt });
      const values = valuesOf(dataset);
      return values && { ...values, attributes: attributesIn(dataset) };
    });
  }

  attributes(name: string): Hdf5Attributes {
    return this.#guard.try(
      `read the attributes of "${name}" of "${this.path}"`,
      () => {
        const holder = name === "" ? this.#file : this.#file.get(name);
        return attributesIn(holder as Group | Dataset);
      },
    );
  }

  has(name: string): boolean {
    return this.#follow(name).type !== "nothing";
  }

  dataset(
    name: string,
    { hasResolution = false }: ArrayOptions = {},
  ): Hdf5Dataset {
    const path = name.replace(/^\/+/, "");
    const guard = this.#guard, dataset = this.#find(path);
    const { module, signatureAt } = this.#opening;
    const { metadata, kind, filters, notes } = checkSound(dataset, {
      ...{ path, guard, module, signatureAt },
    });
    const place = readPlace(dataset, { guard, isGiven: hasResolution });
    const opened = new OpenDataset(
      path,
      { module, dataset, metadata, kind, filters, place, notes },
      guard,
    );
    if (filters.length > 0) { // known before any work is done
      opened.read({ startVox: [0, 0, 0], shapeVox: [1, 1, 1] });
    }
    return opened;
  }

  [Symbol.dispose](): void {
    try {
      this.#file.close();
    } catch {
      // Nothing was written: what cannot be closed has nothing to lose.
    }
  }

  filesOf(): readonly string[] {
    return [this.path];
  }

  #follow(name: string) {
    return this.#guard.try(
      `find "${name}" in "${this.path}"`,
      () => followLinks(this.#file, name),
    );
  }

  #find(path: string): Dataset {
    const leads = this.#follow(path);
    if (leads.type === "here") {
      const found = this.#guard.try(
        `find "${path}" in "${this.path}"`,
        () => this.#file.get(leads.path),
      );
      if (found instanceof this.#opening.h5.Dataset) return found;
      throw this.#missing(path);
    }
    if (leads.type === "nothing") throw this.#missing(path);
    if (leads.type === "dangling") {
      throw this.#guard.unreadable(
        path,
        `"${leads.link}" is a link to "${leads.target}", which is not there`,
        "Correct the link, or name the dataset itself",
      );
    }
    throw this.#guard.unreadable(
      path,
      `"${leads.link}" is a link to "${leads.target}" of another file, ` +
        `"${leads.file}", which nobody would hash`,
      "Name that file, or join both: h5repack --merge " +
        `"${this.path}" joined.hdf`,
    );
  }

  #missing(name: string): ExperimentError {
    const nearest = nearestName(name, this.names);
    const all = this.names.map((n) => `"${n}"`).join(", ") || "no dataset";
    return this.#guard.unreadable(
      name,
      `the file has ${all}`,
      nearest ? `Name "${nearest}"` : "Name one of them",
    );
  }
}
