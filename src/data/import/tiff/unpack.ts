import { inflateSync, zstdDecompressSync } from "node:zlib";
import { Unreadable } from "../unreadable.ts";
import { unpackLzw } from "./lzw.ts";
import { unpackPackBits } from "./pack_bits.ts";

/** A way to pack bytes. */
interface Packing {
  /** How many bytes it makes of one at most. */
  readonly mostInflation: number;
  /** Unpacks at least `wanted` bytes if there are as many, and few more. */
  unpack(packed: Uint8Array, wanted: number): Uint8Array;
}

const deflate: Packing = {
  mostInflation: 1032,
  unpack: (packed, wanted) =>
    inflateSync(packed, { maxOutputLength: mostBytes(wanted) }),
};

const packings: Readonly<Record<number, Packing>> = {
  1: { mostInflation: 1, unpack: (packed) => packed },
  5: { mostInflation: 2731, unpack: unpackLzw }, // 4,096 bytes by 12 bits
  8: deflate,
  32773: { mostInflation: 64, unpack: unpackPackBits }, // 128 bytes by 2
  32946: deflate,
  50000: {
    mostInflation: 2 ** 16, // a run of a block of 128 KiB by 4 bytes
    unpack: (packed, wanted) =>
      zstdDecompressSync(packed, { maxOutputLength: mostBytes(wanted) }),
  },
};

/** Some writers fill the last strip up with rows that are not there. */
function mostBytes(wanted: number): number {
  return 2 * wanted + 2 ** 16;
}

const names: Readonly<Record<number, string>> = {
  2: "CCITT's RLE",
  3: "CCITT's fax group 3",
  4: "CCITT's fax group 4",
  6: "JPEG, the old way",
  7: "JPEG",
  9: "JBIG",
  10: "JBIG",
  32766: "NeXT's RLE",
  32771: "CCITT's RLE by words",
  32809: "ThunderScan",
  33003: "JPEG 2000",
  33005: "JPEG 2000",
  34661: "JBIG",
  34676: "SGI's LogLuv",
  34677: "SGI's LogLuv",
  34712: "JPEG 2000",
  34887: "LERC",
  34925: "LZMA",
  50001: "WebP",
  50002: "JPEG XL",
};

/** How many bytes a packing makes of one at most. @throws {Unreadable} Of another. */
export function mostInflation(compression: number): number {
  return packingOf(compression).mostInflation;
}

/**
 * The first bytes of a packed strip or tile, as many as wanted, in memory that is
 * bounded by their number.
 *
 * @throws {Unreadable} If they are damaged or not there.
 */
export function unpack(
  packed: Uint8Array,
  { compression, wanted }: { compression: number; wanted: number },
): Uint8Array {
  const bytes = packingOf(compression).unpack(packed, wanted);
  if (bytes.length >= wanted) return bytes.subarray(0, wanted);
  throw new Unreadable(
    `it is cut short or damaged: a part has ${bytes.length} of ${wanted} bytes`,
  );
}

function packingOf(compression: number): Packing {
  const packing = packings[compression];
  if (packing) return packing;
  const name = names[compression] ?? `method ${compression}`;
  throw new Unreadable(
    `it is compressed by ${name}, which is not read`,
    "Save it with LZW, Deflate or no compression: tiffcp -c lzw IN.tif OUT.tif, " +
      "or ImageJ's File > Save As > Tiff",
  );
}
