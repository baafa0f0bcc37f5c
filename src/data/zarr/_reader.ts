import { type BoxBytes, UnknownPacking, WaitedThread } from "../voxels/mod.ts";

/** A box of an array that is wanted. */
export interface ZarrBox extends Omit<BoxBytes, "result"> {
  /** The folder of the hierarchy. */
  readonly root: string;
  /** The array's path in it. */
  readonly name: string;
}

/** Reads chunks in a thread of its own, where zarrita answers. */
export class ZarrReader implements Disposable {
  readonly #thread = new WaitedThread<ZarrBox>(() =>
    new Worker(new URL("./_worker.ts", import.meta.url), {
      type: "module",
      name: "cleft-zarr",
    })
  );

  /**
   * The bytes of a box, as a view of memory that the next read writes over.
   *
   * @throws {Error} Why it cannot be read.
   */
  read(box: ZarrBox): Uint8Array {
    const size = box.shape.reduce((n, extent) => n * extent, box.bytes);
    try {
      return this.#thread.ask(box, size);
    } catch (error) {
      throw inWords((error as Error).message);
    }
  }

  /** Ends the thread. */
  [Symbol.dispose](): void {
    this.#thread[Symbol.dispose]();
  }
}

/** What zarrita says, as users do. */
function inWords(reason: string): Error {
  const [, codec] =
    /^Unknown codec: "?(?:numcodecs\.)?([\w.-]+)/.exec(reason) ?? [];
  return codec === undefined ? new Error(reason) : new UnknownPacking(
    `it is packed by "${codec}", which is not undone; gzip, zlib, zstd, lz4, ` +
      "blosc, bz2 and xz are",
  );
}
