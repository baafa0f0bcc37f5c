import type { Rng } from "@/core/mod.ts";
import { defineDraw } from "./_draw.ts";
import { joeKuo } from "./_joe_kuo.ts";

const bits = 32;

/**
 * Points of Sobol' (1967) by the direction numbers of Joe and Kuo (2008), which
 * leave no part of the space empty for long: of the first 2ᵏ, each of 2ᵏ equal
 * stretches of an option's range has one. They are scrambled as Owen (1995) does:
 * each bit is turned around by a coin that the bits above it choose, so that the
 * seed decides the points, and they stay as even.
 */
export const sobol = defineDraw({
  name: "sobol",
  summary: "Evenly, by scrambled points of Sobol'; most even for 8, 16, 32, …",
  options: {},
  create: () => ({
    mostOptions: joeKuo.length + 1,
    shares: (trial, paths, rng) =>
      paths.map((path, dimension) =>
        scrambled(sobolBits(trial, dimension), rng.at("sobol", path)) /
        2 ** bits
      ),
  }),
});

/** A coordinate of a point, both counted from 0, as a whole number below 2³². */
export function sobolBits(index: number, dimension: number): number {
  const directions = directionsOf(dimension);
  const gray = index ^ (index >>> 1); // Antonov and Saleev (1979), as scipy has them
  let point = 0;
  for (let bit = 0; bit < bits; bit++) {
    if (gray >>> bit & 1) point ^= directions[bit]!;
  }
  return point >>> 0;
}

/** The direction numbers of a dimension: Bratley and Fox (1988), their equation 2. */
function directionsOf(dimension: number): readonly number[] {
  if (dimension === 0) {
    return Array.from({ length: bits }, (_, bit) => 1 << (bits - 1 - bit));
  }
  const [coefficients, ...first] = joeKuo[dimension - 1]!;
  const degree = first.length;
  const directions = first.map((m, bit) => m << (bits - 1 - bit));
  for (let bit = degree; bit < bits; bit++) {
    const before = directions[bit - degree]!;
    let direction = before ^ (before >>> degree);
    for (let k = 1; k < degree; k++) {
      if (coefficients! >>> (degree - 1 - k) & 1) {
        direction ^= directions[bit - k]!;
      }
    }
    directions.push(direction);
  }
  return directions;
}

/** A number whose bits are turned around, each by a coin at the address of those above. */
function scrambled(point: number, rng: Rng): number {
  let result = 0;
  for (let bit = bits - 1; bit >= 0; bit--) {
    const above = bit === bits - 1 ? 0 : point >>> (bit + 1);
    const coin = rng.at(bits - 1 - bit, above).integer(2);
    result = result * 2 + ((point >>> bit & 1) ^ coin);
  }
  return result;
}
