import { writeAll } from "@/core/mod.ts";

/** What SQLite's files begin with. */
const magic = "SQLite format 3\0";
const headerBytes = 100;
const usualPageBytes = 4096;

/**
 * Writes over the first bytes of a database file what they should be: all that
 * is the same in each of ours, and its size.
 * https://sqlite.org/fileformat2.html#the_database_header
 */
export function mendHeader(
  path: string,
  { hasLog }: { readonly hasLog: boolean },
): void {
  using file = Deno.openSync(path, { read: true, write: true });
  const { size } = file.statSync();
  const header = new Uint8Array(headerBytes),
    view = new DataView(header.buffer);
  file.readSync(header);
  const pageBytes = pageBytesIn(header);
  new TextEncoder().encodeInto(magic, header);
  view.setUint16(16, pageBytes % 65536 || 1);
  header.fill(hasLog ? 2 : 1, 18, 20); // whether changes are in a log
  header.set([0, 64, 32, 32], 20);
  view.setUint32(28, Math.ceil(size / pageBytes));
  view.setUint32(32, 0); // no pages without use
  view.setUint32(36, 0);
  view.setUint32(44, 4);
  view.setUint32(52, 0);
  view.setUint32(56, 1); // UTF-8
  view.setUint32(64, 0);
  header.fill(0, 72, 92);
  view.setUint32(92, view.getUint32(24)); // then the size above counts
  file.seekSync(0, Deno.SeekMode.Start);
  writeAll(file, header);
}

/** The size of the pages of a file: what it says, if that can be true. */
export function pageBytesOf(path: string): number {
  using file = Deno.openSync(path);
  const header = new Uint8Array(headerBytes);
  file.readSync(header);
  return pageBytesIn(header);
}

function pageBytesIn(header: Uint8Array): number {
  const written = new DataView(header.buffer).getUint16(16);
  const isPower = written >= 512 && (written & (written - 1)) === 0;
  return written === 1 ? 65536 : isPower ? written : usualPageBytes;
}
