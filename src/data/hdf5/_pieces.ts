import type { Zyx } from "@/core/mod.ts";

/** About this many bytes are read at once: what h5wasm takes, it keeps. */
const pieceBytes = 1 << 26;

/**
 * Divides a box of numbers of some bytes into boxes that are read one after the
 * other and follow each other in memory: whole sections where they are small,
 * else whole rows. Where it can, a piece ends where a chunk does, so that none is
 * decompressed twice.
 */
export function* piecesOf(
  { startVox, shapeVox: [depth, height, width] }: {
    readonly startVox: Zyx;
    readonly shapeVox: Zyx;
  },
  { bytes, chunks }: {
    readonly bytes: number;
    readonly chunks: readonly number[] | null;
  },
): Generator<{ readonly startVox: Zyx; readonly shapeVox: Zyx }> {
  const [z0, y0, x0] = startVox, row = width * bytes, section = height * row;
  if (section <= pieceBytes) {
    for (
      const [z, end] of spans(z0, depth, pieceBytes / section, chunks?.[0])
    ) {
      yield { startVox: [z, y0, x0], shapeVox: [end - z, height, width] };
    }
    return;
  }
  for (let z = z0; z < z0 + depth; z++) {
    for (const [y, end] of spans(y0, height, pieceBytes / row, chunks?.[1])) {
      yield { startVox: [z, y, x0], shapeVox: [1, end - y, width] };
    }
  }
}

/** Parts of a span, of `most` at most if that is above 1, each up to a chunk's end. */
function* spans(
  from: number,
  extent: number,
  most: number,
  chunk = 1,
): Generator<readonly [number, number]> {
  const step = Math.max(1, Math.floor(most)), stop = from + extent;
  for (let at = from; at < stop;) {
    const aligned = Math.floor((at + step) / chunk) * chunk;
    const end = Math.min(stop, aligned > at ? aligned : at + step);
    yield [at, end];
    at = end;
  }
}
