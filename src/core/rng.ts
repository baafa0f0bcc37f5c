/** A random stream with an address: equal seed and path give equal numbers. */
export interface Rng {
  /** The seed and path that name this stream, for records and error messages. */
  readonly address: string;
  /** The stream at `path` below this one; drawing from it leaves this one as it is. */
  at(...path: readonly (string | number)[]): Rng;
  /** The next number in `[low, high)`, of 2³² equally spaced ones. */
  uniform(low: number, high: number): number;
  /** The next whole number in `[0, count)`. */
  integer(count: number): number;
  /** The next number of the standard normal distribution (Box and Muller 1958). */
  normal(): number;
}

/** Opens the root stream of `seed`, a whole number below 2⁵³. */
export function openRng(seed: number): Rng {
  return new AddressedRng(`${seed}`);
}

/** Opens the stream with an address that {@linkcode Rng.address} once gave. */
export function rngAt(address: string): Rng {
  return new AddressedRng(address);
}

/** The generator is sfc32 (Doty-Humphrey, PractRand), its state a hash of the address. */
class AddressedRng implements Rng {
  readonly address: string;
  #a: number;
  #b: number;
  #c: number;
  #d = 1;

  constructor(address: string) {
    this.address = address;
    [this.#a, this.#b, this.#c] = hash96(address);
    for (let i = 0; i < 12; i++) this.#next();
  }

  at(...path: readonly (string | number)[]): Rng {
    return new AddressedRng([this.address, ...path].join("/"));
  }

  uniform(low: number, high: number): number {
    return low + (high - low) * (this.#next() / 2 ** 32);
  }

  integer(count: number): number {
    return Math.floor(this.uniform(0, count));
  }

  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform(0, 1)));
    return radius * Math.cos(this.uniform(0, 2 * Math.PI));
  }

  #next(): number {
    const t = (this.#a + this.#b + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) | 0;
    return t >>> 0;
  }
}

/** Three 32-bit hashes of a text (murmur3 over its UTF-16 units, three seeds). */
function hash96(text: string): [number, number, number] {
  const hash = (seed: number) => {
    let h = seed;
    for (let i = 0; i < text.length; i++) {
      let k = Math.imul(text.charCodeAt(i), 0xcc9e2d51);
      k = (k << 15) | (k >>> 17);
      h ^= Math.imul(k, 0x1b873593);
      h = (h << 13) | (h >>> 19);
      h = (Math.imul(h, 5) + 0xe6546b64) | 0;
    }
    h ^= text.length;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return h ^ (h >>> 16);
  };
  return [hash(0x9e3779b9), hash(0x243f6a88), hash(0xb7e15162)];
}
