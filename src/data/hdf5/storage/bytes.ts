/** A structure of an HDF5 file that is not as the format says, or not known here. */
export class StructureError extends Error {}

/** Bytes of structures are read in pieces of at most this many. */
const most = 1 << 26;

/** The bytes of a file, with the widths its addresses and lengths have. */
export class FileBytes implements Disposable {
  readonly #file: Deno.FsFile;
  readonly #size: number;
  /** Bytes of an address and of a length; 8 until the superblock says otherwise. */
  widths = { address: 8, length: 8 };
  /** Where address 0 lies. */
  base = 0;

  /** Opens a file. */
  constructor(path: string) {
    this.#file = Deno.openSync(path);
    this.#size = this.#file.statSync().size;
  }

  /** Bytes from a place in the file, counted from its first byte. */
  readRaw(at: number, count: number): Cursor {
    if (!(at >= 0 && count >= 0 && count <= most && at + count <= this.#size)) {
      throw new StructureError(`${count} bytes at ${at} are not in the file`);
    }
    const bytes = new Uint8Array(count);
    this.#file.seekSync(at, Deno.SeekMode.Start);
    for (let done = 0; done < count;) {
      const read = this.#file.readSync(bytes.subarray(done));
      if (read === null) throw new StructureError("the file ends early");
      done += read;
    }
    return new Cursor(bytes, this.widths);
  }

  /** Bytes from an address. */
  read(address: number, count: number): Cursor {
    return this.readRaw(this.base + address, count);
  }

  /** Closes the file. */
  [Symbol.dispose](): void {
    this.#file.close();
  }
}

/** Reads one number after the other, little-endian. */
export class Cursor {
  readonly #view: DataView;
  readonly #widths: { readonly address: number; readonly length: number };
  #at = 0;

  /** Begins at the first of some bytes. */
  constructor(
    bytes: Uint8Array,
    widths: { readonly address: number; readonly length: number },
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#widths = widths;
  }

  /** How many bytes are left. */
  get left(): number {
    return this.#view.byteLength - this.#at;
  }

  /** A number of 1 to 8 bytes; precise below 2^53. */
  number(bytes: number): number {
    if (this.left < bytes) throw new StructureError("a structure ends early");
    let value = 0;
    for (let i = bytes - 1; i >= 0; i--) {
      value = value * 256 + this.#view.getUint8(this.#at + i);
    }
    this.#at += bytes;
    return value;
  }

  /** An address, or undefined where nothing is. */
  address(): number | undefined {
    const from = this.#at, bytes = this.#widths.address;
    const value = this.number(bytes);
    for (let i = from; i < from + bytes; i++) {
      if (this.#view.getUint8(i) !== 0xff) return value;
    }
    return undefined;
  }

  /** A length. */
  length(): number {
    return this.number(this.#widths.length);
  }

  /** Steps over some bytes. */
  skip(bytes: number): this {
    if (this.left < bytes) throw new StructureError("a structure ends early");
    this.#at += bytes;
    return this;
  }

  /** The next bytes as a cursor of their own. */
  part(bytes: number): Cursor {
    const from = this.#view.byteOffset + this.#at;
    this.skip(bytes);
    return new Cursor(
      new Uint8Array(this.#view.buffer as ArrayBuffer, from, bytes),
      this.#widths,
    );
  }

  /** Fails unless the next bytes are these letters. */
  expect(letters: string): this {
    for (const letter of letters) {
      if (this.number(1) !== letter.charCodeAt(0)) {
        throw new StructureError(`there is no "${letters}"`);
      }
    }
    return this;
  }
}
