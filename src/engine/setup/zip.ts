import { createHash } from "node:crypto";
import { dirname } from "node:path";

/** A file inside a ZIP archive. */
export interface ZipEntry {
  /** Its path. */
  readonly path: string;
  /** Its size inside the archive. */
  readonly packedBytes: number;
  /** Its own size. */
  readonly bytes: number;
  /** 0 for stored, 8 for deflated. */
  readonly method: number;
  /** Where its local header starts. */
  readonly offset: number;
  /** Whether it may be run as a program. */
  readonly isProgram: boolean;
}

const END = 0x06054b50, ENTRY = 0x02014b50, LOCAL = 0x04034b50;
const END_BYTES = 22, ENTRY_BYTES = 46, LOCAL_BYTES = 30;

/**
 * Lists the files of a ZIP archive of less than 4 GiB.
 *
 * @throws {Error} If the file is not such an archive.
 */
export async function listZip(file: Deno.FsFile): Promise<ZipEntry[]> {
  const { size } = await file.stat();
  const tailBytes = Math.min(size, END_BYTES + 0xffff); // a comment may follow
  const tail = await readAt(file, size - tailBytes, tailBytes);
  let end = tailBytes - END_BYTES;
  while (end >= 0 && tail.getUint32(end, true) !== END) end--;
  if (end < 0) throw new Error("Cannot read the archive: it has no end record");
  const entries = tail.getUint16(end + 10, true);
  const directory = await readAt(
    file,
    tail.getUint32(end + 16, true),
    tail.getUint32(end + 12, true),
  );
  const found: ZipEntry[] = [];
  for (let i = 0, at = 0; i < entries; i++) {
    if (directory.getUint32(at, true) !== ENTRY) {
      throw new Error("Cannot read the archive: its directory is damaged");
    }
    const nameBytes = directory.getUint16(at + 28, true);
    const name = new Uint8Array(
      directory.buffer,
      directory.byteOffset + at + ENTRY_BYTES,
      nameBytes,
    );
    found.push({
      path: new TextDecoder().decode(name),
      method: directory.getUint16(at + 10, true),
      packedBytes: directory.getUint32(at + 20, true),
      bytes: directory.getUint32(at + 24, true),
      offset: directory.getUint32(at + 42, true),
      isProgram: (directory.getUint32(at + 38, true) >>> 16 & 0o111) !== 0,
    });
    at += ENTRY_BYTES + nameBytes + directory.getUint16(at + 30, true) +
      directory.getUint16(at + 32, true);
  }
  return found;
}

/**
 * Unpacks one file as a stream, a few kilobytes at a time, and syncs it.
 *
 * @returns Its SHA-256.
 * @throws {Error} If it is damaged, or packed in an unknown way.
 */
export async function unzipEntry(
  archivePath: string,
  { entry, target, signal }: {
    readonly entry: ZipEntry;
    readonly target: string;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<string> {
  if (entry.method !== 0 && entry.method !== 8) {
    throw new Error(
      `Cannot unpack ${entry.path}: method ${entry.method} is not known`,
    );
  }
  await Deno.mkdir(dirname(target), { recursive: true });
  const archive = await Deno.open(archivePath); // closed at the stream's end
  const header = await readAt(archive, entry.offset, LOCAL_BYTES);
  if (header.getUint32(0, true) !== LOCAL) {
    throw new Error(`Cannot unpack ${entry.path}: its header is damaged`);
  }
  const start = entry.offset + LOCAL_BYTES + header.getUint16(26, true) +
    header.getUint16(28, true);
  await archive.seek(start, Deno.SeekMode.Start);
  const packed = archive.readable.pipeThrough(firstBytes(entry.packedBytes));
  const content = entry.method === 0
    ? packed
    : packed.pipeThrough(new DecompressionStream("deflate-raw"));
  using output = await Deno.open(target, {
    create: true,
    write: true,
    truncate: true,
    mode: entry.isProgram ? 0o755 : 0o644,
  });
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of content) {
    signal?.throwIfAborted();
    hash.update(chunk);
    bytes += chunk.length;
    for (let done = 0; done < chunk.length;) {
      done += await output.write(chunk.subarray(done));
    }
  }
  if (bytes !== entry.bytes) {
    throw new Error(
      `Cannot unpack ${entry.path}: it has ${bytes} bytes, not ${entry.bytes}`,
    );
  }
  await output.sync();
  return hash.digest("hex");
}

async function readAt(
  file: Deno.FsFile,
  offset: number,
  bytes: number,
): Promise<DataView> {
  await file.seek(offset, Deno.SeekMode.Start);
  const buffer = new Uint8Array(bytes);
  for (let done = 0; done < bytes;) {
    const n = await file.read(buffer.subarray(done));
    if (n === null) throw new Error("Cannot read the archive: it ends early");
    done += n;
  }
  return new DataView(buffer.buffer);
}

/** Lets the first bytes of a stream through and ends it. */
function firstBytes(
  count: number,
): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let left = count;
  return new TransformStream({
    transform(chunk, controller) {
      if (left > 0) controller.enqueue(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) controller.terminate();
    },
  });
}
