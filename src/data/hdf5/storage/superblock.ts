import { FileBytes, StructureError } from "./bytes.ts";

/**
 * Opens the bytes of an HDF5 file and reads from its superblock how wide its
 * addresses are and where they begin (HDF5 file format specification, II.A).
 */
export function openBytes(path: string, signatureAt: number): FileBytes {
  const bytes = new FileBytes(path);
  try {
    const cursor = bytes.readRaw(signatureAt, 48).skip(8);
    const version = cursor.number(1);
    if (version > 3) {
      throw new StructureError(`superblocks of version ${version} are unknown`);
    }
    if (version < 2) cursor.skip(4);
    bytes.widths = { address: cursor.number(1), length: cursor.number(1) };
    cursor.skip(version < 2 ? 9 + (version === 1 ? 4 : 0) : 1);
    bytes.base = cursor.number(bytes.widths.address);
    return bytes;
  } catch (error) {
    bytes[Symbol.dispose]();
    throw error;
  }
}
