import { crc32, deflateRawSync } from "node:zlib";

/** A file for {@linkcode makeZip}. */
export interface ZipInput {
  /** Its path in the archive. */
  readonly path: string;
  /** Its content. */
  readonly content: Uint8Array;
  /** Keeps it as it is instead of deflating it. */
  readonly isStored?: boolean;
}

/** A ZIP archive of some files, as APPNOTE.TXT 6.3 describes it. */
export function makeZip(files: readonly ZipInput[]): Uint8Array<ArrayBuffer> {
  const chunks: Uint8Array[] = [], directory: Uint8Array[] = [];
  let offset = 0;
  for (const { path, content, isStored } of files) {
    const name = new TextEncoder().encode(path);
    const packed = isStored ? content : deflateRawSync(content);
    const common = new Uint8Array(26); // from "version needed" on
    const view = new DataView(common.buffer);
    view.setUint16(0, 20, true);
    view.setUint16(4, isStored ? 0 : 8, true);
    view.setUint32(10, crc32(content), true);
    view.setUint32(14, packed.length, true);
    view.setUint32(18, content.length, true);
    view.setUint16(22, name.length, true);
    const local = join([bytes32(0x04034b50), common, name, packed]);
    const tail = new Uint8Array(14); // comment, disk, attributes
    const end = new DataView(tail.buffer);
    end.setUint32(10, offset, true);
    directory.push(join([
      bytes32(0x02014b50),
      Uint8Array.of(20, 3), // made on Unix
      common,
      tail,
      name,
    ]));
    chunks.push(local);
    offset += local.length;
  }
  const entries = join(directory), end = new Uint8Array(18);
  const view = new DataView(end.buffer);
  view.setUint16(4, files.length, true);
  view.setUint16(6, files.length, true);
  view.setUint32(8, entries.length, true);
  view.setUint32(12, offset, true);
  return join([...chunks, entries, bytes32(0x06054b50), end]);
}

function bytes32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
