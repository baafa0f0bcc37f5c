import bzip from "seek-bzip";

/**
 * Unpacks a stream of bzip2, whose checksums are compared.
 *
 * @throws {Error} If it is damaged, or has more than `most` bytes.
 */
export function unpackBzip2(packed: Uint8Array, most: number): Uint8Array {
  let at = 0, done = 0;
  let result = new Uint8Array(Math.min(most, 2 ** 16));
  const readByte = () => {
    if (at === packed.length) throw new Error("it is cut short");
    return packed[at++]!;
  };
  const writeByte = (byte: number) => {
    if (done === most) throw new Error("it is longer");
    if (done === result.length) result = grown(result, most);
    result[done++] = byte;
  };
  const read = (to: Uint8Array, start: number, length: number) => {
    for (let i = 0; i < length; i++) to[start + i] = readByte();
    return length;
  };
  try {
    bzip.decode({ readByte, read }, { writeByte });
  } catch (error) {
    if (!("errorCode" in (error as Error))) throw error;
    throw new Error("it is damaged", { cause: error });
  }
  return result.subarray(0, done);
}

/** Twice the room, at most `most`, with what was there. */
function grown(bytes: Uint8Array, most: number): Uint8Array<ArrayBuffer> {
  const more = new Uint8Array(Math.min(most, 2 * bytes.length));
  more.set(bytes);
  return more;
}
