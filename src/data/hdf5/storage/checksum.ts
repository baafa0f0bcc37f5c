/** Bob Jenkins's hash (2006), by which HDF5 checks its structures. */
export function lookup3(bytes: Uint8Array): number {
  let a = (0xdeadbeef + bytes.length) | 0, b = a, c = a;
  const rotated = (x: number, k: number) => (x << k) | (x >>> (32 - k));
  const word = (at: number) => {
    let value = 0;
    for (let i = 0; i < 4; i++) value |= (bytes[at + i] ?? 0) << (8 * i);
    return value;
  };
  if (bytes.length === 0) return c >>> 0;
  let at = 0;
  for (; bytes.length - at > 12; at += 12) {
    a = (a + word(at)) | 0,
      b = (b + word(at + 4)) | 0,
      c = (c + word(at + 8)) | 0;
    a = (a - c) ^ rotated(c, 4), c = (c + b) | 0;
    b = (b - a) ^ rotated(a, 6), a = (a + c) | 0;
    c = (c - b) ^ rotated(b, 8), b = (b + a) | 0;
    a = (a - c) ^ rotated(c, 16), c = (c + b) | 0;
    b = (b - a) ^ rotated(a, 19), a = (a + c) | 0;
    c = (c - b) ^ rotated(b, 4), b = (b + a) | 0;
  }
  a = (a + word(at)) | 0,
    b = (b + word(at + 4)) | 0,
    c = (c + word(at + 8)) | 0;
  c = (c ^ b) - rotated(b, 14) | 0, a = (a ^ c) - rotated(c, 11) | 0;
  b = (b ^ a) - rotated(a, 25) | 0, c = (c ^ b) - rotated(b, 16) | 0;
  a = (a ^ c) - rotated(c, 4) | 0, b = (b ^ a) - rotated(a, 14) | 0;
  c = (c ^ b) - rotated(b, 24) | 0;
  return c >>> 0;
}
