import { Unreadable } from "./unreadable.ts";

/** A file that is read at any place. */
export interface ByteSource {
  /** Its size. */
  readonly size: number;
  /**
   * Some of its bytes, the caller's own.
   *
   * @throws {Unreadable} If it ends before them.
   */
  read(offset: number, length: number): Uint8Array<ArrayBuffer>;
}

/** Opens a file for reading at any place; nothing of it is held in memory. */
export function openBytes(path: string): ByteSource & Disposable {
  const file = Deno.openSync(path), { size } = file.statSync();
  return {
    size,
    read(offset, length) {
      checkInside(offset, length, size);
      const bytes = new Uint8Array(length);
      file.seekSync(offset, Deno.SeekMode.Start);
      for (let done = 0; done < length;) {
        const count = file.readSync(bytes.subarray(done));
        if (count === null) throw new Unreadable("it got shorter meanwhile");
        done += count;
      }
      return bytes;
    },
    [Symbol.dispose]: () => file.close(),
  };
}

function checkInside(offset: number, length: number, size: number): void {
  if (length >= 0 && offset >= 0 && offset + length <= size) return;
  throw new Unreadable(
    `it is cut short or damaged: it has ${size} bytes and speaks of bytes ` +
      `${offset} to ${offset + length}`,
  );
}
