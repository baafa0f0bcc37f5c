import { Buffer } from "node:buffer";
import { gunzipSync, inflateSync, zstdDecompressSync } from "node:zlib";
import {
  bytesOf,
  type NumberKind,
  unpackBlosc,
  unpackBzip2,
  unpackLz4Stream,
  type WaitedThread,
} from "../voxels/mod.ts";
import type { N5Form } from "./_attributes.ts";

/** The numbers of a block, z y x, lowest byte first. */
export interface N5Block {
  /** Its extent, which at the border may be less than the others'. */
  readonly shape: readonly number[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What is to be known of a block. */
interface BlockForm extends N5Form {
  readonly kind: NumberKind;
  /** Unpacks xz; its library answers later. */
  readonly xz: WaitedThread<Uint8Array>;
}

type Unpack = (
  packed: Uint8Array,
  form: BlockForm,
  most: number,
) => Uint8Array;

/** How blocks are unpacked, by the type of compression. */
const unpackers: Readonly<Record<string, Unpack>> = {
  raw: (packed) => packed,
  gzip: (packed, { compression }, maxOutputLength) =>
    compression["useZlib"] === true
      ? inflateSync(packed, { maxOutputLength })
      : gunzipSync(packed, { maxOutputLength }),
  zstd: (packed, _form, maxOutputLength) =>
    zstdDecompressSync(packed, { maxOutputLength }),
  blosc: (packed, _form, most) => unpackBlosc(packed, most),
  lz4: (packed, _form, most) => unpackLz4Stream(packed, most),
  bzip2: (packed, _form, most) => unpackBzip2(packed, most),
  xz: (packed, { xz }, most) => xz.ask(packed.slice(), most),
};

/** Whether blocks of a compression are unpacked here. */
export function canUnpack(type: string): boolean {
  return Object.hasOwn(unpackers, type);
}

/**
 * Reads a block from its file: a head of numbers with the highest byte first,
 * then what is packed (N5 specification, "File-system specification").
 *
 * @throws {Error} If it is cut short or is not what the attributes say.
 */
export function readBlock(file: Uint8Array, form: BlockForm): N5Block {
  const { blockShape, kind } = form, rank = blockShape.length;
  const head = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = 4 + 4 * rank;
  if (file.length < start) throw new Error("a block is cut short");
  const mode = head.getUint16(0);
  if (mode !== 0) throw new Error(`a block has the mode ${mode}, not 0`);
  if (head.getUint16(2) !== rank) {
    throw new Error(`a block has ${head.getUint16(2)} axes, not ${rank}`);
  }
  const shape = blockShape.map((_, axis) =>
    head.getUint32(4 + 4 * (rank - 1 - axis))
  );
  if (shape.some((extent, axis) => extent > blockShape[axis]! || extent < 1)) {
    throw new Error(
      `a block is ${shape.join(" × ")}, at most ${blockShape.join(" × ")}`,
    );
  }
  const size = bytesOf(kind);
  const wanted = shape.reduce((product, extent) => product * extent, size);
  const unpacked = unpack(file.subarray(start), form, wanted);
  if (unpacked.length !== wanted) {
    throw new Error(
      `a block has ${unpacked.length} bytes where ${wanted} should be`,
    );
  }
  return { shape, bytes: turned(new Uint8Array(unpacked), size) };
}

function unpack(
  packed: Uint8Array,
  form: BlockForm,
  wanted: number,
): Uint8Array {
  try {
    return unpackers[form.compression.type]!(packed, form, wanted);
  } catch (error) {
    throw new Error(
      `a block does not unpack to its ${wanted} bytes (${
        (error as Error).message
      })`,
    );
  }
}

/** Numbers with their bytes turned around, in place. */
export function turned(
  bytes: Uint8Array<ArrayBuffer>,
  size: number,
): Uint8Array<ArrayBuffer> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (size === 2) buffer.swap16();
  else if (size === 4) buffer.swap32();
  else if (size === 8) buffer.swap64();
  return bytes;
}
