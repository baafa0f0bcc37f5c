const p1 = 0x9e3779b1, p2 = 0x85ebca77, p3 = 0xc2b2ae3d;
const p4 = 0x27d4eb2f, p5 = 0x165667b1;

const rotated = (value: number, bits: number) =>
  (value << bits) | (value >>> (32 - bits));

/** Yann Collet's xxHash of 32 bits, with the seed of lz4-java's streams. */
export function xxHash32(bytes: Uint8Array, seed = 0x9747b28c): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const word = (at: number) => view.getUint32(at, true);
  let at = 0, hash = (seed + p5) | 0;
  if (bytes.length >= 16) {
    const lanes = [seed + p1 + p2, seed + p2, seed, seed - p1];
    for (; at + 16 <= bytes.length; at += 16) {
      for (let k = 0; k < 4; k++) {
        const sum = lanes[k]! + Math.imul(word(at + 4 * k), p2);
        lanes[k] = Math.imul(rotated(sum | 0, 13), p1);
      }
    }
    hash = lanes.reduce(
      (sum, lane, k) => (sum + rotated(lane | 0, [1, 7, 12, 18][k]!)) | 0,
      0,
    );
  }
  hash = (hash + bytes.length) | 0;
  for (; at + 4 <= bytes.length; at += 4) {
    hash = Math.imul(rotated((hash + Math.imul(word(at), p3)) | 0, 17), p4);
  }
  for (; at < bytes.length; at++) {
    hash = Math.imul(rotated((hash + Math.imul(bytes[at]!, p5)) | 0, 11), p1);
  }
  hash = Math.imul(hash ^ (hash >>> 15), p2);
  hash = Math.imul(hash ^ (hash >>> 13), p3);
  return (hash ^ (hash >>> 16)) >>> 0;
}
