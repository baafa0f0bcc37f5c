/** A library of Windows (PE32+), as far as its tables of functions go. */
export class PeFile implements Disposable {
  readonly #file: Deno.FsFile;
  readonly #sections: readonly Section[];
  /** Where the tables are: exports first, imports second. */
  readonly #tables: readonly Range[];

  /**
   * Opens a file.
   *
   * @throws {Error} If it is no library of 64-bit Windows.
   */
  constructor(path: string) {
    this.#file = Deno.openSync(path);
    try {
      const start = viewOf(this.#read(0, 4096));
      const header = start.getUint32(0x3c, true);
      const optional = header + 24;
      const isLibrary = start.getUint16(0, true) === DOS &&
        start.getUint32(header, true) === PE &&
        start.getUint16(optional, true) === PE32_PLUS;
      if (!isLibrary) throw new RangeError("it has another header");
      const tables = optional + 112;
      this.#tables = [0, 8].map((at) => ({
        start: start.getUint32(tables + at, true),
        bytes: start.getUint32(tables + at + 4, true),
      }));
      const first = optional + start.getUint16(header + 20, true);
      const count = start.getUint16(header + 6, true);
      this.#sections = Array.from({ length: count }, (_, i) => {
        const at = first + 40 * i;
        return {
          bytes: start.getUint32(at + 8, true),
          start: start.getUint32(at + 12, true),
          offset: start.getUint32(at + 20, true),
        };
      });
    } catch (error) {
      this.#file.close();
      if (!(error instanceof RangeError)) throw error;
      throw new Error(`${path} is not a library of 64-bit Windows`, {
        cause: error,
      });
    }
  }

  /** The names of the functions it has for others. */
  exports(): string[] {
    const { start, bytes } = this.#tables[0]!;
    if (bytes === 0) return [];
    const view = viewOf(this.#at(start, bytes)); // the names lie in it
    const count = view.getUint32(24, true);
    const names = view.getUint32(32, true) - start;
    return Array.from(
      { length: count },
      (_, i) => textIn(view, view.getUint32(names + 4 * i, true) - start),
    );
  }

  /** The libraries it needs, with the names of what it takes from each. */
  imports(): Map<string, string[]> {
    const found = new Map<string, string[]>();
    const { start, bytes } = this.#tables[1]!;
    if (bytes === 0) return found;
    for (let at = start;; at += 20) {
      const entry = viewOf(this.#at(at, 20));
      const name = entry.getUint32(12, true);
      if (name === 0) return found;
      const list = entry.getUint32(0, true) || entry.getUint32(16, true);
      found.set(this.#text(name), this.#importedNames(list));
    }
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }

  #importedNames(list: number): string[] {
    const names: string[] = [];
    for (let at = list;; at += 8) {
      const entry = viewOf(this.#at(at, 8)).getBigUint64(0, true);
      if (entry === 0n) return names;
      const isByNumber = entry >> 63n !== 0n;
      if (!isByNumber) names.push(this.#text(Number(entry) + 2));
    }
  }

  /** The text at an address. */
  #text(address: number): string {
    return textIn(viewOf(this.#at(address, LONGEST_NAME)), 0);
  }

  /** Bytes at an address; fewer at the end of the file. */
  #at(address: number, bytes: number): Uint8Array {
    const section = this.#sections.find(({ start, bytes }) =>
      address >= start && address < start + bytes
    );
    if (!section) throw new RangeError(`nothing lies at ${address}`);
    return this.#read(address - section.start + section.offset, bytes);
  }

  #read(offset: number, bytes: number): Uint8Array {
    this.#file.seekSync(offset, Deno.SeekMode.Start);
    const buffer = new Uint8Array(bytes);
    for (let done = 0; done < bytes;) {
      const n = this.#file.readSync(buffer.subarray(done));
      if (n === null) return buffer.subarray(0, done);
      done += n;
    }
    return buffer;
  }
}

const DOS = 0x5a4d, PE = 0x4550, PE32_PLUS = 0x20b;

/** Names of C++ can be as long. */
const LONGEST_NAME = 4096;

/** A part of a library in memory. */
interface Range {
  /** Its address, counted from that of the library. */
  readonly start: number;
  /** Its size. */
  readonly bytes: number;
}

/** A range that lies in the file. */
interface Section extends Range {
  /** Where it lies there. */
  readonly offset: number;
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function textIn(view: DataView, start: number): string {
  let end = start;
  while (view.getUint8(end) !== 0) end++;
  const bytes = new Uint8Array(
    view.buffer,
    view.byteOffset + start,
    end - start,
  );
  return new TextDecoder().decode(bytes);
}
