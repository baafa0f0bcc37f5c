import { join, resolve } from "node:path";
import { ExperimentError } from "@/core/mod.ts";
import {
  arrayNames,
  type ArrayOptions,
  filesBelow,
  noSuchArray,
  plainPath,
  type VoxelArray,
  type VoxelContainer,
  WaitedThread,
} from "../voxels/mod.ts";
import { n5Array } from "./_array.ts";
import { N5Fault, type N5Node, n5Node } from "./_attributes.ts";

/**
 * Opens an N5 container in a folder for reading.
 *
 * @throws {ExperimentError} If there is none, or its attributes are damaged.
 */
export function openN5(path: string, where = path): VoxelContainer {
  const full = resolve(path), opened = new OpenN5(full, where);
  if (opened.names.length > 0) return opened;
  throw new ExperimentError(
    `Cannot read "${full}": no attributes.json in it speaks of an array`,
    { where, fix: "Name the folder in which a container of N5 begins" },
  );
}

class OpenN5 implements VoxelContainer {
  readonly path: string;
  readonly #where: string;
  readonly #xz = new WaitedThread<Uint8Array>(() =>
    new Worker(new URL("./_xz_worker.ts", import.meta.url), {
      type: "module",
      name: "cleft-xz",
    })
  );

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
    const node = this.#find(name);
    return n5Array(node, {
      ...{ options, root: this.path, where: this.#where, xz: this.#xz },
      files: filesBelow(node.folder),
    });
  }

  filesOf(name: string): readonly string[] {
    const { folder } = this.#find(name);
    return filesBelow(folder).map((file) => join(folder, file));
  }

  [Symbol.dispose](): void {
    this.#xz[Symbol.dispose]();
  }

  /** The array of a name, or the finest of the levels `s0`, `s1`, … under it. */
  #find(given: string): N5Node {
    const name = plainPath(given), node = this.#node(name);
    if (node?.array) return node;
    const finest = node && this.#node(plainPath(`${name}/s0`));
    if (finest?.array) return finest;
    throw noSuchArray(name, {
      path: this.path,
      names: this.names,
      where: this.#where,
    });
  }

  #node(name: string): N5Node | null {
    try {
      return n5Node(this.path, name);
    } catch (error) {
      if (!(error instanceof N5Fault)) throw error;
      throw new ExperimentError(
        `Cannot read "${name || "/"}" of "${this.path}": ${error.message}`,
        {
          where: this.#where,
          fix: "Get the folder again, or write it anew",
          cause: error,
        },
      );
    }
  }
}
