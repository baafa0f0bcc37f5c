import { join, resolve } from "node:path";
import { ExperimentError, statIfThere } from "@/core/mod.ts";
import {
  arrayNames,
  type ArrayOptions,
  filesBelow,
  FolderArray,
  noSuchArray,
  PlaceFault,
  placesIn,
  plainPath,
  type VoxelArray,
  type VoxelContainer,
} from "../voxels/mod.ts";
import { type Multiscales, multiscalesIn } from "./_multiscales.ts";
import { type ZarrNode, zarrNode } from "./_node.ts";
import { ZarrReader } from "./_reader.ts";
import { chunksInShard } from "./_shard_index.ts";

/**
 * Opens a hierarchy of Zarr, version 2 or 3, for reading.
 *
 * @throws {ExperimentError} If there is none, or its metadata are damaged.
 */
export function openZarr(path: string, where = path): VoxelContainer {
  const full = resolve(path);
  if (zarrNode({ root: full, name: "", where })) {
    return new OpenZarr(full, where);
  }
  const below = hierarchyBelow(full, 2);
  throw new ExperimentError(
    `Cannot read "${full}": it has none of zarr.json, .zgroup and .zarray`,
    {
      where,
      fix: below
        ? `Name "${below}", where a hierarchy of Zarr begins`
        : "Name the folder in which a hierarchy of Zarr begins",
    },
  );
}

/** The first folder below one, at most some levels deep, in which a hierarchy begins. */
function hierarchyBelow(folder: string, levels: number): string | undefined {
  if (levels === 0 || !statIfThere(folder)?.isDirectory) return undefined;
  const folders = [...Deno.readDirSync(folder)]
    .filter(({ isDirectory }) => isDirectory)
    .map(({ name }) => join(folder, name)).sort();
  const begins = (path: string) =>
    ["zarr.json", ".zgroup", ".zarray"].some((file) =>
      statIfThere(join(path, file))
    );
  return folders.find(begins) ??
    folders.map((path) => hierarchyBelow(path, levels - 1)).find(Boolean);
}

/** An array, and the levels it is one of. */
interface Found {
  readonly node: ZarrNode;
  readonly pyramid: { readonly group: ZarrNode; readonly level: string } | null;
}

class OpenZarr implements VoxelContainer {
  readonly path: string;
  readonly #where: string;
  readonly #reader = new ZarrReader();

  constructor(path: string, where: string) {
    this.path = path;
    this.#where = where;
  }

  get names(): readonly string[] {
    return arrayNames((name) => this.#node(name));
  }

  has(name: string): boolean {
    return this.#node(plainPath(name)) !== null;
  }

  dataset(name: string, options: ArrayOptions = {}): VoxelArray {
    const { node, pyramid } = this.#find(name);
    const { attributes } = node, { axes, ...form } = node.array!;
    const multiscales = pyramid && this.#multiscales(pyramid.group);
    return new FolderArray({
      ...form,
      chunkShape: form.shards?.chunkShape ?? form.fileShape,
      ...{ name: node.name, attributes, options },
      root: this.path,
      where: this.#where,
      fileAt: (place) => join(node.folder, node.array!.pathOf(place)),
      describedBy: [...node.files, ...pyramid?.group.files ?? []],
      chunksAt: this.#chunksAt(node),
      axes: multiscales?.axes ?? axes,
      places: () => {
        const ofLevel = multiscales?.placeOf(pyramid!.level);
        return [...ofLevel ? [ofLevel] : [], ...placesIn(attributes, "zyx")];
      },
      readPiece: (box) =>
        this.#reader.read({ ...box, root: this.path, name: node.name }),
    });
  }

  filesOf(name: string): readonly string[] {
    const { node, pyramid } = this.#find(name);
    return [
      ...pyramid?.group.files ?? [],
      ...filesBelow(node.folder).map((file) => join(node.folder, file)),
    ];
  }

  [Symbol.dispose](): void {
    this.#reader[Symbol.dispose]();
  }

  /** The places of the chunks that are there, in shards or files of their own. */
  #chunksAt({ name, folder, array }: ZarrNode): readonly (readonly number[])[] {
    const { shards, placeOf } = array!;
    return filesBelow(folder).flatMap((file) => {
      const place = placeOf(file);
      if (!place || !shards) return place ? [place] : [];
      try {
        return chunksInShard({ folder, file, place }, shards);
      } catch (error) {
        throw new ExperimentError(
          `Cannot read "${name || "/"}" of "${this.path}": ${
            (error as Error).message
          }`,
          {
            where: this.#where,
            fix: "Get the folder again and compare it with its source",
            cause: error,
          },
        );
      }
    });
  }

  #node(name: string): ZarrNode | null {
    return zarrNode({ root: this.path, name, where: this.#where });
  }

  /** The array of a name, or the finest of the levels that are under it. */
  #find(given: string): Found {
    const name = plainPath(given), node = this.#node(name);
    if (node?.array) return { node, pyramid: this.#pyramidOf(name) };
    const level = node && this.#multiscales(node)?.levels[0];
    const finest = level === undefined || level === null
      ? null
      : this.#node(plainPath(`${name}/${level}`));
    if (finest?.array) {
      return { node: finest, pyramid: { group: node!, level: level! } };
    }
    throw noSuchArray(name, {
      path: this.path,
      names: this.names,
      where: this.#where,
    });
  }

  /** The group above an array that has it among its levels. */
  #pyramidOf(name: string): Found["pyramid"] {
    const parts = name === "" ? [] : name.split("/");
    for (let above = parts.length - 1; above >= 0; above--) {
      const group = this.#node(parts.slice(0, above).join("/"));
      const level = parts.slice(above).join("/");
      if (group && this.#multiscales(group)?.levels.includes(level)) {
        return { group, level };
      }
    }
    return null;
  }

  #multiscales({ name, attributes }: ZarrNode): Multiscales | undefined {
    try {
      return multiscalesIn(attributes);
    } catch (error) {
      if (!(error instanceof PlaceFault)) throw error;
      throw new ExperimentError(
        `Cannot read "${name || "/"}" of "${this.path}": ${error.message}`,
        {
          where: this.#where,
          fix: "Write them as OME-Zarr 0.4 or 0.5 has them",
          cause: error,
        },
      );
    }
  }
}
