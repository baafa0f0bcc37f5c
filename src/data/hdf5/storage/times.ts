import { StructureError } from "./bytes.ts";
import { lookup3 } from "./checksum.ts";

/** Where times begin in an object header, and their bytes: four of four. */
const timesAt = 6, timesBytes = 16;

/**
 * Sets the seconds at which objects were made and changed to 0, as HDF5 writes
 * them where nobody tracks them, so that equal content is equal bytes. For
 * headers of version 2 with the superblock at the file's beginning (HDF5 file
 * format specification, IV.A.2), as h5wasm writes them.
 */
export function clearTimes(path: string, addresses: readonly number[]): void {
  using file = Deno.openSync(path, { read: true, write: true });
  for (const address of addresses) {
    const flags = read(file, address, timesAt)[5]!;
    const width = 1 << (flags & 3);
    const sizeAt = timesAt + (flags & 0x20 ? timesBytes : 0) +
      (flags & 0x10 ? 4 : 0);
    const prefix = read(file, address, sizeAt + width);
    const size = prefix.subarray(sizeAt)
      .reduceRight((value, byte) => 256 * value + byte, 0);
    const header = read(file, address, sizeAt + width + size + 4);
    const body = header.subarray(0, -4);
    const sum = new DataView(header.buffer, body.length);
    if (
      new TextDecoder().decode(header.subarray(0, 4)) !== "OHDR" ||
      sum.getUint32(0, true) !== lookup3(body)
    ) {
      throw new StructureError(`no sound header lies at ${address}`);
    }
    if (!(flags & 0x20)) continue;
    header.fill(0, timesAt, timesAt + timesBytes);
    sum.setUint32(0, lookup3(body), true);
    file.seekSync(address, Deno.SeekMode.Start);
    for (let done = 0; done < header.length;) {
      done += file.writeSync(header.subarray(done));
    }
  }
}

function read(
  file: Deno.FsFile,
  at: number,
  count: number,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(count);
  file.seekSync(at, Deno.SeekMode.Start);
  for (let done = 0; done < count;) {
    const more = file.readSync(bytes.subarray(done));
    if (more === null) throw new StructureError("the file ends early");
    done += more;
  }
  return bytes;
}
