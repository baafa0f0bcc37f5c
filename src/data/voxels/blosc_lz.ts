import { copyMatch } from "./lz4_block.ts";

/** Farther than so many bytes back, a match says how far in two more bytes. */
const near = 8191;

/**
 * Unpacks what BloscLZ packed (c-blosc 1.21, `blosclz.c`, after FastLZ) into as
 * many bytes as it has.
 *
 * @throws {Error} If it is damaged, or has more or fewer.
 */
export function unpackBloscLz(packed: Uint8Array, to: Uint8Array): void {
  let at = 0, done = 0;
  const next = (): number => {
    if (at >= packed.length) throw new Error("it is cut short");
    return packed[at++]!;
  };
  for (let control = next() & 31;; control = next()) {
    if (control < 32) {
      const count = control + 1;
      if (at + count > packed.length) throw new Error("it is cut short");
      if (done + count > to.length) throw new Error("it is longer");
      to.set(packed.subarray(at, at += count), done);
      done += count;
    } else {
      let length = (control >> 5) - 1;
      const high = control & 31;
      if (length === 6) {
        for (let code = 255; code === 255;) length += code = next();
      }
      const low = next();
      const distance = low === 255 && high === 31
        ? near + 1 + ((next() << 8) | next())
        : (high << 8) + low + 1;
      copyMatch(to, { at: done, distance, length: length += 3 });
      done += length;
    }
    if (at === packed.length) break;
  }
  if (done !== to.length) throw new Error(`it has ${done} bytes`);
}
