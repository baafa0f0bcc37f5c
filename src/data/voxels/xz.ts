import { Buffer } from "node:buffer";

/** What the library says by number (xz_ret of XZ Embedded). */
const reasons: Readonly<Record<string, string>> = {
  2: "it has a checksum that is not compared here",
  3: "there is not enough memory",
  4: "its dictionary is too large",
  5: "it is no stream of xz",
  6: "it is packed by options that are not undone",
  7: "it is damaged",
  8: "it is cut short",
};

/**
 * Unpacks a stream of xz, whose checksums (CRC-32, CRC-64) are compared.
 *
 * @throws {Error} If it is damaged, has more than `most` bytes, or is packed by
 * filters or checksums other than those that xz itself takes.
 */
export async function unpackXz(
  packed: Uint8Array,
  most: number,
): Promise<Uint8Array> {
  const { default: xz } = await import("xz-decompress");
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    const stream = ReadableStream.from([packed]);
    for await (const part of new xz.XzReadableStream(stream)) {
      bytes += part.length;
      if (bytes > most) throw new Error("it is longer");
      parts.push(part);
    }
  } catch (error) {
    const [, code] = /error code (\d+)$/.exec((error as Error).message) ?? [];
    if (code === undefined) throw error;
    throw new Error(reasons[code] ?? `it cannot be undone (${code})`);
  }
  return Buffer.concat(parts);
}
