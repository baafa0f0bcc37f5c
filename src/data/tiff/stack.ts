import { resolve } from "node:path";
import {
  type Box,
  checkInside,
  checkMemory,
  ExperimentError,
  keepingLast,
  sizeOf,
  type Zyx,
} from "@/core/mod.ts";
import { openBytes } from "../import/byte_source.ts";
import { imageFiles } from "../import/image_files.ts";
import { kindOfPixels, type Pixels } from "../import/picture.ts";
import { isTiff, type TiffPage, tiffPages } from "../import/tiff/mod.ts";
import { Unreadable } from "../import/unreadable.ts";
import {
  bytesOf,
  noSuchArray,
  type NumberKind,
  numbersOf,
  type VoxelArray,
  type VoxelContainer,
} from "../voxels/mod.ts";

/** About as many bytes of sections are kept, so that boxes do not unpack all again. */
const keptBytes = 1 << 26;

/** A file of pages, open. */
interface OpenFile extends Disposable {
  readonly path: string;
  readonly pages: readonly TiffPage[];
  readonly notes: readonly string[];
}

/** Where a section is. */
interface Place {
  readonly path: string;
  readonly page: number;
}

/**
 * Opens TIFF files as one array, a section a page, in the order in which people
 * sort names; `pattern` is a file or such as `raw/*.tif`. Of the pages only how
 * they are stored is read, but for the first.
 *
 * @throws {ExperimentError} If there is none, one cannot be read, or they differ.
 */
export function openTiffStack(pattern: string, where: string): VoxelContainer {
  const files = imageFiles(resolve(pattern), where);
  const stack = new TiffStack(resolve(pattern), where);
  stack.find(files);
  return stack;
}

class TiffStack implements VoxelContainer, VoxelArray {
  readonly path: string;
  readonly name = "";
  readonly names = [""];
  readonly resolutionNm = undefined;
  readonly resolutionFrom = undefined;
  readonly offsetNm = undefined;
  readonly attributeNames = [];
  readonly notes: string[] = [];
  shapeVox: Zyx = [0, 0, 0];
  kind: NumberKind = "u8";
  readonly #where: string;
  readonly #places: Place[] = [];
  #files: readonly string[] = [];
  #open: OpenFile | undefined;
  #section!: (z: number) => Pixels;

  constructor(path: string, where: string) {
    this.path = path;
    this.#where = where;
  }

  /** Finds the pages of files, and that they are alike. */
  find(files: readonly string[]): void {
    this.#files = files;
    let first: { path: string; page: TiffPage } | undefined;
    for (const path of files) {
      const { pages, notes } = this.#file(path);
      this.notes.push(...notes);
      for (const [i, page] of pages.entries()) {
        first ??= { path, page };
        this.#checkAlike({ path, page }, first);
        this.#places.push({ path, page: i });
      }
    }
    const { shape, pixels } = this.#try(
      first!.path,
      () => this.#file(first!.path).pages[0]!.read(),
    );
    this.kind = kindOf(pixels);
    const most = Math.max(1, Math.floor(keptBytes / pixels.byteLength));
    this.#section = keepingLast((z) => this.#readSection(z), most);
    this.shapeVox = [this.#places.length, ...shape];
  }

  has(name: string): boolean {
    return name === "";
  }

  filesOf(): readonly string[] {
    return this.#files;
  }

  dataset(name: string): VoxelArray {
    if (name === "") return this;
    throw noSuchArray(name, {
      path: this.path,
      names: this.names,
      where: this.#where,
    });
  }

  attribute(): undefined {}

  read(box: Box) {
    checkInside(box, this.shapeVox);
    const { startVox: [z0, y0, x0], shapeVox: [depth, rows, columns] } = box;
    const bytes = bytesOf(this.kind), width = this.shapeVox[2];
    checkMemory(bytes * sizeOf(box.shapeVox), {
      doing: `read "${this.path}"`,
      where: this.#where,
      fix: "Name a part of it that fits",
    });
    const result = numbersOf(
      this.kind,
      new Uint8Array(bytes * sizeOf(box.shapeVox)),
    );
    for (let z = 0, to = 0; z < depth; z++) {
      const section = this.#section(z0 + z);
      for (let y = 0; y < rows; y++, to += columns) {
        const from = (y0 + y) * width + x0;
        result.set(section.subarray(from, from + columns) as never, to);
      }
    }
    return result;
  }

  filesIn({ startVox: [z], shapeVox: [depth] }: Box): readonly string[] {
    const places = this.#places.slice(z, z + depth);
    return [...new Set(places.map(({ path }) => path))];
  }

  [Symbol.dispose](): void {
    this.#open?.[Symbol.dispose]();
    this.#open = undefined;
  }

  #readSection(z: number): Pixels {
    const { path, page } = this.#places[z]!;
    const { pages } = this.#file(path);
    const { shape, pixels } = this.#try(path, () => pages[page]!.read());
    const [, height, width] = this.shapeVox;
    if (
      shape[0] === height && shape[1] === width &&
      kindOf(pixels) === this.kind
    ) return pixels;
    throw this.#fault(
      path,
      `its page ${page} is ${shape.join(" × ")} pixels of ` +
        `${kindOfPixels(pixels)}, others are not`,
      "Convert all pages to one size and depth",
    );
  }

  /** The file of a path; one is open at a time. */
  #file(path: string): OpenFile {
    if (this.#open?.path === path) return this.#open;
    this[Symbol.dispose]();
    return this.#open = this.#try(path, () => openFile(path));
  }

  #checkAlike(
    { path, page }: { readonly path: string; readonly page: TiffPage },
    first: { readonly path: string; readonly page: TiffPage },
  ): void {
    const [here, there] = [page, first.page].map(({ layout }) => {
      const { width, height, form: { bits, format } } = layout;
      const numbers = ["", "", " signed", " floating"][format] ?? "";
      return `${height} × ${width} pixels of ${bits} bits${numbers}`;
    });
    if (here === there) return;
    throw this.#fault(
      path,
      `a page has ${here}, "${first.path}" has ${there}`,
      "Convert all pages to one size and depth",
    );
  }

  #try<Result>(path: string, act: () => Result): Result {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof Error) || error instanceof ExperimentError) {
        throw error;
      }
      const { fix } = error instanceof Unreadable
        ? error
        : new Unreadable(error.message);
      throw this.#fault(path, error.message, fix);
    }
  }

  #fault(path: string, why: string, fix: string): ExperimentError {
    return new ExperimentError(`Cannot read the image "${path}": ${why}`, {
      where: this.#where,
      fix,
    });
  }
}

function openFile(path: string): OpenFile {
  using opened = new DisposableStack();
  const source = opened.use(openBytes(path)), notes: string[] = [];
  if (!isTiff(source.read(0, Math.min(16, source.size)))) {
    throw new Unreadable(
      "it is no TIFF",
      "Name TIFF files; PNG is read by deno task data import",
    );
  }
  const pages = [...tiffPages(source, (line) => notes.push(line))];
  const kept = opened.move();
  return { path, pages, notes, [Symbol.dispose]: () => kept.dispose() };
}

function kindOf(pixels: Pixels): NumberKind {
  const [, word, bits] = /^(Int|Uint|Float)(8|16|32|64)/.exec(
    pixels.constructor.name,
  )!;
  return `${word![0]!.toLowerCase()}${bits}` as NumberKind;
}
