/**
 * TensorFlow's `StatelessRandomUniform`, to the bit: numbers in `[0, 1)` with 23
 * bits, from the counter-based generator Philox 4×32-10 (Salmon et al. 2011).
 * Counter and key are themselves numbers of it, so that no part of the seed
 * has to be random.
 */
export function philoxUniform(
  count: number,
  [first, second]: readonly [number, number],
): Float32Array {
  const [keyA, keyB, counterC, counterD] = philox(
    [first, first >> 31, second, second >> 31],
    [0x3ec8f720, 0x02461e29],
  );
  const numbers = new Float32Array(count);
  for (let i = 0; i < count; i += 4) {
    const four = philox([i / 4, 0, counterC, counterD], [keyA, keyB]);
    for (let k = 0; k < 4 && i + k < count; k++) {
      numbers[i + k] = (four[k]! & 0x7fffff) / 2 ** 23;
    }
  }
  return numbers;
}

type Four = [number, number, number, number];

/** Ten rounds over a counter of four words of 32 bits. */
function philox([a, b, c, d]: Four, [k, l]: [number, number]): Four {
  for (let round = 0; round < 10; round++) {
    const highA = highWord(0xd2511f53, a), lowA = Math.imul(0xd2511f53, a);
    const highC = highWord(0xcd9e8d57, c), lowC = Math.imul(0xcd9e8d57, c);
    [a, b, c, d] = [highC ^ b ^ k, lowC, highA ^ d ^ l, lowA];
    k = (k + 0x9e3779b9) | 0;
    l = (l + 0xbb67ae85) | 0;
  }
  return [a, b, c, d];
}

/** The upper 32 of the 64 bits of a product of unsigned words. */
function highWord(a: number, b: number): number {
  const [aHigh, aLow, bHigh, bLow] = [
    a >>> 16,
    a & 0xffff,
    b >>> 16,
    b & 0xffff,
  ];
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const other = aLow * bHigh + middle % 0x10000;
  return aHigh * bHigh + Math.floor(middle / 0x10000) +
    Math.floor(other / 0x10000);
}
