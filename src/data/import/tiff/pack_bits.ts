/** Unpacks at most so many bytes of runs (TIFF 6.0, section 9). */
export function unpackPackBits(packed: Uint8Array, wanted: number): Uint8Array {
  const bytes = new Uint8Array(wanted);
  let to = 0;
  for (let at = 0; at < packed.length && to < wanted;) {
    const header = packed[at++]!;
    if (header === 128) continue; // says nothing
    if (header < 128) {
      const end = Math.min(at + header + 1, packed.length, at + wanted - to);
      bytes.set(packed.subarray(at, end), to);
      to += end - at;
      at += header + 1;
    } else if (at < packed.length) {
      const end = Math.min(to + 257 - header, wanted);
      bytes.fill(packed[at++]!, to, end);
      to = end;
    }
  }
  return bytes.subarray(0, to);
}
