import { gunzipSync, inflateSync, zstdDecompressSync } from "node:zlib";
import * as zarr from "zarrita";
import {
  unpackBlosc,
  unpackBzip2,
  unpackLz4Block,
  unpackXz,
} from "../voxels/mod.ts";
import { withoutCrc32c } from "./_crc32c.ts";

/** Undoes a packing that leaves at most so many bytes. */
type Unpack = (
  packed: Uint8Array,
  most: number,
) => Uint8Array | Promise<Uint8Array>;

const unpackers: Readonly<Record<string, Unpack>> = {
  blosc: unpackBlosc,
  bz2: unpackBzip2,
  gzip: (packed, maxOutputLength) => gunzipSync(packed, { maxOutputLength }),
  lz4: unpackSizedLz4,
  lzma: unpackXz, // which its default format is
  zlib: (packed, maxOutputLength) => inflateSync(packed, { maxOutputLength }),
  zstd: (packed, maxOutputLength) =>
    zstdDecompressSync(packed, { maxOutputLength }),
};

/**
 * Takes the place of those codecs that let damage pass, or unpack to any length:
 * zarrita's CRC-32C is not compared, and what numcodecs cannot unpack it hands out
 * as it is.
 */
export function takeOwnCodecs(): void {
  zarr.registry.set("crc32c", decoding(checked));
  for (const [name, unpack] of Object.entries(unpackers)) {
    zarr.registry.set(name, decoding(unpack));
    zarr.registry.set(`numcodecs.${name}`, decoding(unpack));
  }
}

function decoding(unpack: Unpack) {
  return () =>
    ({
      fromConfig: (_: unknown, { shape }: { shape: readonly number[] }) => ({
        kind: "bytes_to_bytes" as const,
        encode(): never {
          throw new Error("Zarr is read here, not written");
        },
        decode: (packed: Uint8Array) => unpack(packed, mostBytes(shape)),
        computeEncodedSize: (size: number) => size + 4, // of CRC-32C
      }),
    }) as never;
}

/** More than a chunk comes to, packed once or several times over. */
function mostBytes(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 16) + 2 ** 16;
}

function checked(bytes: Uint8Array): Uint8Array {
  const whole = withoutCrc32c(bytes);
  if (!whole) throw new Error("a checksum is wrong");
  return whole;
}

/** A block of LZ4 behind how many bytes it has, as numcodecs writes it. */
function unpackSizedLz4(packed: Uint8Array, most: number): Uint8Array {
  if (packed.length < 4) throw new Error("it is cut short");
  const view = new DataView(packed.buffer, packed.byteOffset);
  const size = view.getUint32(0, true);
  if (size > most) throw new Error(`it says ${size} bytes`);
  const result = new Uint8Array(size);
  unpackLz4Block(packed.subarray(4), result);
  return result;
}
