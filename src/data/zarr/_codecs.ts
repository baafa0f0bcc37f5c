import * as zarr from "zarrita";
import { unpackBlosc, unpackLz4Block } from "../voxels/mod.ts";
import { withoutCrc32c } from "./_crc32c.ts";

/** More than a chunk has. */
const mostBytes = 2 ** 31;

/**
 * Takes the place of those codecs that let damage pass: zarrita's CRC-32C is not
 * compared, and what numcodecs cannot unpack it hands out as it is.
 */
export function takeOwnCodecs(): void {
  zarr.registry.set("crc32c", decoding(checked));
  for (const prefix of ["", "numcodecs."]) {
    zarr.registry.set(
      `${prefix}blosc`,
      decoding((packed) => unpackBlosc(packed, mostBytes)),
    );
    zarr.registry.set(`${prefix}lz4`, decoding(unpackSizedLz4));
  }
}

function decoding(decode: (bytes: Uint8Array) => Uint8Array) {
  return () =>
    ({
      fromConfig: () => ({
        kind: "bytes_to_bytes" as const,
        encode(): never {
          throw new Error("Zarr is read here, not written");
        },
        decode,
        computeEncodedSize: (size: number) => size + 4, // of CRC-32C
      }),
    }) as never;
}

function checked(bytes: Uint8Array): Uint8Array {
  const whole = withoutCrc32c(bytes);
  if (!whole) throw new Error("a checksum is wrong");
  return whole;
}

/** A block of LZ4 behind how many bytes it has, as numcodecs writes it. */
function unpackSizedLz4(packed: Uint8Array): Uint8Array {
  if (packed.length < 4) throw new Error("it is cut short");
  const view = new DataView(packed.buffer, packed.byteOffset);
  const size = view.getUint32(0, true);
  if (size > mostBytes) throw new Error(`it says ${size} bytes`);
  const result = new Uint8Array(size);
  unpackLz4Block(packed.subarray(4), result);
  return result;
}
