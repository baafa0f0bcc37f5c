import { ExperimentError } from "@/core/mod.ts";
import { maskedCrc32c } from "./_crc32c.ts";

/** Bytes that are read at once. */
const pieceBytes = 1 << 20;

/**
 * The records of a file of TensorFlow, each checked against its checksum. One
 * that is cut at the end of the file, as of a program that still writes or was
 * killed, is left out, and `onCut` called.
 *
 * @throws {ExperimentError} If the file is damaged, or is none.
 */
export function* recordsOf(
  path: string,
  { onCut }: { onCut(): void },
): Generator<Uint8Array> {
  using file = Deno.openSync(path);
  let held = new Uint8Array(), from = 0;
  /** The next bytes, which go no further; null where the file ends before. */
  const take = (count: number): Uint8Array | null => {
    while (held.length - from < count) {
      const rest = held.subarray(from);
      const piece = new Uint8Array(Math.max(pieceBytes, count));
      const read = file.readSync(piece);
      if (read === null) return null;
      const joined = new Uint8Array(rest.length + read);
      joined.set(rest);
      joined.set(piece.subarray(0, read), rest.length);
      [held, from] = [joined, 0];
    }
    return held.subarray(from, from += count);
  };
  for (let number = 1;; number++) {
    const head = take(12);
    if (head === null) {
      if (from < held.length) onCut();
      return;
    }
    const length = viewOf(head).getBigUint64(0, true);
    const where = { path, number };
    check(head.subarray(0, 8), viewOf(head).getUint32(8, true), where);
    const body = take(Number(length) + 4);
    if (body === null) return onCut();
    const bytes = body.subarray(0, -4);
    check(bytes, viewOf(body).getUint32(body.length - 4, true), where);
    yield bytes;
  }
}

function check(
  bytes: Uint8Array,
  sum: number,
  { path, number }: { readonly path: string; readonly number: number },
): void {
  if (maskedCrc32c(bytes) === sum) return;
  throw new ExperimentError(
    number === 1
      ? `Cannot read "${path}": it is damaged, or no event file`
      : `Cannot read "${path}": it is damaged`,
    {
      where: `record ${number}, whose checksum is wrong`,
      fix: "Get it again, or take it out of the folder",
    },
  );
}

/** Bytes as numbers. */
export function viewOf(
  { buffer, byteOffset, byteLength }: Uint8Array,
): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
