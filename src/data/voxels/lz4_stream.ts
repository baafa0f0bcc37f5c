import { xxHash32 } from "./xx_hash.ts";
import { unpackLz4Block } from "./lz4_block.ts";

const headBytes = 21, raw = 0x10, packed = 0x20;

/**
 * Unpacks what lz4-java's `LZ4BlockOutputStream` writes, as N5 packs by LZ4: parts
 * with a head of 21 bytes each, the last of them empty.
 *
 * @throws {Error} If it is damaged, or has more than `most` bytes.
 */
export function unpackLz4Stream(stream: Uint8Array, most: number): Uint8Array {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.length);
  const result = new Uint8Array(most);
  for (let at = 0, to = 0;;) {
    if (stream.length < at + headBytes) throw new Error("it is cut short");
    const magic = new TextDecoder().decode(stream.subarray(at, at + 8));
    const method = stream[at + 8]! & 0xf0;
    if (magic !== "LZ4Block" || (method !== raw && method !== packed)) {
      throw new Error("it is no stream of lz4-java");
    }
    const length = view.getUint32(at + 9, true);
    const size = view.getUint32(at + 13, true);
    const sum = view.getUint32(at + 17, true);
    if (size === 0) return result.subarray(0, to);
    const bytes = stream.subarray(at += headBytes, at += length);
    if (bytes.length < length) throw new Error("it is cut short");
    if (to + size > most) throw new Error("it is longer");
    const part = result.subarray(to, to += size);
    if (method === packed) unpackLz4Block(bytes, part);
    else if (length === size) part.set(bytes);
    else throw new Error("a part has another length");
    if ((xxHash32(part) & 0xfffffff) !== sum) {
      throw new Error("a checksum is wrong");
    }
  }
}
