/** Remainders of each byte by Castagnoli's polynomial, turned around. */
const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) {
    rest = rest & 1 ? rest >>> 1 ^ 0x82f63b78 : rest >>> 1;
  }
  return rest;
});

/** The checksum CRC-32C of RFC 3720, by which Zarr guards what it packs. */
export function crc32c(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) {
    rest = remainders[(rest ^ bytes[i]!) & 0xff]! ^ rest >>> 8;
  }
  return (rest ^ 0xffffffff) >>> 0;
}

/** The bytes before a checksum; undefined if it is not theirs. */
export function withoutCrc32c(bytes: Uint8Array): Uint8Array | undefined {
  const end = bytes.length - 4;
  if (end < 0) return undefined;
  const { buffer, byteOffset } = bytes;
  const said = new DataView(buffer, byteOffset + end).getUint32(0, true);
  return said === crc32c(bytes.subarray(0, end))
    ? bytes.subarray(0, end)
    : undefined;
}
