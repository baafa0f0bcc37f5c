import { join } from "node:path";

/** Bytes of a file: from a place on, or the last ones. */
type Range =
  | { readonly offset: number; readonly length: number }
  | { readonly suffixLength: number };

/** The files below a folder as zarrita asks for them. */
export class FolderStore {
  readonly #folder: string;

  /** Takes the folder. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** All of a file; undefined if there is none. */
  get(key: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(
      this.#open(
        key,
        (file, size) => bytesOf(file, { offset: 0, length: size }),
      ),
    );
  }

  /** A part of a file; undefined if there is none. */
  getRange(key: string, range: Range): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.#open(key, (file, size) => {
      const { offset, length } = "suffixLength" in range
        ? { offset: size - range.suffixLength, length: range.suffixLength }
        : range;
      if (offset >= 0 && offset + length <= size) {
        return bytesOf(file, { offset, length });
      }
      throw new Error(
        `"${key}" is cut short or damaged: it has ${size} bytes and speaks of ` +
          `bytes ${offset} to ${offset + length}`,
      );
    }));
  }

  #open<Result>(
    key: string,
    act: (file: Deno.FsFile, size: number) => Result,
  ): Result | undefined {
    try {
      using file = Deno.openSync(join(this.#folder, key));
      return act(file, file.statSync().size);
    } catch (error) {
      if (
        error instanceof Deno.errors.NotFound ||
        error instanceof Deno.errors.NotADirectory
      ) return undefined;
      throw error;
    }
  }
}

/** Bytes of an open file. */
export function bytesOf(
  file: Deno.FsFile,
  { offset, length }: { readonly offset: number; readonly length: number },
): Uint8Array {
  const bytes = new Uint8Array(length);
  file.seekSync(offset, Deno.SeekMode.Start);
  for (let done = 0; done < length;) {
    const count = file.readSync(bytes.subarray(done));
    if (count === null) throw new Error("a file got shorter meanwhile");
    done += count;
  }
  return bytes;
}
