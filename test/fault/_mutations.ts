import { openRng, type Rng } from "@/core/mod.ts";

type Mutation = (bytes: Uint8Array, rng: Rng) => Uint8Array<ArrayBuffer>;

/** A place where something is written, nearly always; the rest is padding. */
function somewhere(bytes: Uint8Array, rng: Rng): number {
  for (let attempt = 0; attempt < 20; attempt++) {
    const at = rng.integer(bytes.length);
    if (bytes[at] !== 0) return at;
  }
  return rng.integer(bytes.length);
}

/** What a few bytes from a place become. */
function changed(
  bytes: Uint8Array,
  rng: Rng,
  { most, value }: { most: number; value: (at: number) => number },
): Uint8Array<ArrayBuffer> {
  const from = somewhere(bytes, rng), copy = Uint8Array.from(bytes);
  const to = Math.min(copy.length, from + (1 + rng.integer(most)));
  for (let at = from; at < to; at++) copy[at] = value(at);
  return copy;
}

/** What disks, copies and other programs do to files. */
const kinds: readonly Mutation[] = [
  (bytes, rng) =>
    changed(bytes, rng, {
      most: 1,
      value: (at) => bytes[at]! ^ (1 << rng.integer(8)),
    }),
  (bytes, rng) =>
    changed(bytes, rng, { most: 8, value: () => rng.integer(256) }),
  (bytes, rng) => changed(bytes, rng, { most: 512, value: () => 0 }),
  (bytes, rng) => changed(bytes, rng, { most: 5000, value: () => 0xff }),
  (bytes, rng) => {
    const shift = 1 + rng.integer(4096); // as of another part of the file
    return changed(bytes, rng, {
      most: 4096,
      value: (at) => bytes[(at + shift) % bytes.length]!,
    });
  },
  (bytes, rng) => Uint8Array.from(bytes.subarray(0, rng.integer(bytes.length))),
  (bytes, rng) => {
    const at = somewhere(bytes, rng), gap = 1 + rng.integer(63);
    return Uint8Array.from([
      ...bytes.subarray(0, at),
      ...bytes.subarray(at + gap),
    ]);
  },
];

/** The file number `index` of a campaign: `bytes` with one thing wrong. */
export function mutated(
  bytes: Uint8Array,
  { seed, index }: { readonly seed: number; readonly index: number },
): Uint8Array<ArrayBuffer> {
  const rng = openRng(seed).at("mutation", index);
  return kinds[index % kinds.length]!(bytes, rng);
}
