/** Parts of the bytes of an HDF5 file. */

/** Bytes that grow; each part begins at a multiple of 8. */
export class Bytes {
  #parts: Uint8Array[] = [];
  length = 0;

  get bytes(): Uint8Array {
    return joined(...this.#parts);
  }

  add(part: Uint8Array): number {
    const at = this.length, whole = padded(part);
    this.#parts.push(whole);
    this.length += whole.length;
    return at;
  }

  patch(at: number, part: Uint8Array): void {
    const all = this.bytes;
    all.set(part, at);
    this.#parts = [all];
  }
}

/** Parts one after the other. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** A part filled up to a multiple of 8. */
export function padded(part: Uint8Array): Uint8Array {
  return joined(part, new Uint8Array(-part.length & 7));
}

/** The bytes of a text. */
export function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

/** Two bytes. */
export function u16(value: number): Uint8Array {
  return new Uint8Array(Uint16Array.of(value).buffer);
}

/** Four bytes. */
export function u32(value: number): Uint8Array {
  return new Uint8Array(Uint32Array.of(value).buffer);
}

/** Eight bytes; -1 is no address. */
export function u64(value: number): Uint8Array {
  return new Uint8Array(BigInt64Array.of(BigInt(value)).buffer);
}
