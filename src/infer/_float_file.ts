import { writeAll } from "@/core/mod.ts";

/** A file of numbers of 32 bits that are read and written at any place. */
export class FloatFile implements Disposable {
  readonly #file: Deno.FsFile;

  /** Opens it, or makes an empty one. */
  constructor(path: string) {
    this.#file = Deno.openSync(path, { read: true, write: true, create: true });
  }

  /** Writes numbers from number `at` on. */
  write(numbers: Float32Array, at: number): void {
    const { buffer, byteOffset, byteLength } = numbers;
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    this.#file.seekSync(4 * at, Deno.SeekMode.Start);
    writeAll(this.#file, bytes);
  }

  /** Waits until what was written lasts through a loss of power. */
  sync(): void {
    this.#file.syncDataSync();
  }

  /** Reads `count` numbers from number `at` on. */
  read(at: number, count: number): Float32Array {
    const numbers = new Float32Array(count);
    const bytes = new Uint8Array(numbers.buffer);
    this.#file.seekSync(4 * at, Deno.SeekMode.Start);
    for (let done = 0; done < bytes.length;) {
      const read = this.#file.readSync(bytes.subarray(done));
      if (read === null) throw new Error("the file is shorter than it was");
      done += read;
    }
    return numbers;
  }

  /** Removes all numbers. */
  clear(): void {
    this.#file.truncateSync();
  }

  /** Closes it. */
  [Symbol.dispose](): void {
    this.#file.close();
  }
}
